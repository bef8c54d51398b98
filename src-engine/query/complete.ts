import type { QueryName } from './name.ts'
import { meaningOf, nameOf, queryNames } from './names.ts'
import { unitsLike } from './units.ts'
import { kinds, shown } from './value.ts'

export interface Suggestion {
  /** What to write in place of the characters of the completion. */
  text: string
  /** What it is: a title, or empty. */
  title: string
  kind: 'name' | 'operator' | 'value' | 'unit' | 'word'
}

/** What may stand at the cursor in place of the characters from `from` to `to`. */
export interface Completion {
  from: number
  to: number
  suggestions: Suggestion[]
}

const MOST = 50
const PLAIN = '[^\\s()"“”„<>=≤≥≠:!]'
const SIGN = '<=|>=|!=|[<>=≤≥≠:]'
const AFTER_NUMBER = new RegExp(`(${PLAIN}+)\\s*(?:${SIGN})\\s*[-+−]?[\\d.]+(?:e[-+]?\\d+)?\\s+(${PLAIN}*)$`, 'i')
/** One value: without a space, unless it is in quotes that are still open. */
const AFTER_SIGN = new RegExp(`(${PLAIN}+)\\s*(?:${SIGN})\\s*(["“”„][^"“”„]*|[^\\s()"“”„]*)$`)
const AFTER_NAME = new RegExp(`(${PLAIN}+)\\s+([<>=!]?)$`)
const WORD = new RegExp(`${PLAIN}*$`)
const REST = new RegExp(`^${PLAIN}*`)

/**
 * What can be written at the cursor: names, operators, units, or values that the library holds.
 * @param valuesOf values of a name, most useful first, as texts of the language without quotes
 */
export function complete(query: string, cursor: number, valuesOf: (name: QueryName) => readonly string[]): Completion {
  const before = query.slice(0, cursor)
  const { typed, suggestions } = suggestionsFor(before, valuesOf)
  const to = cursor + (typed.startsWith('"') ? 0 : REST.exec(query.slice(cursor))![0].length)
  return { from: cursor - typed.length, to, suggestions: suggestions.slice(0, MOST) }
}

interface Found {
  /** The part before the cursor that a suggestion replaces. */
  typed: string
  suggestions: Suggestion[]
}

function suggestionsFor(before: string, valuesOf: (name: QueryName) => readonly string[]): Found {
  const [, counted = '', unit = ''] = AFTER_NUMBER.exec(before) ?? []
  const number = nameOf(counted)
  if (number?.kind === 'number') {
    const units = unitsLike(number.unit).map((text): Suggestion => ({ text, title: '', kind: 'unit' }))
    return { typed: unit, suggestions: [...starting(units, unit), ...starting(joins, unit), ...(unit === '' ? [] : namesLike(unit))] }
  }
  const comparison = AFTER_SIGN.exec(before)
  const [, compared = '', value = ''] = comparison ?? []
  const name = nameOf(compared)
  if (name && !isInQuotes(before.slice(0, comparison!.index))) {
    return { typed: value, suggestions: valuesLike(name, value, valuesOf) }
  }
  if (isInQuotes(before)) return { typed: '', suggestions: [] }
  const [, alone = '', sign = ''] = AFTER_NAME.exec(before) ?? []
  const known = nameOf(alone)
  if (known && (known.kind !== 'flag' || sign !== '')) return { typed: sign, suggestions: starting(operatorsOf(known), sign) }
  const typed = WORD.exec(before)![0]
  const isFirst = /(^|\(|\b(and|or|not))\s*$/i.test(before.slice(0, before.length - typed.length))
  return { typed, suggestions: [...starting(isFirst ? negation : [...joins, ...negation], typed), ...namesLike(typed)] }
}

const word = (text: string): Suggestion => ({ text, title: '', kind: 'word' })
const joins = [word('and'), word('or')]
const negation = [word('not')]

const operatorsOf = ({ kind }: QueryName): Suggestion[] =>
  kinds[kind].operators.map((text) => ({ text, title: '', kind: 'operator' }))

const starting = (suggestions: readonly Suggestion[], typed: string) =>
  suggestions.filter(({ text }) => text.toLowerCase().startsWith(typed.toLowerCase()))

const isInQuotes = (before: string) => before.replace(/\\./gs, '').replace(/[^"“”„]/g, '').length % 2 === 1

/**
 * Names that begin like the text, then those that have it inside, then those whose title has it. The name that the text is, which may have
 * a number of its own, is first.
 */
function namesLike(typed: string): Suggestion[] {
  const text = typed.toLowerCase()
  const rank = ({ name, title }: QueryName) =>
    [name.toLowerCase().startsWith(text), name.toLowerCase().includes(text), title.toLowerCase().includes(text)].indexOf(true)
  const own = nameOf(text)
  const others = queryNames().filter(({ name }) => name !== own?.name).map((name) => ({ name, rank: rank(name) }))
    .filter(({ rank }) => rank >= 0).sort((a, b) => a.rank - b.rank)
    .map(({ name }) => suggestionOf(name, meaningOf(name)))
  return own === null ? others : [suggestionOf(own, own.title), ...others]
}

const suggestionOf = ({ name, unit }: QueryName, meaning: string): Suggestion =>
  ({ text: name, title: unit === null ? meaning : `${meaning} (${unit})`, kind: 'name' })

function valuesLike(name: QueryName, value: string, valuesOf: (name: QueryName) => readonly string[]): Suggestion[] {
  const typed = value.replace(/^["“”„]/, '').toLowerCase()
  const choices = Object.entries(name.choices)
  const values = choices.length > 0 ? choices : (name.kind === 'flag' ? ['true', 'false'] : valuesOf(name)).map((one): [string, string] => [one, ''])
  return values.filter((entry) => entry.some((one) => one.toLowerCase().includes(typed)))
    .map(([text, title]) => ({ text: shown(text), title: title === text ? '' : title, kind: 'value' }))
}
