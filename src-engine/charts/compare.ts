import type { GroupedRun } from '../experiment/run-groups.ts'
import type { KeyEntry, Line, Mark } from '../figure/figure.ts'
import { formatExact } from '../format/numbers.ts'
import { counted } from '../format/words.ts'
import { centred, LEAST_FOR_MEDIAN, type Spread } from '../statistics/centre.ts'
import { movingMean } from '../statistics/moving-mean.ts'
import { type Chart, labelOf, type Table } from './chart.ts'
import { type ComparedGroup, isIn } from './compared-groups.ts'
import {
  type ComparedEpoch, type ComparedQuantity, costsText, hasQuantity, horizontalAxes, type PlacedRun, quantitiesOf,
} from './compared-quantities.ts'
import type { ComparisonView } from './comparison-view.ts'
import { gapsOf } from './gaps.ts'
import { faint, type Look, looksOf } from './group-looks.ts'
import type { Palette } from './palette.ts'

export interface ComparedRun extends GroupedRun {
  summary: GroupedRun['summary'] & PlacedRun['summary'] & { task: string }
  /** Starting at epoch 1. */
  epochs: readonly ComparedEpoch[]
}

/** Groups of runs and how they are compared. */
export interface Compared {
  /** Those of `comparedGroups`, the hidden ones too. */
  groups: readonly ComparedGroup<ComparedRun>[]
  view: ComparisonView
  /** What the caller leaves out. */
  notes?: readonly string[]
}

/** One run along the axes. */
interface Course {
  seed: number
  x: number[]
  y: readonly number[]
}

/** A group along the axes. */
interface Curve extends Look {
  label: string
  name: string
  epochs: number[]
  x: number[]
  centre: number[]
  /** Ends of the spread; null if it is not drawn. */
  ends: { low: number[]; high: number[] } | null
  runs: Course[]
  notes: string[]
}

/** The chosen quantity, or the loss if none of the runs has it. */
export function quantityOf({ groups, view }: Pick<Compared, 'groups' | 'view'>): ComparedQuantity {
  const quantities = quantitiesOf(groups.flatMap(({ runs }) => runs))
  return quantities.find(({ id }) => id === view.metric) ?? quantities[0]
}

export const scaleOfView = ({ scale }: Pick<ComparisonView, 'scale'>, { isLoss }: ComparedQuantity) => scale ?? (isLoss ? 'log' : 'linear')

/** Groups that are drawn, with their colours, and what is not drawn. */
export function drawnGroups({ groups, view }: Pick<Compared, 'groups' | 'view'>, quantity: ComparedQuantity, palette: Palette) {
  const looks = looksOf(groups, view, palette)
  const isWithout = ({ summary }: ComparedRun) => !hasQuantity(summary.task, quantity)
  const without = groups.flatMap(({ runs }) => runs).filter(isWithout).length
  const hidden = groups.filter((group) => isIn(view.hidden, group)).length
  const drawn = groups.flatMap((group, index) => {
    const own = group.runs.filter((run) => !isWithout(run))
    return isIn(view.hidden, group) || own.length === 0 ? [] : [{ group: { ...group, runs: own }, look: looks[index]! }]
  })
  return {
    drawn,
    notes: [
      ...(hidden > 0 ? [`${counted(hidden, 'group')} hidden`] : []),
      ...(without > 0 ? [`${counted(without, 'run')} left out: no ${quantity.name.toLowerCase()} in their task`] : []),
      ...few(drawn.filter(({ group }) => group.experiments > 1)
        .map(({ group }) => `${group.short}: runs of ${group.experiments} experiments`)),
    ],
  }
}

