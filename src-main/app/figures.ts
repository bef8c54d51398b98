import type { Chart } from '../../src-engine/charts/chart.ts'
import { armsChart } from '../../src-engine/charts/arms.ts'
import { compareChart } from '../../src-engine/charts/compare.ts'
import { comparedGroups } from '../../src-engine/charts/compared-groups.ts'
import { defaultView } from '../../src-engine/charts/comparison-view.ts'
import { chartTitle, checkFigure, type FigureDocument, type PanelDocument } from '../../src-engine/charts/figure-document.ts'
import { finalChart } from '../../src-engine/charts/final-values.ts'
import { palettes } from '../../src-engine/charts/palette.ts'
import { paretoChart } from '../../src-engine/charts/pareto.ts'
import { ridgesChart, type RidgesData } from '../../src-engine/charts/ridges.ts'
import { type RunChart, runChartMakers, runCharts, type RunSources } from '../../src-engine/charts/run-charts.ts'
import { isSnapshotChart } from '../../src-engine/charts/snapshot-charts.ts'
import { pageStyleOf, styledFigure } from '../../src-engine/charts/styled.ts'
import { panelOf } from '../../src-engine/charts/view.ts'
import { spreadOver } from '../../src-engine/analysis/decimation.ts'
import { readTraces, readUpdates, recordedIn } from '../../src-engine/analysis/recording.ts'
import { snapshotEpochs, storedRecord } from '../../src-engine/analysis/stored-record.ts'
import { lossNamed, metricsOf } from '../../src-engine/experiment/task.ts'
import type { Figure, Panel } from '../../src-engine/figure/figure.ts'
import { pageOf } from '../../src-engine/figure/page/page.ts'
import { expansionOf } from '../../src-engine/sweep/expand-sweep.ts'
import type { DrawnFigure, KeptFigure } from '../contract/figures.ts'
import { describeProblem } from '../contract/problem.ts'
import type { ArrayInfo, RunDetail, RunSummary } from '../contract/run.ts'
import { type Library, LibraryError, requireReadable } from '../library/library.ts'
import { inSlices } from './in-slices.ts'
import { snapshotChart } from './snapshot-figures.ts'
import type { SweepService } from './sweeps.ts'

export interface FigureSource extends Pick<Library, 'get' | 'array'> {
  sweeps: Pick<SweepService, 'list' | 'compare'>
}

/** Figures that the library keeps. One that this version cannot read is listed with the reason. */
export async function keptFigures(library: Pick<Library, 'figures'>): Promise<KeptFigure[]> {
  return (await library.figures()).map(({ name, changedAt, document }) => {
    const checked = checkFigure(document)
    if (checked.ok) return { name, changedAt, document: checked.document, problem: null }
    return { name, changedAt, document: null, problem: checked.problems.map((problem) => describeProblem(problem)).join(' ') }
  })
}

/** A figure as it is drawn, the panels before they were styled, and what is missing or has changed since it was saved. */
export interface MadeFigure {
  figure: Figure
  panels: readonly Panel[]
  warnings: readonly string[]
  /** The runs of all panels but those of tournaments. */
  runs: readonly RunSummary[]
}

/** The runs of a figure with their digests, for readers of its file. */
export const sourceOf = (runs: readonly Pick<RunSummary, 'runId' | 'digest'>[]): string =>
  [...new Set(runs.map(({ runId, digest }) => `run ${runId}${digest === null ? '' : ` (digest ${digest})`}`))].join(', ')

/** Draws a document from the library. A panel whose runs are gone keeps its place and says so. */
export async function makeFigure(source: FigureSource, document: FigureDocument): Promise<MadeFigure> {
  const made = []
  // One after the other: a comparison may read thousands of epochs.
  for (const panel of document.panels) made.push(await makePanel(source, panel))
  const panels = made.map(({ drawn }) => drawn)
  const warnings = made.flatMap(({ warnings }, index) => warnings.map((text) => (made.length > 1 ? `Panel ${index + 1}: ${text}` : text)))
  return { figure: styledFigure(document, panels), panels, warnings, runs: made.flatMap(({ runs }) => runs) }
}

/** A figure on its page, for the window. */
export async function drawFigure(source: FigureSource, document: FigureDocument): Promise<DrawnFigure> {
  const { figure, panels, warnings } = await makeFigure(source, document)
  return {
    page: pageOf(figure, pageStyleOf(document.style)),
    panels: panels.map(({ title, plots: [plot], key }) => ({
      title,
      x: plot ? { name: plot.x.name, scale: plot.x.scale } : null,
      y: plot ? { name: plot.y.name, scale: plot.y.scale } : null,
      series: key.map(({ text, colour, dash = null, symbol }) =>
        ({ name: text, colour, dash, marker: typeof symbol === 'object' ? symbol.shape : null })),
    })),
    warnings: [...warnings],
  }
}

interface Made<Drawn> {
  drawn: Drawn
  warnings: string[]
  runs: RunSummary[]
}

async function makePanel(source: FigureSource, panel: PanelDocument): Promise<Made<Panel>> {
  try {
    const { drawn: chart, warnings, runs } = await makeChart(source, panel)
    const whole = panelOf(chart, { window: null, hidden: [] }, panel.aspect)
    return chart.empty === null
      ? { drawn: whole, warnings, runs }
      : { drawn: { ...whole, plots: [], key: [], missing: chart.empty }, warnings: [...warnings, chart.empty], runs }
  } catch (error) {
    // What is wrong with one panel must not hide the others.
    if (!(error instanceof LibraryError)) throw error
    const nothing: Panel = {
      title: chartTitle(panel.chart), plots: [], columns: 1, key: [], keyPlace: 'above', notes: [], missing: error.message,
    }
    return { drawn: nothing, warnings: [error.message], runs: [] }
  }
}

