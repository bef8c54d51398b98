import type { KeyEntry, Mark } from '../figure/figure.ts'
import { formatMetric } from '../experiment/metrics.ts'
import { fittedLabel } from '../format/labels.ts'
import { formatExact, formatQuantity } from '../format/numbers.ts'
import { counted } from '../format/words.ts'
import { centred, type Centred } from '../statistics/centre.ts'
import type { SeededValue } from '../statistics/group-tests.ts'
import { meanOf } from '../statistics/samples.ts'
import { dot, isDrawable } from './arms.ts'
import { type Chart, labelOf, type Table } from './chart.ts'
import type { ComparedGroup } from './compared-groups.ts'
import type { ComparedQuantity } from './compared-quantities.ts'
import { type Compared, type ComparedRun, drawnGroups, quantityOf, scaleOfView, spreadNames } from './compare.ts'
import type { ComparisonView } from './comparison-view.ts'
import type { Look } from './group-looks.ts'
import type { Palette } from './palette.ts'

export interface FinalValue extends SeededValue {
  runId: string
}

/** Final values of a group, of the runs that have finished an epoch. */
export interface FinalGroup {
  group: ComparedGroup<ComparedRun>
  look: Look
  values: FinalValue[]
}

const RUNS = 'Single runs'
const NONE = 'Not drawn'
const MAX_LABEL = 34
/** Halves of the heights of bars and boxes, in rows, and where runs are below the centre. */
const [HALF, BELOW, ABOVE] = [0.28, 0.2, -0.12]

/** The value of each run that the view asks for: at its end, its best, or that of one epoch. */
export function finalGroups({ groups, view }: Pick<Compared, 'groups' | 'view'>, palette: Palette) {
  const quantity = quantityOf({ groups, view })
  const { drawn, notes } = drawnGroups({ groups, view }, quantity, palette)
  const finals = drawn.map(({ group, look }): FinalGroup =>
    ({ group, look, values: group.runs.flatMap((run) => finalValue(run, view, quantity)) }))
  const left = finals.reduce((sum, { group, values }) => sum + group.runs.length - values.length, 0)
  const reason = view.value === 'epoch' ? `epoch ${view.epoch} has not ended` : 'no epoch has ended'
  return { groups: finals, notes: [...notes, ...(left > 0 ? [`${counted(left, 'run')} left out: ${reason}`] : [])] }
}

function finalValue({ summary, epochs }: ComparedRun, view: ComparisonView, quantity: ComparedQuantity): FinalValue[] {
  const { runId, seed } = summary
  const wanted = view.value === 'epoch' ? epochs.filter(({ epoch }) => epoch === view.epoch) : epochs
  return wanted.length === 0 ? [] : [{ runId, seed, value: valueOf(wanted.map(quantity.of), view, quantity) }]
}

function valueOf(values: readonly number[], view: ComparisonView, { better }: ComparedQuantity): number {
  if (!isBest(view, better)) return meanOf(view.value === 'epoch' ? values : values.slice(-view.smoothing))
  // NaN is neither small nor large. A run may have too many epochs to spread them as arguments.
  const numbers = values.filter((value) => !Number.isNaN(value))
  return numbers.length === 0 ? NaN : numbers.reduce((a, b) => (better === 'higher' ? Math.max(a, b) : Math.min(a, b)))
}

/** Whether the best epoch is shown. A quantity of which neither small nor large values are better has none. */
const isBest = ({ value }: Pick<ComparisonView, 'value'>, better: ComparedQuantity['better']) => value === 'best' && better !== null

type FinalView = Pick<ComparisonView, 'smoothing' | 'value' | 'epoch'>

/** 'last epoch', 'mean of the last 5 epochs', 'smallest of all epochs', 'epoch 100' */
function phraseOf({ smoothing, value, epoch }: FinalView, better: ComparedQuantity['better']): string {
  if (isBest({ value }, better)) return `${better === 'higher' ? 'largest' : 'smallest'} of all epochs`
  if (value === 'epoch') return `epoch ${epoch}`
  return smoothing > 1 ? `mean of last ${smoothing} epochs` : 'last epoch'
}