/** Curves of several runs, with those of a group as one centre with its spread. */
export function compareChart({ groups, view, notes = [] }: Compared, palette: Palette): Chart {
  const quantity = quantityOf({ groups, view })
  const scale = scaleOfView(view, quantity)
  const axis = horizontalAxes[view.x]
  const { drawn, notes: left } = drawnGroups({ groups, view }, quantity, palette)
  const unplaced = drawn.flatMap(({ group }) => group.runs).filter((run) => !axis.has(run)).length
  const curves = drawn.flatMap(({ group, look }) => {
    const own = group.runs.filter(axis.has)
    return own.length === 0 ? [] : [curveOf({ ...group, runs: own }, look, view, quantity)]
  })
  const gaps = curves.map((curve) => gapsOf(linesOf(curve, view), curve.colour, scale === 'log'))
  const isSmoothed = view.smoothing > 1
  const costs = costsText(view.x, view)
  return {
    title: quantity.isLoss ? 'Loss' : quantity.title,
    plot: {
      title: '',
      x: { scale: 'linear', name: axisLabel(view), from: axis.isWhole ? 1 : 0, isWhole: axis.isWhole },
      // Short, so that no axis cuts it.
      y: { scale, name: labelOf(isSmoothed ? { ...quantity, name: `${quantity.title}, ${view.smoothing}-epoch mean` } : quantity) },
      marks: [
        ...curves.flatMap(bandOf),
        ...(view.hasRuns ? curves.flatMap((curve) => runLines(curve, palette)) : []),
        ...curves.map(centreLine),
        ...gaps.flatMap(({ marks }) => marks),
      ],
    },
    key: [
      ...curves.map(({ name, colour, dash, ends }): KeyEntry => ({ text: name, colour, dash, isArea: ends !== null })),
      ...gaps.flatMap(({ key }) => key.map((entry) => ({ ...entry, colour: palette.second }))).slice(0, 1),
    ],
    keyPlace: 'right',
    table: () => tableOf(curves, view),
    notes: [
      ...notes, ...left,
      ...(isSmoothed ? [`moving mean of ${view.smoothing} epochs`] : []),
      ...(unplaced > 0 ? [`${counted(unplaced, 'run')} left out: ${axis.lack.run}`] : []),
      ...(axis.note ? [axis.note] : []),
      ...(costs === '' ? [] : [costs]),
      ...few(curves.flatMap((curve) => curve.notes)),
      ...few(gaps.flatMap((each, index) => each.notes.map((note) => `${curves[index]!.label}: ${note}`))),
    ],
    about: aboutOf(view, quantity),
    empty: emptyOf(groups, curves),
  }
}

/** More notes on groups are the first of them and the number of others. */
const MOST_NOTES = 3

const few = (notes: readonly string[]): string[] => (notes.length <= MOST_NOTES
  ? [...notes]
  : [notes[0]!, `the same of ${counted(notes.length - 1, 'more group')}`])

function emptyOf(groups: Compared['groups'], curves: readonly Curve[]): string | null {
  if (curves.some(({ x, runs: own }) => [x, ...own.map((run) => run.x)].some(({ length }) => length > 0))) return null
  const isEarly = groups.every(({ runs }) => runs.every(({ epochs }) => epochs.length === 0))
  return isEarly ? 'None of these runs has finished an epoch yet.' : 'All groups are hidden or left out.'
}

/** Centre and spread over all runs. They end with the shortest run, so that n is the same along the curve. */
function curveOf(group: ComparedGroup<ComparedRun>, look: Look, view: ComparisonView, quantity: ComparedQuantity): Curve {
  const { centre, spread } = view
  const runs = group.runs.map((run) => courseOf(run, view, quantity))
  const lengths = runs.map(({ y }) => y.length)
  const shared = Math.min(...lengths)
  const at = Array.from({ length: shared }, (_, index) => centred(runs.map(({ y }) => y[index]!), centre, spread))
  const hasEnds = at.length > 0 && at.every(({ ends }) => ends !== null)
  const label = group.short
  return {
    ...look,
    label,
    name: runs.length > 1 ? `${label}, ${centre}${hasEnds ? spreadNames[spread] : ''} (n = ${runs.length})` : label,
    epochs: group.runs[0]!.epochs.slice(0, shared).map(({ epoch }) => epoch),
    x: Array.from({ length: shared }, (_, index) => centred(runs.map(({ x }) => x[index]!), centre, 'none').centre),
    centre: at.map((one) => one.centre),
    ends: hasEnds ? { low: at.map(({ ends }) => ends![0]), high: at.map(({ ends }) => ends![1]) } : null,
    runs: runs.length > 1 ? runs : [],
    notes: [
      ...(shared < Math.max(...lengths) ? [`${label}: ${centre} ends at epoch ${shared}, the last that all ${runs.length} runs have`] : []),
      ...(centre === 'median' && spread === 'interval' && runs.length > 1 && runs.length < LEAST_FOR_MEDIAN
        ? [`${label}: no 95 % interval of the median of fewer than ${LEAST_FOR_MEDIAN} runs`]
        : []),
    ],
  }
}

