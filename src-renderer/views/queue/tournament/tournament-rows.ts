import type { ComparedArm, ComparedRun, Comparison } from '../../../../src-engine/statistics/comparison.ts'
import { outcomesText } from '../../../../src-engine/statistics/outcome-texts.ts'
import { tableValue } from '../../../../src-engine/experiment/parameters.ts'
import { lossNamed } from '../../../../src-engine/experiment/task.ts'
import type { Change } from '../../../../src-engine/experiment/change.ts'
import { formatCount, formatNumber, formatP, formatSigned, NO_VALUE } from '../../../components/format.ts'
import { type CopiedColumn, csvTable, markdownTable } from '../../../components/table-text.ts'

export interface ArmRow {
  kind: 'arm'
  arm: ComparedArm
  /** From 1; null for an arm without a mean. */
  rank: number | null
  isBest: boolean
  isReference: boolean
}

export interface RunRow {
  kind: 'run'
  arm: ComparedArm
  run: ComparedRun
}

export type TournamentRow = ArmRow | RunRow

/** Arms, best first, each followed by its runs if it is expanded. */
export function tournamentRows({ arms, reference }: Comparison, expanded: ReadonlySet<number>): TournamentRow[] {
  return arms.flatMap((arm, index): TournamentRow[] => {
    const hasMean = arm.sample.n > 0 && Number.isFinite(arm.sample.mean)
    const row: ArmRow = {
      kind: 'arm', arm, rank: hasMean ? index + 1 : null, isBest: hasMean && index === 0, isReference: arm.label === reference,
    }
    return [row, ...(expanded.has(arm.arm) ? arm.runs.map((run): RunRow => ({ kind: 'run', arm, run })) : [])]
  })
}

export const intervalText = (interval: readonly [number, number] | null) =>
  (interval === null ? NO_VALUE : `${formatNumber(interval[0])} to ${formatNumber(interval[1])}`)

const meanOf = ({ sample }: ComparedArm) => (sample.n === 0 ? null : sample.mean)

export const differenceText = ({ test }: ComparedArm) => formatSigned(test?.difference ?? null)

type Column = CopiedColumn<ComparedArm>

type Value = (arm: ComparedArm) => number | null
const number = (title: string, value: Value, format: (value: number | null) => string = formatNumber): Column =>
  ({ title, isNumber: true, shown: (arm) => format(value(arm)), exact: value })
const label: Column = { title: 'Arm', isNumber: false, shown: ({ label }) => label, exact: ({ label }) => label }
const meanOfLoss = (loss: string) => number(`${lossNamed(loss).title} (last 20 epochs), mean`, meanOf)
const spread = number('SD', ({ sample }) => sample.sd)
const worst = number('Worst', (arm) => arm.worst)
const n = number('n', ({ sample }) => sample.n, formatCount)
const difference: Column = {
  title: 'Difference from the reference', isNumber: true, shown: differenceText, exact: ({ test }) => test?.difference ?? null,
}
const corrected = number('p (Holm)', ({ test }) => test?.corrected ?? null, formatP)
const pulses = number('SET pulses, mean', ({ set }) => set, formatCount)
const energy = number('Energy (µJ), mean', (arm) => arm.energy)

const inMarkdown = (loss: string): readonly Column[] => [
  label, meanOfLoss(loss), spread,
  { title: '95 % interval', isNumber: true, shown: ({ interval }) => intervalText(interval), exact: () => null },
  worst, n, difference, corrected, pulses, energy,
  { title: 'Outcomes', isNumber: false, shown: outcomesText, exact: outcomesText },
]
const inCsv = (loss: string): readonly [Column, ...Column[]] => [
  label, meanOfLoss(loss), spread,
  number('95 % interval from', ({ interval }) => interval?.[0] ?? null), number('95 % interval to', ({ interval }) => interval?.[1] ?? null),
  worst, n, difference, number('p', ({ test }) => test?.p ?? null), corrected, pulses, energy,
  number('learned', ({ outcomes }) => outcomes.learned), number('untrained', ({ outcomes }) => outcomes.untrained),
  number('silent', ({ outcomes }) => outcomes.silent), number('diverged', ({ outcomes }) => outcomes.diverged),
  number('failed', ({ failed }) => failed), number('not finished', ({ unfinished }) => unfinished),
]

/** Format the comparison as a Markdown table, rounded as on the screen. */
export const markdownOf = ({ arms, loss }: Comparison): string => markdownTable(inMarkdown(loss), arms)

/** Parameters of the arms of a sweep, by the index of the arm. */
type Swept = readonly { changes: readonly Change[] }[]

/** Format the comparison as CSV (RFC 4180) with all digits and every swept parameter. Missing values are empty. */
export function csvOf({ arms, loss }: Comparison, swept: Swept = []): string {
  const [label, ...others] = inCsv(loss)
  const columns = [label, ...parameterColumns(swept), ...others]
  return csvTable(columns, arms)
}

/** One column per parameter, with its path as the title. */
function parameterColumns(swept: Swept): Pick<Column, 'title' | 'exact'>[] {
  const values = swept.map(({ changes }) => new Map(changes.map(({ path, value }) => [path, value])))
  const paths = [...new Set(values.flatMap((map) => [...map.keys()]))]
  return paths.map((path) => ({ title: path, exact: ({ arm }) => tableValue(values[arm]?.get(path)) }))
}
