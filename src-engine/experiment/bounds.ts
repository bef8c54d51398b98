import { MOST_LEVELS } from './json-size.ts'
import type { Problem } from './problem.ts'

/** Longest list of numbers: the samples of an imported signal. */
export const MOST_NUMBERS = 1_000_000
/** Longest list of anything else: the values of an axis of a sweep, the runs of a figure. */
const MOST_ENTRIES = 1000
/** Most names of one group. */
export const MOST_NAMES = 2000
/** Longest text: a note, or a spec that is kept as text. */
const MOST_CHARACTERS = 10_000_000
/** Values of the whole document, besides long lists of numbers. */
const MOST_VALUES = 200_000
/** Entries of a list and values of a whole call of the window: the largest page of a figure has a tenth of them. */
const MOST_SENT = 100_000
const MOST_SENT_VALUES = 4_000_000

/** How archives write the numbers that JSON has not. */
const numberTexts: ReadonlySet<unknown> = new Set(['NaN', 'Infinity', '-Infinity', '-0'])

interface Limits {
  /** Longest list of anything but numbers. */
  entries: number
  /** Values besides long lists of numbers. */
  values: number
}

/** A problem whose path is completed on the way back, because most documents have none. */
interface Excess { path: (string | number)[]; rule: string; found: string }

/**
 * The first place where a document is larger or deeper than any of ours; null if there is none. A schema looks at every element before
 * it knows that there are too many, and each one that is wrong costs memory. This stops at the first excess.
 */
export const boundsProblem = (document: unknown): Problem | null =>
  problemBeyond(document, { entries: MOST_ENTRIES, values: MOST_VALUES })

/** The same for what a window sends, such as the ids of many runs or the shapes of a page. */
export const payloadProblem = (payload: unknown): Problem | null =>
  problemBeyond(payload, { entries: MOST_SENT, values: MOST_SENT_VALUES })

function problemBeyond(document: unknown, most: Limits): Problem | null {
  let values = 0

  function excessOf(value: unknown, level: number): Excess | null {
    if (typeof value === 'string') return value.length > MOST_CHARACTERS ? tooMany('characters', MOST_CHARACTERS, value.length) : null
    if (typeof value !== 'object' || value === null) return null
    // Numbers that were read from a file. No document has them in this form.
    if (ArrayBuffer.isView(value)) return null
    if (level >= MOST_LEVELS) return tooMany('levels', MOST_LEVELS)
    return Array.isArray(value) ? ofList(value, level) : ofGroup(value as Record<string, unknown>, level)
  }

  function ofList(list: readonly unknown[], level: number): Excess | null {
    if (list.length > MOST_NUMBERS) return tooMany('entries', MOST_NUMBERS, list.length)
    if (list.length > MOST_ENTRIES && hasNumbersOnly(list)) return null
    if (list.length > most.entries) return tooMany('entries that are not numbers', most.entries, list.length)
    values += list.length
    if (values > most.values) return tooMany('values', most.values)
    for (let index = 0; index < list.length; index++) {
      const excess = excessOf(list[index], level + 1)
      if (excess) return within(index, excess)
    }
    return null
  }

  function ofGroup(group: Readonly<Record<string, unknown>>, level: number): Excess | null {
    const names = Object.keys(group)
    if (names.length > MOST_NAMES) return tooMany('names', MOST_NAMES, names.length)
    values += names.length
    if (values > most.values) return tooMany('values', most.values)
    for (const name of names) {
      const excess = excessOf(group[name], level + 1)
      if (excess) return within(name, excess)
    }
    return null
  }

  const excess = excessOf(document, 0)
  return excess && { path: shownPath(excess), rule: excess.rule, found: excess.found }
}

function hasNumbersOnly(list: readonly unknown[]): boolean {
  for (const value of list) if (!Number.isFinite(value) && !numberTexts.has(value)) return false
  return true
}

const tooMany = (of: string, most: number, found?: number): Excess =>
  ({ path: [], rule: `must have at most ${most} ${of}`, found: found === undefined ? '' : String(found) })

function within(name: string | number, excess: Excess): Excess {
  excess.path.push(name)
  return excess
}

/** Names of a path of too many levels that are shown. */
const MOST_SHOWN = 3

const shownPath = ({ path }: Excess) => path.toReversed().slice(0, path.length >= MOST_LEVELS ? MOST_SHOWN : undefined).join('.')
