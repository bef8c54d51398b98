import type { Problem } from './problem.ts'

const MOST_LEVELS = 32
/** Longest list of numbers: the samples of an imported signal. */
const MOST_NUMBERS = 1_000_000
/** Longest list of anything else: the values of an axis of a sweep, the runs of a figure. */
const MOST_ENTRIES = 1000
const MOST_NAMES = 2000
/** Longest text: a note, or a spec that is kept as text. */
const MOST_CHARACTERS = 10_000_000
/** Texts, lists and groups of the whole document. */
const MOST_VALUES = 200_000

/** How archives write the numbers that JSON has not. */
const numberTexts: ReadonlySet<unknown> = new Set(['NaN', 'Infinity', '-Infinity', '-0'])

/**
 * The first place where a document is larger or deeper than any of ours; null if there is none. A schema looks at every element before
 * it knows that there are too many, and each one that is wrong costs memory. This stops at the first excess.
 */
export function boundsProblem(document: unknown): Problem | null {
  let values = 0

  function problemIn(value: unknown, path: readonly (string | number)[]): Problem | null {
    if (typeof value === 'string') return value.length > MOST_CHARACTERS ? tooMany(path, 'characters', MOST_CHARACTERS, value.length) : null
    if (typeof value !== 'object' || value === null) return null
    // Numbers that were read from a file. No document has them in this form.
    if (value instanceof Float64Array) return null
    if (++values > MOST_VALUES) return tooMany([], 'lists and groups', MOST_VALUES)
    if (path.length >= MOST_LEVELS) return tooMany(path.slice(0, 3), 'levels', MOST_LEVELS)
    return Array.isArray(value) ? ofList(value, path) : ofGroup(value as Record<string, unknown>, path)
  }

  function ofList(list: readonly unknown[], path: readonly (string | number)[]): Problem | null {
    if (list.length > MOST_NUMBERS) return tooMany(path, 'entries', MOST_NUMBERS, list.length)
    if (list.length > MOST_ENTRIES) {
      const odd = list.findIndex((value) => !(Number.isFinite(value) || numberTexts.has(value)))
      return odd < 0 ? null : tooMany(path, 'entries that are not numbers', MOST_ENTRIES, list.length)
    }
    return firstOf(list, (value, index) => problemIn(value, [...path, index]))
  }

  function ofGroup(group: Readonly<Record<string, unknown>>, path: readonly (string | number)[]): Problem | null {
    const names = Object.keys(group)
    if (names.length > MOST_NAMES) return tooMany(path, 'names', MOST_NAMES, names.length)
    return firstOf(names, (name) => problemIn(group[name], [...path, name]))
  }

  return problemIn(document, [])
}

function firstOf<Value>(values: readonly Value[], find: (value: Value, index: number) => Problem | null): Problem | null {
  for (let index = 0; index < values.length; index++) {
    const problem = find(values[index]!, index)
    if (problem !== null) return problem
  }
  return null
}

const tooMany = (path: readonly (string | number)[], of: string, most: number, found?: number): Problem =>
  ({ path: path.join('.'), rule: `must have at most ${most} ${of}`, found: found === undefined ? '' : String(found) })
