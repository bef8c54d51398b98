import { formatTyped } from '../format/numbers.ts'
import { nameOf } from './names.ts'
import { type QueryTime, timeText } from './time.ts'

export const operators = ['=', '!=', '<', '<=', '>', '>=', ':'] as const
export type Operator = (typeof operators)[number]

export type QueryValue =
  /** In the unit of the name. */
  | { kind: 'number'; number: number }
  /** Also an identifier of a choice. */
  | { kind: 'text'; text: string }
  | { kind: 'flag'; flag: boolean }
  | { kind: 'time'; time: QueryTime }

/** Characters of the query, from 0. */
export interface Place {
  from: number
  length: number
}

export type Comparison = { kind: 'comparison'; name: string; operator: Operator; value: QueryValue } & Place

/**
 * A parsed query. `and` and `or` have two or more parts. A comparison with a missing value is false, except with !=, which is the
 * opposite of =. A text is anywhere in what a run is called, in any case.
 */
export type Query =
  | { kind: 'and' | 'or'; parts: Query[] } & Place
  | { kind: 'not'; part: Query } & Place
  | { kind: 'text'; text: string } & Place
  | Comparison

/** The query as text. Parsing it gives the same tree, with other places. */
export function printQuery(query: Query): string {
  switch (query.kind) {
    case 'and': return query.parts.map((part) => printInside(part, ['and', 'or'])).join(' and ')
    case 'or': return query.parts.map((part) => printInside(part, ['or'])).join(' or ')
    case 'not': return `not ${printInside(query.part, ['and', 'or'])}`
    case 'text': return quoted(query.text)
    case 'comparison': return printComparison(query)
  }
}

const printInside = (part: Query, grouped: readonly string[]) => (grouped.includes(part.kind) ? `(${printQuery(part)})` : printQuery(part))

function printComparison({ name, operator, value }: Comparison): string {
  const text = printValue(name, value)
  return operator === ':' ? `${name}:${text}` : `${name} ${operator} ${text}`
}

function printValue(name: string, value: QueryValue): string {
  switch (value.kind) {
    case 'number': {
      const unit = nameOf(name)?.unit
      return formatTyped(value.number) + (unit ? ` ${unit}` : '')
    }
    case 'text': return /^[\w-]+$/.test(value.text) ? value.text : quoted(value.text)
    case 'flag': return String(value.flag)
    case 'time': return timeText(value.time)
  }
}

/** Text in quotes, as the language reads it. */
export const quoted = (text: string) => `"${text.replace(/["\\]/g, '\\$&')}"`
