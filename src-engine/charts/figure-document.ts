import * as z from 'zod'
import { quantityIds } from '../analysis/quantities.ts'
import { boundsProblem } from '../experiment/bounds.ts'
import { layerNames } from '../experiment/layers.ts'
import { type Problem, problemsOf } from '../experiment/problem.ts'
import { choice, flag, real, whole } from '../experiment/quantity.ts'
import { comparisonSchema } from '../experiment/sweep.ts'
import { dashes, type Marker, markers, numberScales } from '../figure/figure.ts'
import { comparisonViewSchema } from './comparison-view.ts'
import { runCharts } from './run-charts.ts'
import { snapshotCharts } from './snapshot-charts.ts'

/** Charts that a figure can show: of the stored data of one run, of its snapshots, of compared runs, and of a tournament. */
export const figureCharts = [
  ...runCharts.flatMap(({ name, needs }) => (needs === 'audit' ? [] : [name])), ...snapshotCharts.map(({ name }) => name), 'compare', 'arms', 'pareto',
] as const

export type FigureChart = typeof figureCharts[number]

const otherCharts: readonly { name: string; title: string }[] = [
  { name: 'compare', title: 'Comparison' }, { name: 'arms', title: 'Loss by arm' }, { name: 'pareto', title: 'Loss versus SET pulses' },
]
const titled = [...runCharts, ...snapshotCharts, ...otherCharts]
export const chartTitle = (chart: FigureChart): string => titled.find(({ name }) => name === chart)!.title