function courseOf(run: ComparedRun, view: ComparisonView, quantity: ComparedQuantity): Course {
  const { summary: { seed }, epochs } = run
  const axis = horizontalAxes[view.x]
  return {
    seed,
    x: epochs.map((epoch) => axis.at(epoch, run, view)),
    y: movingMean(epochs.map(quantity.of), view.smoothing),
  }
}

const axisLabel = ({ x }: ComparisonView) => labelOf({ name: horizontalAxes[x].title, unit: horizontalAxes[x].unit })

/** Between a centre and its n: 'mean and range (n = 10)'. */
export const spreadNames: Record<Spread, string> = {
  range: ' and range', sd: ' ± SD', se: ' ± SE', interval: ' and 95 % interval', quartiles: ' and quartiles', none: '',
}

const endNames: Record<Spread, readonly [string, string]> = {
  range: ['minimum', 'maximum'], sd: ['− SD', '+ SD'], se: ['− SE', '+ SE'], interval: ['95 % from', '95 % to'],
  quartiles: ['first quartile', 'third quartile'], none: ['', ''],
}

/** It belongs to the same entry as the curve, so that the key shows and hides both. */
const bandOf = ({ ends, name, x, colour }: Curve): Mark[] => (ends === null ? [] : [{ kind: 'band', entry: name, x, ...ends, colour }])

const centreLine = ({ name, x, centre, colour, dash }: Curve): Line => ({ kind: 'line', entry: name, x, y: centre, colour, dash })

/** Where values may be missing: in the centre, or in each run where these are drawn. */
const linesOf = ({ x, centre, runs }: Curve, { hasRuns }: ComparisonView) =>
  (hasRuns && runs.length > 0 ? runs : [{ x, y: centre }])

const runLines = ({ name, runs, colour }: Curve, { mode }: Palette): Line[] =>
  runs.map(({ x, y }) => ({ kind: 'line', entry: name, x, y, colour: faint(colour, mode) }))

function tableOf(curves: readonly Curve[], view: ComparisonView): Table {
  const { centre, spread, hasRuns } = view
  const columns = curves.flatMap((curve): Column[] => [
    ...(view.x === 'epoch' ? [] : [{ title: `${curve.label}: ${axisLabel(view)}`, values: curve.x }]),
    { title: curve.runs.length === 0 ? curve.label : `${curve.label}: ${centre}`, values: curve.centre },
    ...(curve.ends === null ? [] : endNames[spread].map((name, end) =>
      ({ title: `${curve.label}: ${name}`, values: end === 0 ? curve.ends!.low : curve.ends!.high }))),
    ...(hasRuns ? curve.runs.map(({ seed, y }) => ({ title: `${curve.label}: seed ${formatExact(seed)}`, values: y })) : []),
  ])
  const last = Math.max(0, ...columns.map(({ values }) => values.length))
  return {
    columns: ['Epoch', ...columns.map(({ title }) => title)],
    rows: Array.from({ length: last }, (_, index) => [index + 1, ...columns.map(({ values }) => values[index] ?? null)]),
  }
}

interface Column {
  title: string
  values: readonly number[]
}

const spreadMeanings: Record<Spread, string> = {
  range: 'band: minimum to maximum',
  sd: 'band: mean ± SD, SD² = Σᵢ (yᵢ − mean)² / (n − 1)',
  se: 'band: mean ± SE, SE = SD / √n',
  interval: 'band: 95 % interval, of the mean by Student\'s t with n − 1, of the median between two of the sorted runs',
  quartiles: 'band: first to third quartile',
  none: '',
}

function aboutOf({ centre, spread, x, smoothing }: ComparisonView, { title, isLoss, equation }: ComparedQuantity) {
  const along = x === 'epoch' || x === 'sequence' ? '' : ` Where the runs of a group differ along the x axis, the ${centre} of both is drawn.`
  const smooth = smoothing > 1 ? ` Each run is smoothed first: every point is the mean of that epoch and up to ${smoothing - 1} before it.` : ''
  return {
    sentence: `${isLoss ? 'Loss' : title} of every run; the runs of a group are drawn as their ${centre}.${smooth}${along}`,
    equation: [
      centre === 'mean' ? 'mean = 1/n · Σᵢ yᵢ' : 'median: half of the runs are below',
      spreadMeanings[spread], ...(isLoss ? [] : [equation]),
    ].filter(Boolean).join('; '),
  }
}
