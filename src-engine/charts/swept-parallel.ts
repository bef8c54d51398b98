import type { Line, Mark } from '../figure/figure.ts'
import { formatQuantity } from '../format/numbers.ts'
import { counted } from '../format/words.ts'
import { meanOf } from '../statistics/samples.ts'
import { dot, isDrawable } from './arms.ts'
import type { Chart } from './chart.ts'
import { scaleColour } from './group-looks.ts'
import type { Palette } from './palette.ts'
import { levelsOf, levelText, parameterLabel, rescaled, scaleOfLevels, type Swept, type SweptRun } from './swept.ts'

const LOWER = 'Lower half'
const UPPER = 'Upper half'
const TICKED = 'Arms with ticked runs'

/** One arm of the sweep: all runs with the same settings. */
interface Arm {
  runs: readonly SweptRun[]
  mean: number
}

/** Parallel coordinates: a line for each arm through its value on every row, coloured by its metric, which is the last row. */
export function parallelChart({ runs, metric, scale, ticked }: Swept, paths: readonly string[], palette: Palette): Chart {
  const isLog = scale === 'log'
  const all = [...Map.groupBy(runs, ({ arm }) => arm).values()]
    .map((own): Arm => ({ runs: own, mean: meanOf(own.map(({ value }) => value)) }))
  const arms = all.filter(({ mean }) => isDrawable(mean, isLog)).sort((a, b) => b.mean - a.mean)
  const rows = [...paths.map((path) => parameterRow(runs, path)), metricRow(arms, metric, scale)]
  const isTicked = (arm: Arm) => arm.runs.some(({ runId }) => ticked.has(runId))
  const lines = arms.map((arm, index): Line => ({
    kind: 'line', x: rows.map((row) => row.at(arm)), y: rows.map((_, row) => row),
    ...(isTicked(arm) ? { colour: palette.warning, entry: TICKED } : lookAt(1 - index / Math.max(1, arms.length - 1), palette)),
  }))
  const ends: Mark = {
    kind: 'points', x: arms.map((arm) => rows.at(-1)!.at(arm)), y: arms.map(() => rows.length - 1), colour: palette.second, symbol: dot,
    size: 'small', details: arms.map(({ runs: own, mean }) => `${own[0]!.label}\nmean ${formatQuantity(mean)}, n = ${own.length}`),
    runs: arms.map(({ runs: own }) => own[0]!.runId),
  }
  return {
    title: 'Parallel coordinates',
    plot: {
      title: '',
      x: { scale: 'linear', name: 'From the lowest to the highest of each row', from: 0, to: 1 },
      y: { scale: 'category', name: '', categories: rows.map(({ label }) => label) },
      marks: [...lines, ends],
    },
    key: [
      { text: LOWER, colour: scaleColour(0.25, palette.mode), dash: 'solid' },
      { text: UPPER, colour: scaleColour(0.75, palette.mode), dash: 'solid' },
      ...(arms.some(isTicked) ? [{ text: TICKED, colour: palette.warning, dash: 'solid' as const }] : []),
    ],
    table: () => ({
      columns: ['Arm', ...paths.map(parameterLabel), `Mean ${metric}`],
      rows: arms.toReversed().map(({ runs: [run], mean }) => [run!.label, ...paths.map((path) => tableCell(run!, path)), mean]),
    }),
    notes: arms.length < all.length ? [`${counted(all.length - arms.length, 'arm')} left out: no mean that the axis can show`] : [],
    about: {
      sentence: 'A line for each arm, through its settings and its mean. Its colour is the rank of its mean. A click on its end ticks its runs.',
      equation: 'place = (value − lowest) / (highest − lowest) of the row, of logarithms where values span a factor of ten',
    },
    empty: arms.length < 2 ? 'Lines appear as the runs of two arms finish.' : null,
  }
}

/** @param share of the arms with a lower mean */
const lookAt = (share: number, { mode }: Palette) => ({ colour: scaleColour(share, mode), entry: share > 0.5 ? UPPER : LOWER })

interface Row {
  label: string
  /** Place of an arm, 0 to 1. */
  at: (arm: Arm) => number
}

function parameterRow(runs: readonly SweptRun[], path: string): Row {
  const levels = levelsOf(runs, path)
  const numbers = levels.flatMap(({ number }) => number ?? [])
  const [first, last] = [levels[0]?.text ?? '', levels.at(-1)?.text ?? '']
  const label = `${parameterLabel(path)}: ${first} to ${last}`
  if (numbers.length === levels.length) {
    const place = rescaled(numbers, scaleOfLevels(numbers))
    return { label, at: ({ runs: [run] }) => place(run!.parameters.get(path) as number) }
  }
  const texts = levels.map(({ text }) => text)
  const place = rescaled(texts.map((_, index) => index), 'linear')
  return { label, at: ({ runs: [run] }) => place(texts.indexOf(levelText(run!, path))) }
}

function metricRow(arms: readonly Arm[], metric: string, scale: 'log' | 'linear'): Row {
  const means = arms.map(({ mean }) => mean)
  const place = rescaled(means, scale)
  return { label: `${metric}: ${formatQuantity(Math.min(...means))} to ${formatQuantity(Math.max(...means))}`, at: ({ mean }) => place(mean) }
}

function tableCell(run: SweptRun, path: string): number | string {
  const value = run.parameters.get(path)
  return typeof value === 'number' ? value : levelText(run, path)
}
