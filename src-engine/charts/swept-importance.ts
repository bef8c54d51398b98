import type { Mark } from '../figure/figure.ts'
import { formatQuantity } from '../format/numbers.ts'
import { counted } from '../format/words.ts'
import { importances, numberLevels } from '../statistics/importance.ts'
import { dot } from './arms.ts'
import type { Chart } from './chart.ts'
import type { Palette } from './palette.ts'
import { levelText, parameterLabel, type Swept, type SweptRun } from './swept.ts'

/** With fewer runs the shares would be chance. */
const LEAST_PER_PARAMETER = 10
const SHARE = 'Share of variance'
/** Half of the height of a bar, in rows. */
const HALF = 0.28

/** How much of the differences among the runs each swept parameter explains. */
export function importanceChart({ runs, metric }: Pick<Swept, 'runs' | 'metric'>, paths: readonly string[], palette: Palette): Chart {
  const shares = importances(paths.map((path) => runLevels(runs, path)), runs.map(({ value }) => value))
  const rows = paths.map((path, index) => ({ path, ...shares[index]! })).sort((a, b) => b.share - a.share)
  return {
    title: 'Parameter importance',
    plot: {
      title: '',
      x: { scale: 'linear', name: `Share of the variance of the ranks of ${metric}`, from: 0, to: 1 },
      y: { scale: 'category', name: '', categories: rows.map(({ path }) => parameterLabel(path)) },
      marks: rows.flatMap(({ path, share }, row) => barOf(path, share, row, palette)),
    },
    key: [],
    table: () => ({
      columns: ['Parameter', SHARE, 'Levels'],
      rows: rows.map(({ path, share, levels }) => [parameterLabel(path), share, levels]),
    }),
    notes: [`n = ${runs.length} runs`],
    about: {
      sentence: 'What each parameter explains alone, of the ranks of the runs: 1 if it decides everything. Seeds and interactions are the rest. '
        + 'Parameters that vary together share their effect, and numbers with many values are split into five groups.',
      equation: 'ω² = (SS_between − (k − 1)·MS_within) / (SS_total + MS_within)',
    },
    empty: whyEmpty(runs, paths),
  }
}

function whyEmpty(runs: readonly SweptRun[], paths: readonly string[]): string | null {
  if (paths.length === 0) return 'This sweep varies no parameter.'
  const least = LEAST_PER_PARAMETER * paths.length
  if (runs.length < least) return `${counted(paths.length, 'parameter')} need at least ${least} finished runs. ${counted(runs.length, 'run')} finished.`
  const alone = paths.find((path) => new Set(runLevels(runs, path)).size === runs.length)
  return alone === undefined ? null : `Every run has its own value of ${parameterLabel(alone)}.`
}

function runLevels(runs: readonly SweptRun[], path: string): string[] {
  const values = runs.map(({ parameters }) => parameters.get(path))
  return values.every((value) => typeof value === 'number') ? numberLevels(values) : runs.map((run) => levelText(run, path))
}

const barOf = (path: string, share: number, row: number, { accent }: Palette): Mark[] => [
  { kind: 'band', entry: SHARE, x: [0, share], low: [row - HALF, row - HALF], high: [row + HALF, row + HALF], colour: accent },
  {
    kind: 'points', entry: SHARE, x: [share], y: [row], colour: accent, symbol: dot, size: 'large',
    details: [`${parameterLabel(path)}: ${formatQuantity(share)}`],
  },
]
