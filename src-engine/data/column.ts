import { counted, listed } from '../format/words.ts'
import { oneOf, type Problem } from '../experiment/problem.ts'
import type { Content } from './guess.ts'
import { FEWEST_ROWS } from './limits.ts'
import { type Refusal, refused } from './refused.ts'
import { roleOf, type Role } from './role.ts'

/** One column of a file: its numbers, and what they seem to be. */
export interface Column {
  /** As in the header, or '#2' for the second column without a name of its own; in an NPY file the index, counted from 0. */
  name: string
  /** Empty if unknown. */
  unit: string
  content: Content
  role: Role
  /** Why it has this role, for a signal empty. */
  why: string
  /** NaN where there is no number. Empty if there is a problem. */
  values: Float64Array
  /** Number of values that are missing, and the row of the first. */
  gaps: number
  firstGap: number
  /** Why the column cannot be used, whatever it is for. */
  problem: Problem | null
}

/** What is done with missing values. */
export type Gaps = 'interpolate' | 'drop' | 'refuse'

/** @param fields everything but the role, which follows from the other columns */
export function withRoles(columns: readonly Omit<Column, 'role' | 'why'>[]): Column[] {
  return columns.map((column, index) => ({ ...column, ...roleOf(column, index, columns) }))
}

/** The column that a signal is read from, or why there is none. Without a wanted name, the first that seems to be a signal. */
export function chooseColumn(columns: readonly Column[], wanted: string): { ok: true; column: Column } | Refusal {
  const chosen = wanted === '' ? firstSignal(columns) : columns.find(({ name }) => name === wanted)
  if (chosen === undefined) return wanted === '' ? noSignal(columns) : unknownColumn(columns, wanted)
  return chosen.problem ? { ok: false, problems: [chosen.problem] } : { ok: true, column: chosen }
}

const firstSignal = (columns: readonly Column[]) => {
  const usable = columns.filter(({ problem }) => problem === null)
  return usable.find(({ role }) => role === 'signal') ?? (usable.length === 1 && columns.length === 1 ? usable[0] : undefined)
}

/** Names that a message lists. */
const MOST_NAMES = 20

function unknownColumn(columns: readonly Column[], wanted: string): Refusal {
  const names = columns.map(({ name }) => `'${name}'`)
  const rule = names.length > MOST_NAMES ? `must be one of ${names.length}: ${names.slice(0, MOST_NAMES).join(', ')}, …` : `must be ${oneOf(names)}`
  return refused('Column', rule, `'${wanted}'`)
}

function noSignal(columns: readonly Column[]): Refusal {
  const roles = columns.filter(({ problem }) => problem === null).map(({ name, why }) => `'${name}' ${why}`)
  if (roles.length > 0) return refused('Column', `must be chosen, because no column seems to be a signal: ${listed(roles.slice(0, MOST_NAMES), 'and')}`)
  return { ok: false, problems: columns.slice(0, MOST_NAMES).flatMap(({ problem }) => problem ?? []) }
}

export interface Samples {
  ok: true
  /** Of each column, all of one length. */
  samples: Float64Array[]
  /** Row of the columns that each sample is of, counted from 0; null if it is every row. */
  rows: readonly number[] | null
}

/**
 * The samples of columns without gaps, all of one length: a row that lacks one of them is dropped from all. A gap at an end cannot be
 * interpolated, so it is dropped.
 */
export function samplesOf(columns: readonly Column[], how: Gaps): Samples | Refusal {
  const lengths = new Set(columns.map(({ values }) => values.length))
  if (lengths.size > 1) return refused('Columns', 'must have the same number of rows', listed([...lengths].map(String), 'and'))
  const withGaps = columns.filter(({ gaps }) => gaps > 0)
  if (withGaps.length === 0) return { ok: true, samples: columns.map(({ values }) => values), rows: null }
  if (how === 'refuse') return { ok: false, problems: withGaps.map(gapProblem) }
  const isWhole = (row: number) => columns.every(({ values }) => !Number.isNaN(values[row]))
  const whole = Array.from({ length: columns[0]!.values.length }, (_, row) => row).filter(isWhole)
  if (whole.length < FEWEST_ROWS) return refused('Columns', `must have at least ${FEWEST_ROWS} rows of numbers`, counted(whole.length, 'row'))
  const [first, last] = [whole[0]!, whole.at(-1)!]
  if (how === 'drop') return { ok: true, samples: columns.map(({ values }) => Float64Array.from(whole, (row) => values[row]!)), rows: whole }
  return {
    ok: true,
    samples: columns.map(({ values }) => interpolated(values.slice(first, last + 1))),
    rows: Array.from({ length: last + 1 - first }, (_, index) => first + index),
  }
}

const gapProblem = ({ name, gaps, firstGap }: Column): Problem => ({
  path: `Column '${name}'`, rule: `has ${counted(gaps, 'gap')}, the first in row ${firstGap}. Set gaps to interpolate or to drop`, found: '',
})

/** Straight lines over the gaps between the first and the last value. */
function interpolated(values: Float64Array): Float64Array {
  let before = 0
  for (let at = 1; at < values.length; at++) {
    if (Number.isNaN(values[at])) continue
    const [from, to] = [values[before]!, values[at]!]
    for (let gap = before + 1; gap < at; gap++) {
      const share = (gap - before) / (at - before)
      values[gap] = from * (1 - share) + to * share
    }
    before = at
  }
  return values
}