/** 'Mean squared error, last epoch' */
export const finalLabel = ({ name, unit, better }: Pick<ComparedQuantity, 'name' | 'unit' | 'better'>, view: FinalView) =>
  labelOf({ name: `${name}, ${phraseOf(view, better)}`, unit })

/** Final values of every group as points, boxes or bars, a row each. */
export function finalChart({ groups: all, view, notes = [] }: Compared, palette: Palette): Chart {
  const quantity = quantityOf({ groups: all, view })
  const { groups, notes: left } = finalGroups({ groups: all, view }, palette)
  const scale = view.final === 'bar' ? 'linear' : scaleOfView(view, quantity)
  const values = groups.flatMap((group) => group.values)
  const missing = values.filter(({ value }) => !isDrawable(value, scale === 'log')).length
  const centre = centreName(view)
  return {
    title: quantity.isLoss ? 'Final loss' : `Final ${quantity.title.toLowerCase()}`,
    plot: {
      title: '',
      x: { scale, name: finalLabel(quantity, view), ...(scale === 'linear' && { from: 0 }) },
      y: {
        scale: 'category', name: '',
        categories: groups.map(({ group, values: own }) => `${fittedLabel(group.short, ({ length }) => length <= MAX_LABEL)} (n = ${own.length})`),
      },
      marks: groups.flatMap((group, row) => marksOf(group, row, { view, quantity, isLog: scale === 'log', palette, centre })),
    },
    key: keyOf(view, centre, missing > 0, palette),
    keyPlace: 'right',
    table: () => tableOf(groups, quantity, view),
    notes: [
      ...notes, ...left,
      ...(view.final === 'bar' ? ['bars start at 0 on a linear axis'] : []),
      ...(missing > 0 ? [`× ${counted(missing, 'run')} without a value that the axis can show`] : []),
    ],
    about: aboutOf(view, quantity),
    empty: values.length === 0 ? 'None of these runs has finished an epoch yet.' : null,
  }
}

const centreName = ({ final, centre, spread }: ComparisonView) =>
  (final === 'box' ? 'Median, quartiles and range' : `${centre === 'mean' ? 'Mean' : 'Median'}${spreadNames[spread]}`)

function keyOf({ final }: ComparisonView, centre: string, hasMissing: boolean, { second, warning }: Palette): KeyEntry[] {
  return [
    { text: centre, colour: second, ...(final === 'points' ? { symbol: dot, dash: 'solid' } : { isArea: true, dash: 'solid' }) },
    { text: RUNS, colour: second, symbol: dot },
    ...(hasMissing ? [{ text: NONE, colour: warning, symbol: 'cross' as const }] : []),
  ]
}

interface Drawing {
  view: ComparisonView
  quantity: ComparedQuantity
  isLog: boolean
  palette: Palette
  /** Entry of the key. */
  centre: string
}

function marksOf(group: FinalGroup, row: number, drawing: Drawing): Mark[] {
  const values = group.values.map(({ value }) => value)
  const { centre, spread, final } = drawing.view
  return [
    ...(final === 'box' ? boxMarks(values, row, group.look, drawing) : centreMarks(centred(values, centre, spread), group, row, drawing)),
    ...runMarks(group, row, drawing),
  ]
}

