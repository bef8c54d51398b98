import type { FinalGroup } from '../../../src-engine/charts/final-values.ts'
import { centred, meanInterval, standardError } from '../../../src-engine/statistics/centre.ts'
import type { GroupResult, GroupTest, Pairing } from '../../../src-engine/statistics/group-tests.ts'
import { type Sample, sampleOf } from '../../../src-engine/statistics/samples.ts'
import { formatCount, formatNumber, formatP, formatSigned, NO_VALUE } from '../../components/format.ts'
import type { CopiedColumn } from '../../components/table-text.ts'

/** A group with its statistics and its test against the base. */
export interface FinalRow {
  final: FinalGroup
  sample: Sample
  median: number
  se: number | null
  interval: readonly [number, number] | null
  isBase: boolean
  test: GroupTest | null
  /** Why there is no test. */
  reason: string
}

/** @param results null while the tests are computed */
export const finalRows = (groups: readonly FinalGroup[], base: number, results: readonly GroupResult[] | null): FinalRow[] =>
  groups.map((final, index) => {
    const values = final.values.map(({ value }) => value)
    const sample = sampleOf(values)
    return {
      final, sample,
      median: centred(values, 'median', 'none').centre,
      se: sample.sd === null ? null : standardError(sample.n, sample.sd),
      interval: meanInterval(values),
      isBase: index === base,
      test: results?.[index]?.test ?? null,
      reason: results?.[index]?.reason ?? '',
    }
  })

const intervalText = (interval: readonly [number, number] | null) =>
  (interval === null ? NO_VALUE : `${formatNumber(interval[0])} to ${formatNumber(interval[1])}`)

export interface FinalColumn extends CopiedColumn<FinalRow> {
  help: string
}

type Value = (row: FinalRow) => number | null
type Format = (value: number | null) => string
const number = (title: string, help: string, value: Value, format: Format = formatNumber): FinalColumn =>
  ({ title, help, isNumber: true, shown: (row) => format(value(row)), exact: value })
const orNull = ({ sample }: FinalRow, value: number) => (sample.n === 0 ? null : value)

/** Columns on the screen. An interval is one column there and two in CSV. */
export const finalColumns = (pairing: Pairing): FinalColumn[] => [
  number('n', 'Runs of the group', ({ sample }) => sample.n, formatCount),
  number('Mean', 'Mean of the final values', (row) => orNull(row, row.sample.mean)),
  number('SD', 'Standard deviation over the runs, with n − 1', ({ sample }) => sample.sd),
  number('SE', 'Standard error of the mean, SD / √n', ({ se }) => se),
  {
    title: '95 % interval', help: 'Of the mean, by Student\'s t with n − 1', isNumber: true,
    shown: ({ interval }) => intervalText(interval), exact: () => null,
  },
  number('Median', 'Half of the runs are below', (row) => orNull(row, row.median)),
  number('Difference', 'Mean of the group minus that of the base; of paired runs, over the seeds that both have', ({ test }) => test?.difference ?? null, formatSigned),
  {
    title: '95 % of difference', help: 'Bootstrap interval of the difference, from 10 000 resamples', isNumber: true,
    shown: ({ test }) => intervalText(test?.interval ?? null), exact: () => null,
  },
  pairing === 'paired'
    ? number('Pairs', 'Seeds that the group and the base have', ({ test }) => test?.n[0] ?? null, formatCount)
    : { title: 'Runs', help: 'Runs of the group and of the base', isNumber: true, shown: ({ test }) => test?.n.join(' + ') ?? NO_VALUE, exact: ({ test }) => test?.n.join(' + ') ?? null },
  number('p', pairing === 'paired' ? 'Two-sided sign-flip test of the pairs' : 'Two-sided permutation test of the means', ({ test }) => test?.p ?? null, formatP),
  number('p (Holm)', 'Corrected for the number of tested groups', ({ test }) => test?.corrected ?? null, formatP),
  number(
    'Effect', pairing === 'paired' ? 'Cohen\'s d_z: mean difference / SD of the differences' : 'Hedges\' g: difference / pooled SD, corrected for small n',
    ({ test }) => test?.effect ?? null, formatSigned,
  ),
]

const label: CopiedColumn<FinalRow> = {
  title: 'Group', isNumber: false, shown: ({ final }) => final.group.label, exact: ({ final }) => final.group.label,
}
const ends = (title: string, of: (row: FinalRow) => readonly [number, number] | null) =>
  [number(`${title} from`, '', (row) => of(row)?.[0] ?? null), number(`${title} to`, '', (row) => of(row)?.[1] ?? null)]

export const markdownColumns = (pairing: Pairing): CopiedColumn<FinalRow>[] => [label, ...finalColumns(pairing)]

/** With the ends of intervals in columns of their own. */
export const csvColumns = (pairing: Pairing): CopiedColumn<FinalRow>[] => [label, ...finalColumns(pairing).flatMap((column) => {
  if (column.title === '95 % interval') return ends(column.title, ({ interval }) => interval)
  return column.title === '95 % of difference' ? ends(column.title, ({ test }) => test?.interval ?? null) : [column]
})]