const colour = z.string().regex(/^#[0-9a-f]{6}$/, 'must be a colour as #rrggbb, in small letters')
const text = z.string().max(200, 'must have at most 200 characters')

/** A run as it was when the figure was saved. */
const drawnRun = z.strictObject({
  run: z.string().regex(/^[0-9a-z]{8,32}$/, 'must be the id of a run'),
  /** Null if the run had not finished. */
  digest: z.string().nullable().default(null),
})

const seriesSchema = z.strictObject({
  /** Name of the series in its chart: 'Output'. */
  series: text,
  /** Name in the key. */
  name: text.optional(),
  colour: colour.optional(),
  dash: z.enum(dashes).optional(),
  /** `none` is of lines alone. */
  marker: z.enum([...markers, 'none']).optional(),
  isHidden: z.boolean().default(false),
})

const axisSchema = z.strictObject({
  name: text.optional(),
  scale: z.enum(numberScales).optional(),
  /** Half of the linear part of a symlog axis; chosen from the data if absent. */
  threshold: z.number().positive('must be above 0').optional(),
  from: z.number().optional(),
  to: z.number().optional(),
})

const panelSchema = z.strictObject({
  chart: z.enum(figureCharts),
  /** One run, all runs of a comparison, or for a difference the run that is shown and another one that is subtracted. */
  runs: z.array(drawnRun).max(1000).default([]),
  /** The sweep of a tournament. */
  sweep: z.string().regex(/^[0-9a-z]{8,32}$/, 'must be the id of a sweep').optional(),
  /** How its arms are compared; as the sweep says if absent. */
  comparison: comparisonSchema.optional(),
  /** Epoch of the snapshot or the recorded traces; the last one if absent. */
  snapshot: z.int().min(0).optional(),
  /** From 0. */
  pattern: z.int().min(0).default(0),
  /** Id of a metric in place of the loss. */
  metric: text.default(''),
  /** How compared runs are shown. */
  view: comparisonViewSchema.optional(),
  layer: z.enum(layerNames).default('recurrent'),
  /** Of arms: violins of their runs. Of a histogram: ridges of all snapshots in place of one. */
  hasDensities: z.boolean().default(false),
  /** Of arms: brackets of the tests against the reference. */
  hasBrackets: z.boolean().default(false),
  /** Of charts of snapshots. */
  quantity: z.enum(quantityIds).default('weight'),
  /** Device pair, from 0. */
  pair: z.int().min(0).default(0),
  /** Of charts of snapshots and recorded synapses: neurons from 0. The first neuron may have no synapse to itself. */
  synapse: z.strictObject({ post: z.int().min(0), pre: z.int().min(0) }).default({ post: 0, pre: 1 }),
  /** Epoch of the snapshot that a difference subtracts; the first one if absent. */
  base: z.int().min(0).optional(),
  /** In place of the chart's own; empty for none. */
  title: text.optional(),
  aspect: real({ title: 'Height', unit: 'of the width', help: 'Height of the plot over its width.', min: 0.1, max: 3, default: 0.6 }),
  key: z.enum(['above', 'right', 'ends', 'none']).default('above'),
  hasNotes: z.boolean().default(false),
  x: axisSchema.prefault({}),
  y: axisSchema.prefault({}),
  /** In the order of the key. Series that are not listed follow. */
  series: z.array(seriesSchema).max(200).default([]),
})
export type PanelDocument = z.output<typeof panelSchema>

/** Titles of markers. */
export const markerTitles: Readonly<Record<Marker, string>> = {
  circle: 'Circle', square: 'Square', triangle: 'Triangle', diamond: 'Diamond', cross: 'Cross', plus: 'Plus',
}
const markerChoices = Object.fromEntries(markers.map((marker) =>
  [marker, { title: markerTitles[marker], meaning: 'The same for all series.' }])) as Record<Marker, { title: string; meaning: string }>

const styleSchema = z.strictObject({
  width: real({ title: 'Width', unit: 'mm', help: 'Width of the page. Its height follows from the panels.', min: 20, max: 1000, default: 120 }),
  columns: whole({
    title: 'Columns', help: 'Number of panels beside each other. A narrow page has fewer.', min: 1, max: 4, default: 1,
  }),
  font: real({ title: 'Text', unit: 'pt', help: 'Size of the text; titles are 15 % larger.', min: 3, max: 40, default: 7 }),
  line: real({ title: 'Lines', unit: 'pt', help: 'Width of data lines; axes are half as wide.', min: 0.1, max: 5, default: 1 }),
  hasGrid: flag({ title: 'Grid', help: 'Faint lines at the ticks.', default: true }),
  hasLetters: flag({ title: 'Letters', help: 'a, b, c … before the titles of several panels.', default: true }),
  palette: choice({
    schemes: { title: 'As in the window', meaning: 'Each update scheme has its colour.' },
    'okabe-ito': { title: 'Okabe-Ito', meaning: 'Eight colours that can be told apart with all common forms of colour blindness.' },
    viridis: { title: 'Viridis', meaning: 'From dark blue to yellow, in the order of the series; also ordered in grey.' },
    greys: { title: 'Greys', meaning: 'For print without colour; lines also differ in their dashes.' },
  }, { title: 'Colours', help: 'Colours of all series that have none of their own.', default: 'schemes' }),
  markers: choice({
    chart: { title: 'As in the chart', meaning: 'Lines have no markers.' },
    series: { title: 'One for each series', meaning: 'Circle, square, triangle, diamond, cross and plus, in the order of the series.' },
    ...markerChoices,
  }, { title: 'Markers', help: 'Markers of all series that have none of their own, also along lines.', default: 'chart' }),
})
export type FigureStyle = z.output<typeof styleSchema>

/** A figure as a document: what it shows of which runs, and how it looks. */
export const figureDocumentSchema = z.strictObject({
  version: z.literal(1, 'must be 1. A newer version of the application wrote this figure'),
  name: text.default(''),
  style: styleSchema.prefault({}),
  panels: z.array(panelSchema, 'must be a list of 1 to 12 panels').min(1, 'must be a list of 1 to 12 panels').max(12, 'must be a list of 1 to 12 panels'),
})
export type FigureDocument = z.output<typeof figureDocumentSchema>
export type FigureDocumentInput = z.input<typeof figureDocumentSchema>

export type CheckedFigure = { ok: true; document: FigureDocument } | { ok: false; problems: Problem[] }

/** Converts a document from outside to a figure, or lists everything that is wrong with it by its path. */
export function checkFigure(value: unknown): CheckedFigure {
  const excess = boundsProblem(value)
  if (excess) return { ok: false, problems: [excess] }
  const parsed = figureDocumentSchema.safeParse(value)
  if (!parsed.success) return { ok: false, problems: problemsOf(parsed.error, value) }
  const problems = parsed.data.panels.flatMap((panel, index) =>
    [sourceProblems(panel, `panels.${index}`), endProblems(panel.x, `panels.${index}.x`), endProblems(panel.y, `panels.${index}.y`)].flat())
  return problems.length > 0 ? { ok: false, problems } : { ok: true, document: parsed.data }
}

/** An axis whose ends are swapped would show nothing. */
const endProblems = ({ from, to }: PanelDocument['x'], path: string): Problem[] =>
  (from !== undefined && to !== undefined && from >= to
    ? [{ path: `${path}.to`, rule: `must be more than ${from}, where the axis starts`, found: `${to}` }]
    : [])

/** A chart needs its kind of source. */
function sourceProblems({ chart, runs, sweep }: PanelDocument, path: string): Problem[] {
  if (chart === 'arms' || chart === 'pareto') {
    return sweep === undefined ? [{ path: `${path}.sweep`, rule: `must be the id of a sweep, since the chart is ${chart}`, found: 'nothing' }] : []
  }
  const [least, most, needed] = numberOfRuns(chart)
  if (runs.length >= least && runs.length <= most) return []
  return [{ path: `${path}.runs`, rule: `must have ${needed}, since the chart is ${chart}`, found: `${runs.length}` }]
}

function numberOfRuns(chart: FigureChart): [least: number, most: number, needed: string] {
  if (chart === 'compare') return [1, Infinity, 'at least one run']
  return chart === 'difference' ? [1, 2, 'one or two runs'] : [1, 1, 'exactly one run']
}

/** Widths and sizes of text that publishers ask for. */
export const pagePresets = [
  { title: 'Nature, one column', width: 89, font: 7 },
  { title: 'Nature, one and a half columns', width: 120, font: 7 },
  { title: 'Nature, two columns', width: 183, font: 7 },
  { title: 'Science, one column', width: 57, font: 7 },
  { title: 'Science, two columns', width: 121, font: 7 },
  { title: 'IEEE, one column', width: 88.9, font: 8 },
  { title: 'IEEE, two columns', width: 181, font: 8 },
  { title: 'Elsevier, one column', width: 90, font: 7 },
  { title: 'Elsevier, two columns', width: 190, font: 7 },
  { title: 'Slide', width: 254, font: 14 },
] as const