/** Runs below the centre; those that the axis cannot show at the right border. */
function runMarks({ group, values, look }: FinalGroup, row: number, { quantity, isLog, palette }: Drawing): Mark[] {
  const shown = values.filter(({ value }) => isDrawable(value, isLog))
  const missing = values.filter(({ value }) => !isDrawable(value, isLog))
  const behind = (runs: readonly FinalValue[]) => ({
    details: runs.map(({ seed, value }) => `${group.short}, seed ${formatExact(seed)}: ${textOf(quantity, value)}`),
    runs: runs.map(({ runId }) => runId),
  })
  const points: Mark = {
    kind: 'points', entry: RUNS, x: shown.map(({ value }) => value), y: shown.map(() => row), shift: BELOW,
    colour: look.colour, symbol: dot, size: 'small', ...behind(shown),
  }
  const crosses: Mark = {
    kind: 'rug', entry: NONE, side: 'right', at: missing.map(() => row), shape: 'cross', colour: palette.warning, ...behind(missing),
  }
  return [...(shown.length > 0 ? [points] : []), ...(missing.length > 0 ? [crosses] : [])]
}

function centreMarks({ centre: at, ends }: Centred, { group, look, values }: FinalGroup, row: number, drawing: Drawing): Mark[] {
  const { view, quantity, isLog, centre: entry } = drawing
  if (!isDrawable(at, isLog)) return []
  const isBar = view.final === 'bar'
  const shift = isBar ? 0 : ABOVE
  const range = ends === null ? '' : `, ${textOf(quantity, ends[0])} to ${textOf(quantity, ends[1])}`
  const details = [`${group.short}: ${entry} ${textOf(quantity, at)}${range}, n = ${values.length}`]
  return [
    ...(isBar ? [boxBetween(0, at, row, look, entry)] : []),
    ...(ends !== null && ends.every((end) => isDrawable(end, isLog))
      ? [{ kind: 'intervals' as const, entry, low: [ends[0]], high: [ends[1]], y: [row], shift, colour: look.colour }]
      : []),
    { kind: 'points', entry, x: [at], y: [row], shift, colour: look.colour, symbol: dot, size: 'large', details },
  ]
}

function boxMarks(values: readonly number[], row: number, look: Look, { isLog, centre: entry }: Drawing): Mark[] {
  const [quartiles, range] = [centred(values, 'median', 'quartiles'), centred(values, 'median', 'range')]
  if (!isDrawable(quartiles.centre, isLog)) return []
  const median: Mark = {
    kind: 'line', entry, x: [quartiles.centre, quartiles.centre], y: [row - HALF, row + HALF], colour: look.colour,
  }
  if (quartiles.ends === null || range.ends === null || !range.ends.every((end) => isDrawable(end, isLog))) return [median]
  return [
    boxBetween(...quartiles.ends, row, look, entry),
    { kind: 'intervals', entry, low: [range.ends[0]], high: [range.ends[1]], y: [row], colour: look.colour },
    median,
  ]
}

const boxBetween = (from: number, to: number, row: number, { colour }: Look, entry: string): Mark =>
  ({ kind: 'band', entry, x: [from, to], low: [row - HALF, row - HALF], high: [row + HALF, row + HALF], colour })

const textOf = ({ unit, ...metric }: ComparedQuantity, value: number) => (metric.print === 'percentage'
  ? formatMetric({ ...metric, better: metric.better ?? 'lower' }, value)
  : `${formatQuantity(value)}${unit ? ` ${unit}` : ''}`)

const tableOf = (groups: readonly FinalGroup[], quantity: ComparedQuantity, view: ComparisonView): Table => ({
  columns: ['Group', 'Seed', finalLabel(quantity, view)],
  rows: groups.flatMap(({ group, values }) => values.map(({ seed, value }) => [group.short, seed, value])),
})

const aboutOf = (view: ComparisonView, { title, isLoss, better }: ComparedQuantity) => ({
  sentence: `${isLoss ? 'Loss' : title} of every run, ${phraseOf(view, better)}, as small dots. ${view.final === 'box'
    ? 'Boxes reach from the first to the third quartile, lines from minimum to maximum.'
    : `Large dots and lines: ${view.centre}${spreadNames[view.spread]}.`}`,
  equation: `value = ${phraseOf(view, better)}`,
})
