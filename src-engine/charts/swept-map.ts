import { formatQuantity } from '../format/numbers.ts'
import { counted } from '../format/words.ts'
import { mixed } from '../figure/colour.ts'
import type { ColourScale, NumberAxis } from '../figure/figure.ts'
import { meanOf } from '../statistics/samples.ts'
import { dot, isDrawable } from './arms.ts'
import type { Chart } from './chart.ts'
import { background } from './group-looks.ts'
import type { Palette } from './palette.ts'
import { type Level, levelsOf, levelText, parameterLabel, type Swept, type SweptRun } from './swept.ts'

/** Numbers in more cells would touch each other, and larger dots would hide their colours. */
const MOST_NUMBERS = 64

interface Cell {
  x: number
  y: number
  runs: readonly SweptRun[]
  mean: number
}

/** Mean of a metric over the runs with each pair of values of two parameters. */
export function heatMapChart(swept: Swept, [across, up]: readonly [string, string], palette: Palette): Chart {
  const { runs, metric, scale, ticked } = swept
  const [columns, rows] = [levelsOf(runs, across), levelsOf(runs, up)]
  const cells = cellsOf(runs, columns, rows, [across, up])
  const shown = cells.filter(({ mean }) => isDrawable(mean, scale === 'log'))
  const values = new Float64Array(columns.length * rows.length).fill(NaN)
  for (const { x, y, mean } of shown) values[y * columns.length + x] = mean
  const hasNumbers = cells.length <= MOST_NUMBERS
  const tickedCells = cells.filter(({ runs: own }) => own.some(({ runId }) => ticked.has(runId)))
  const aboutCell = ({ x, y, runs: own, mean }: Cell) => {
    const count = own.filter(({ runId }) => ticked.has(runId)).length
    return [
      `${parameterLabel(across)} ${columns[x]!.text}`, `${parameterLabel(up)} ${rows[y]!.text}`,
      `mean ${formatQuantity(mean)}, n = ${own.length}`, ...(count > 0 ? [`${count} of ${own.length} ticked`] : []),
    ].join('\n')
  }
  const dotsOf = (own: readonly Cell[]) => ({
    kind: 'points' as const, x: own.map(({ x }) => x), y: own.map(({ y }) => y), symbol: dot,
    size: hasNumbers ? 'large' as const : 'tiny' as const,
    details: own.map(aboutCell), runs: own.map(({ runs: [run] }) => run!.runId),
  })
  const colours = coloursOf(shown.map(({ mean }) => mean), scale === 'log', palette)
  return {
    title: 'Heat map',
    plot: {
      title: '',
      x: axisOf(across, columns),
      y: axisOf(up, rows),
      marks: [
        { kind: 'image', values, columns: columns.length, x: endsOf(columns), y: endsOf(rows), scale: colours },
        { ...dotsOf(cells), colour: palette.ink, ...(hasNumbers && { labels: cells.map(({ mean }) => formatQuantity(mean)) }) },
        ...(tickedCells.length > 0 ? [{ ...dotsOf(tickedCells), colour: palette.warning }] : []),
      ],
    },
    // A key that comes with the first tick would move the cells under the pointer.
    key: [],
    table: () => ({
      columns: [parameterLabel(across), parameterLabel(up), `Mean ${metric}`, 'n'],
      rows: cells.map(({ x, y, runs: own, mean }) => [valueOfLevel(columns[x]!), valueOfLevel(rows[y]!), mean, own.length]),
    }),
    notes: [
      `mean ${metric}, colours on a ${scale} scale`,
      ...(tickedCells.length > 0 ? [`${counted(tickedCells.length, 'cell')} with ticked runs`] : []),
      ...(shown.length < cells.length ? [`grey: ${counted(cells.length - shown.length, 'cell')} without a finite mean`] : []),
    ],
    about: {
      sentence: 'Mean over the runs of each cell. A click on a cell\'s dot ticks its runs, and ticked runs colour the dot. A cell without a dot has no run.',
      equation: 'mean = 1/n · Σᵢ yᵢ',
    },
    empty: whyEmpty(runs, columns, rows),
  }
}

/** Shares of the accent in the colours of the scale. Numbers are read on all of them. */
const [LEAST, MOST] = [0.05, 0.65]

function coloursOf(means: readonly number[], isLog: boolean, { mode, accent, faint }: Palette): ColourScale {
  const tint = (share: number) => mixed(background[mode], accent, share)
  const [from, to] = means.length > 0 ? [Math.min(...means), Math.max(...means)] : [0, 1]
  return { from, to, isLog, colours: [LEAST, (LEAST + MOST) / 2, MOST].map(tint), missing: faint }
}

function whyEmpty(runs: readonly SweptRun[], columns: readonly Level[], rows: readonly Level[]): string | null {
  if (runs.length === 0) return 'Cells appear as runs finish.'
  return columns.length < 2 || rows.length < 2 ? 'A heat map needs two parameters with several values each.' : null
}

const valueOfLevel = ({ number, text }: Level) => number ?? text

const axisOf = (path: string, levels: readonly Level[]): NumberAxis => ({
  scale: 'linear', name: parameterLabel(path), from: endsOf(levels)[0], to: endsOf(levels)[1], labels: levels.map(({ text }) => text),
})

const endsOf = (levels: readonly Level[]): [number, number] => [-0.5, levels.length - 0.5]

/** Cells that have runs. */
function cellsOf(
  runs: readonly SweptRun[], columns: readonly Level[], rows: readonly Level[], [across, up]: readonly [string, string],
): Cell[] {
  const placesOf = (levels: readonly Level[]) => new Map(levels.map(({ text }, index) => [text, index]))
  const [xs, ys] = [placesOf(columns), placesOf(rows)]
  const cells = Map.groupBy(runs, (run) => xs.get(levelText(run, across))! + columns.length * ys.get(levelText(run, up))!)
  return [...cells].map(([cell, own]) => ({
    x: cell % columns.length, y: Math.floor(cell / columns.length), runs: own, mean: meanOf(own.map(({ value }) => value)),
  }))
}