async function makeChart(source: FigureSource, panel: PanelDocument): Promise<Made<Chart>> {
  if (panel.chart === 'arms' || panel.chart === 'pareto') return { drawn: await tournamentChart(source, panel), warnings: [], runs: [] }
  const runs: RunDetail[] = []
  for (const { run } of panel.runs) runs.push(requireReadable(await source.get(run)))
  const warnings = runs.flatMap(({ summary }, index) => changed(summary, panel.runs[index]!.digest))
  const summaries = runs.map(({ summary }) => summary)
  if (isSnapshotChart(panel.chart)) {
    const { chart, damages } = await snapshotChart(source, runs, panel, panel.chart)
    return { drawn: chart, warnings: [...warnings, ...damages], runs: summaries }
  }
  const drawn = panel.chart === 'compare' ? comparedChart(runs, panel) : await runChart(source, runs[0]!, panel, panel.chart)
  return { drawn, warnings, runs: summaries }
}

const changed = ({ runId, digest }: RunSummary, before: string | null): string[] =>
  (before === null || before === digest ? [] : [`Run ${runId} has changed since this figure was saved.`])

const recordOf = ({ array }: FigureSource, { summary, spec, arrays }: RunDetail, epoch: number, pattern: number) =>
  storedRecord(arrays, epoch, pattern, spec, ({ kind, name }) => array(summary.runId, epoch, kind, name))

/** Ridges that can be told apart on a page. */
const MOST_RIDGES = 12

/** Histograms of snapshots from the first to the last, of all or of as many as can be told apart. */
async function histogramsOf(source: FigureSource, run: RunDetail): Promise<RidgesData> {
  const all = snapshotEpochs(run.arrays.filter(({ kind }) => kind === 'conductance' || kind === 'weight'))
  const made: RidgesData['snapshots'][number][] = []
  for (const index of spreadOver(all.length, MOST_RIDGES)) {
    const epoch = all[index]!
    const { histogram } = await recordOf(source, run, epoch, 0)
    if (histogram) made.push({ epoch, histogram })
  }
  return { snapshots: made, total: all.length }
}

async function runChart(source: FigureSource, run: RunDetail, panel: PanelDocument, chart: RunChart): Promise<Chart> {
  const { summary, spec, epochs, arrays } = run
  if (chart === 'histogram' && panel.hasDensities) return ridgesChart(await histogramsOf(source, run), palettes.light)
  const record = await recordOf(source, run, panel.snapshot ?? snapshotEpochs(arrays).at(-1) ?? 0, panel.pattern)
  return runChartMakers[chart]({
    spec, task: summary.task, scheme: summary.scheme, epochs, record, ...await recordedOf(source, run, panel, chart), layer: panel.layer, lossScale: panel.y.scale ?? 'log',
    metric: metricsOf(summary.task).find(({ id }) => id === panel.metric) ?? null,
  })(palettes.light)
}

/** Recorded traces or updates of the panel's synapse, or of its neuron where that alone was recorded. */
async function recordedOf(
  { array }: FigureSource, { summary, spec, arrays }: RunDetail,
  { layer, synapse: { pre, post }, snapshot }: PanelDocument, chart: RunChart,
): Promise<Pick<RunSources, 'traces' | 'updates'>> {
  const { needs } = runCharts.find(({ name }) => name === chart)!
  const load = ({ epoch, kind, name }: ArrayInfo) => array(summary.runId, epoch, kind, name)
  const synapse = { layer, from: pre, to: post }
  if (needs === 'updates' || needs === 'pulses') return { traces: null, updates: await readUpdates(arrays, synapse, load) }
  if (needs !== 'neuron' && needs !== 'synapse') return { traces: null, updates: null }
  const subject = needs === 'synapse' ? synapse : { neuron: post }
  const epoch = snapshot ?? recordedIn(arrays).epochs.at(-1) ?? 0
  return { traces: await readTraces(arrays, epoch, subject, spec.conventions.selfConnections === 'noise', load), updates: null }
}

/** Documents of earlier versions name a metric alone. */
function comparedChart(runs: readonly RunDetail[], panel: PanelDocument): Chart {
  const { metric, y, view = { ...defaultView, metric, scale: y.scale ?? null } } = panel
  const draw = view.show === 'final' ? finalChart : compareChart
  return draw({ groups: comparedGroups(runs, view), view }, palettes.light)
}

async function tournamentChart({ sweeps }: FigureSource, panel: PanelDocument): Promise<Chart> {
  const { chart, sweep = '', comparison, x, hasDensities, hasBrackets } = panel
  const saved = (await sweeps.list()).find(({ sweepId }) => sweepId === sweep)
  const compared = await sweeps.compare(sweep, comparison ?? null)
  if (saved === undefined || compared === null) throw new LibraryError('no-run', `The library has no sweep ${sweep}.`)
  const expanded = await inSlices(expansionOf(saved.document))
  const schemes = expanded.ok ? expanded.arms.map(({ spec }) => spec.scheme.kind) : []
  const arms = compared.arms.map((arm) => ({ arm, scheme: schemes[arm.arm] ?? '' }))
  const loss = lossNamed(compared.loss)
  if (chart === 'pareto') return paretoChart({ loss, arms }, palettes.light)
  return armsChart({ loss, arms, reference: compared.reference, scale: x.scale ?? 'log', hasDensities, hasBrackets }, palettes.light)
}
