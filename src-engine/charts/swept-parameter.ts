import type { CategoryAxis, KeyEntry, Mark, NumberAxis } from '../figure/figure.ts'
import { formatExact, formatQuantity } from '../format/numbers.ts'
import { counted } from '../format/words.ts'
import { meanInterval } from '../statistics/centre.ts'
import { meanOf } from '../statistics/samples.ts'
import { dot, isDrawable } from './arms.ts'
import type { Chart } from './chart.ts'
import type { Palette } from './palette.ts'
import { type Level, levelsOf, parameterLabel, scaleOfLevels, type Swept, type SweptRun } from './swept.ts'

const RUNS = 'Runs'
const TICKED = 'Ticked runs'
const INTERVAL = 'Mean with 95 % interval'
const NONE = 'Not drawn'

/** A metric against one parameter of a sweep: a dot for each run, and the mean of each value with its interval. */
export function parameterChart({ runs, metric, scale, ticked }: Swept, path: string, palette: Palette): Chart {
  const levels = levelsOf(runs, path)
  const isNumber = levels.every(({ number }) => number !== null)
  const isLog = scale === 'log'
  const missing = runs.filter(({ value }) => !isDrawable(value, isLog))
  const settings = Math.max(0, ...levels.map((level) => new Set(level.runs.map(({ arm }) => arm)).size))
  const own: NumberAxis = { scale, name: metric }
  const drawing: Drawing = { levels, isLog, ticked, palette }
  return {
    title: parameterLabel(path),
    plot: { title: '', ...(isNumber ? numberPlot(drawing, path, own) : rowPlot(drawing, own)) },
    key: keyOf(drawing, missing.length > 0),
    table: () => ({
      columns: [parameterLabel(path), 'Arm', 'Seed', metric],
      rows: levels.flatMap(({ number, text, runs: own }) =>
        own.map(({ label, seed, value }) => [number ?? text, label, seed, value])),
    }),
    notes: [
      ...(settings > 1 ? [`up to ${counted(settings, 'arm')} per value`] : []),
      ...(missing.length > 0 ? [`× ${counted(missing.length, 'run')} without a value that the axis can show`] : []),
    ],
    about: {
      sentence: 'Every run at the value of its parameter, with the mean of each value over all settings of the other parameters. A click ticks a run.',
      equation: '95 % interval of the mean by Student\'s t; means with a run that is not finite are left out',
    },
    empty: runs.length === 0 ? 'Runs appear as they finish.' : levels.length < 2 ? 'All finished runs have the same value.' : null,
  }
}

interface Drawing {
  levels: readonly Level[]
  isLog: boolean
  ticked: ReadonlySet<string>
  palette: Palette
}

/** Mean of a level with its interval; null if an axis cannot show it. */
function meanOfLevel({ runs }: Level, isLog: boolean) {
  const values = runs.map(({ value }) => value)
  const mean = meanOf(values)
  if (!isDrawable(mean, isLog)) return null
  return { mean, ends: meanInterval(values) }
}

function numberPlot({ levels, isLog, ticked, palette }: Drawing, path: string, y: NumberAxis) {
  const numbers = levels.map(({ number }) => number!)
  const means = levels.map((level) => meanOfLevel(level, isLog))
  const marks: Mark[] = [
    {
      kind: 'band', entry: INTERVAL, x: numbers, colour: palette.accent,
      low: means.map((one) => one?.ends?.[0] ?? NaN), high: means.map((one) => one?.ends?.[1] ?? NaN),
    },
    { kind: 'line', entry: INTERVAL, x: numbers, y: means.map((one) => one?.mean ?? NaN), colour: palette.accent },
    ...dots(levels, ({ number }) => number!, isLog, ticked, palette)
      .map(({ at, values, ...mark }): Mark => ({ ...mark, x: at, y: values })),
    {
      kind: 'rug', entry: NONE, side: 'bottom', shape: 'cross', colour: palette.warning,
      at: levels.filter(({ runs }) => runs.some(({ value }) => !isDrawable(value, isLog))).map(({ number }) => number!),
    },
  ]
  const x: NumberAxis = { scale: scaleOfLevels(numbers), name: parameterLabel(path) }
  return { x, y, marks: marks.filter((mark) => mark.kind !== 'rug' || mark.at.length > 0) }
}

/** Values that are no numbers have a row each. */
function rowPlot({ levels, isLog, ticked, palette }: Drawing, x: NumberAxis) {
  const y: CategoryAxis = { scale: 'category', name: '', categories: levels.map(({ text }) => text) }
  const means = levels.flatMap((level, row): Mark[] => {
    const found = meanOfLevel(level, isLog)
    if (found === null) return []
    const { mean, ends } = found
    const isWhole = ends !== null && ends.every((end) => isDrawable(end, isLog))
    return [
      ...(isWhole
        ? [{ kind: 'intervals' as const, entry: INTERVAL, low: [ends[0]], high: [ends[1]], y: [row], shift: ABOVE, colour: palette.accent }]
        : []),
      {
        kind: 'points', entry: INTERVAL, x: [mean], y: [row], shift: ABOVE, colour: palette.accent, symbol: dot, size: 'large',
        details: [`${level.text}: mean ${formatQuantity(mean)}, n = ${level.runs.length}`],
      },
    ]
  })
  const rows = new Map(levels.map((level, row) => [level, row]))
  const runs = dots(levels, (level) => rows.get(level)!, isLog, ticked, palette)
    .map(({ at, values, ...mark }): Mark => ({ ...mark, x: values, y: at, shift: BELOW }))
  return { x, y, marks: [...means, ...runs] }
}

const [ABOVE, BELOW] = [-0.12, 0.2]

/** Dots of all runs, and of the ticked ones on top. @param placeOf along the axis of the parameter */
function dots(levels: readonly Level[], placeOf: (level: Level) => number, isLog: boolean, ticked: Swept['ticked'], palette: Palette) {
  const all = levels.flatMap((level) =>
    level.runs.filter(({ value }) => isDrawable(value, isLog)).map((run) => ({ run, at: placeOf(level) })))
  const made = (entry: string, colour: string, size: 'small' | 'large', own: typeof all) => ({
    kind: 'points' as const, entry, colour, symbol: dot, size,
    at: own.map(({ at }) => at), values: own.map(({ run }) => run.value),
    details: own.map(({ run }) => aboutRun(run)), runs: own.map(({ run }) => run.runId),
  })
  const chosen = all.filter(({ run }) => ticked.has(run.runId))
  return [made(RUNS, palette.second, 'small', all), ...(chosen.length > 0 ? [made(TICKED, palette.warning, 'large', chosen)] : [])]
}

export const aboutRun = ({ label, seed, value }: SweptRun) => `${label}\nseed ${formatExact(seed)}: ${formatQuantity(value)}`

function keyOf({ levels, ticked, palette }: Drawing, hasMissing: boolean): KeyEntry[] {
  const isTicked = levels.some(({ runs }) => runs.some(({ runId }) => ticked.has(runId)))
  return [
    { text: INTERVAL, colour: palette.accent, dash: 'solid', isArea: true },
    { text: RUNS, colour: palette.second, symbol: dot },
    ...(isTicked ? [{ text: TICKED, colour: palette.warning, symbol: dot }] : []),
    ...(hasMissing ? [{ text: NONE, colour: palette.warning, symbol: 'cross' as const }] : []),
  ]
}
