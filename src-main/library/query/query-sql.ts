import { schemeKinds, schemeTitle } from '../../../src-engine/experiment/scheme.ts'
import { nameOf } from '../../../src-engine/query/names.ts'
import type { QueryName } from '../../../src-engine/query/name.ts'
import type { QueryTime } from '../../../src-engine/query/time.ts'
import type { Comparison, Query } from '../../../src-engine/query/tree.ts'
import type { Binder } from './binder.ts'
import { columnOf, idSql, requireName, sqlOfName } from './name-sql.ts'
import { patternOf } from './pattern.ts'
import { spanOf } from './time-span.ts'

/** What a query is translated with. */
export interface QueryContext {
  binder: Binder
  /** Titles of presets by their ids. The library has those of the user alone. */
  presetTitles: ReadonlyMap<string, string>
}

/** The condition that a run must meet, as SQL that is 0 or 1 and never NULL. */
export function sqlOfQuery(query: Query, context: QueryContext): string {
  switch (query.kind) {
    case 'and': return `(${query.parts.map((part) => sqlOfQuery(part, context)).join(' AND ')})`
    case 'or': return `(${query.parts.map((part) => sqlOfQuery(part, context)).join(' OR ')})`
    case 'not': return `NOT ${sqlOfQuery(query.part, context)}`
    case 'text': return sqlOfText(query.text, context)
    case 'comparison': return sqlOfComparison(query, context)
  }
}

function sqlOfComparison(comparison: Comparison, context: QueryContext): string {
  const { operator } = comparison
  if (operator === '!=') return `NOT ${sqlOfComparison({ ...comparison, operator: '=' }, context)}`
  const name = requireName(comparison.name)
  if (name.kind === 'list') return sqlOfList(name, comparison, context)
  if (name.origin !== 'parameter') return sqlOfValue(sqlOfName(name, context.binder).value, name, comparison, context)
  // Once for all replicates, not for each run.
  const test = sqlOfValue(columnOf(name), name, comparison, context)
  const some = `(SELECT replicate_id FROM parameters WHERE name_id = ${idSql(name, context.binder)} AND ${test})`
  return `coalesce(runs.replicate_id IN ${some}, 0)`
}

function sqlOfValue(sql: string, name: QueryName, comparison: Comparison, { binder, presetTitles }: QueryContext): string {
  const { operator, value } = comparison
  switch (value.kind) {
    case 'number': return `coalesce(${sql} ${operator} ${binder.bind(value.number)}, 0)`
    case 'flag': return `coalesce(${sql} = ${Number(value.flag)}, 0)`
    case 'time': return `coalesce(${sqlOfTime(sql, operator, value.time, binder)}, 0)`
    case 'text': {
      const titles = name.name === 'preset' ? presetTitles : new Map(Object.entries(name.choices))
      return sqlOfWords(sql, value.text, operator === ':', titles, binder)
    }
  }
}

/** A day has a begin and an end. After it is after its end. */
function sqlOfTime(sql: string, operator: Comparison['operator'], time: QueryTime, binder: Binder): string {
  const { begin, end } = spanOf(time)
  switch (operator) {
    case '<': return `${sql} < ${binder.bind(begin)}`
    case '<=': return `${sql} < ${binder.bind(end)}`
    case '>': return `${sql} >= ${binder.bind(end)}`
    case '>=': return `${sql} >= ${binder.bind(begin)}`
    default: return `(${sql} >= ${binder.bind(begin)} AND ${sql} < ${binder.bind(end)})`
  }
}

/** A text that is this one, or that has it, itself or by its title. */
function sqlOfWords(sql: string, text: string, isPart: boolean, titles: ReadonlyMap<string, string>, binder: Binder): string {
  const wanted = text.toLowerCase()
  const matches = (title: string) => (isPart ? title.toLowerCase().includes(wanted) : title.toLowerCase() === wanted)
  const named = [...titles].filter(([, title]) => matches(title)).map(([id]) => id)
  const own = isLike(sql, text, isPart, binder)
  return named.length === 0 ? own : `(${own} OR coalesce(${sql} IN ${binder.bindAll(named)}, 0))`
}

function sqlOfList(name: QueryName, { value }: Comparison, { binder }: QueryContext): string {
  const text = value.kind === 'text' ? value.text : ''
  if (name.name === 'reason') return text === '' ? '(runs.reasons IS NULL)' : hasReason(text, binder)
  if (text === '') return 'NOT EXISTS (SELECT 1 FROM tags WHERE tags.run_id = runs.run_id)'
  return `runs.run_id IN (SELECT run_id FROM tags WHERE ${isLike('tag', text, false, binder)})`
}

/** Reasons are JSON. A damaged text must not refuse the query. */
const hasReason = (reason: string, binder: Binder) => `(instr(coalesce(runs.reasons, ''), ${binder.bind(JSON.stringify(reason))}) > 0)`

/** A word that is no name: anywhere in what a run is called and what is written about it. */
function sqlOfText(text: string, context: QueryContext): string {
  const { binder, presetTitles } = context
  const wanted = text.toLowerCase()
  const choices = (name: string) => new Map(Object.entries(nameOf(name)!.choices))
  const schemes = new Map(schemeKinds.map((kind) => [kind, schemeTitle(kind)]))
  const reasons = Object.keys(nameOf('reason')!.choices).filter((reason) => reason.includes(wanted))
  const places = [
    hasText(sqlOfName(requireName('name'), binder).value, text, binder),
    sqlOfWords('runs.preset', text, true, presetTitles, binder),
    sqlOfWords('runs.scheme', text, true, schemes, binder),
    sqlOfWords('runs.status', text, true, choices('status'), binder),
    sqlOfWords('runs.outcome', text, true, choices('outcome'), binder),
    hasText('runs.run_id', text, binder),
    hasText('runs.sweep_id', text, binder),
    `runs.run_id IN (SELECT run_id FROM tags WHERE ${hasText('tag', text, binder)})`,
    `runs.run_id IN (SELECT run_id FROM annotations WHERE ${hasText('note', text, binder)})`,
    ...reasons.map((reason) => hasReason(reason, binder)),
    ...('unreadable'.includes(wanted) ? ['coalesce(runs.replicate_id = 0, 0)'] : []),
  ]
  return `(${places.join(' OR ')})`
}

const hasText = (sql: string, text: string, binder: Binder) => isLike(sql, text, true, binder)

const isLike = (sql: string, text: string, isPart: boolean, binder: Binder) =>
  `(coalesce(${sql}, '') GLOB ${binder.bind(patternOf(text, isPart))})`
