import { kindsFor, type LayerSnapshot } from '../../src-engine/analysis/quantities.ts'
import { kindsOf, type Loaded, pairsIn, readHistograms, readHistory, readLayer } from '../../src-engine/analysis/snapshots.ts'
import { snapshotEpochs } from '../../src-engine/analysis/stored-record.ts'
import type { Chart } from '../../src-engine/charts/chart.ts'
import type { PanelDocument } from '../../src-engine/charts/figure-document.ts'
import { palettes } from '../../src-engine/charts/palette.ts'
import { baseName, LIMIT_KINDS, type SnapshotChart, snapshotChartMakers, type SnapshotSources } from '../../src-engine/charts/snapshot-charts.ts'
import { scaleEnds } from '../../src-engine/charts/synapse-map.ts'
import { documentOf } from '../../src-engine/experiment/devices/registry.ts'
import { layerNames, scaleOf } from '../../src-engine/experiment/layers.ts'
import type { ArrayInfo, RunDetail } from '../contract/run.ts'
import type { Library } from '../library/library.ts'
import { loaderOf } from './snapshots.ts'

/** A chart of snapshots, and what of them is damaged. */
export interface DrawnSnapshots {
  chart: Chart
  damages: string[]
}

/** Draws a chart of snapshots from the library. @param runs the run, and another one that a difference subtracts */
export async function snapshotChart(
  library: Pick<Library, 'array'>, runs: readonly RunDetail[], panel: PanelDocument, chart: SnapshotChart,
): Promise<DrawnSnapshots> {
  const damages: string[] = []
  const readerOf = (run: RunDetail) => reader(library, run, damages)
  const sources = { ...settingsOf(runs, panel), ...await contentOf(chart, runs, panel, readerOf) }
  return { chart: snapshotChartMakers[chart](sources)(palettes.light), damages: [...new Set(damages)] }
}

type Content = Pick<SnapshotSources, 'shown' | 'ends' | 'base' | 'crossbars' | 'states' | 'histograms'>

const nothing: Content = { shown: null, ends: null, base: null, crossbars: [], states: [], histograms: [] }

/** Reads only what the chart shows. */
async function contentOf(
  chart: SnapshotChart, runs: readonly RunDetail[], panel: PanelDocument, readerOf: (run: RunDetail) => Reader,
): Promise<Content> {
  const run = runs[0]!
  const { layer, quantity, pair, synapse } = panel
  const { epochs, pairs, load } = readerOf(run)
  const epoch = shownEpoch(run, panel)
  const layerAt = ({ arrays, load }: Reader, at: number) => layerOf(arrays, at, layer, kindsFor(quantity, pairs), load)
  switch (chart) {
    case 'map': case 'difference': {
      const [shown, newest] = [await layerAt(readerOf(run), epoch), await layerAt(readerOf(run), epochs.at(-1) ?? 0)]
      const base = chart === 'difference' ? await layerAt(readerOf(runs[1] ?? run), baseEpoch(runs, panel)) : null
      const place = { quantity, pair, scale: scaleOf(run.spec.device, layer) }
      return { ...nothing, shown, base, ends: scaleEnds(newest, place, documentOf(run.spec.device).bounds.largest) }
    }
    case 'history': case 'pulse-history':
      return { ...nothing, states: await readHistory(run.arrays, epochs, { layer, ...synapse }, load) }
    case 'distribution': {
      const counted = { layer, quantity, pair, scale: scaleOf(run.spec.device, layer) }
      return { ...nothing, histograms: await readHistograms(run.arrays, epochs, counted, load) }
    }
    case 'limits': {
      const layers = layerNames.filter((name) => kindsOf(run.arrays, epoch, name).includes('conductance'))
      const read = await Promise.all(layers.map((name) => layerOf(run.arrays, epoch, name, LIMIT_KINDS, load)))
      return { ...nothing, crossbars: read.flatMap((each) => each ?? []) }
    }
  }
}

function settingsOf(runs: readonly RunDetail[], panel: PanelDocument) {
  const { layer, quantity, pair, synapse } = panel
  const [run, other] = [runs[0]!, runs[1]]
  return {
    layer, quantity, pair, synapse, pairs: pairsIn(run.arrays),
    scale: scaleOf(run.spec.device, layer), baseScale: scaleOf((other ?? run).spec.device, layer),
    range: documentOf(run.spec.device).bounds, baseName: baseName(baseEpoch(runs, panel), other?.summary),
  }
}

const shownEpoch = ({ arrays }: RunDetail, { snapshot }: PanelDocument) => snapshot ?? snapshotEpochs(arrays).at(-1) ?? 0
const baseEpoch = ([run, other = run]: readonly RunDetail[], { base }: PanelDocument) =>
  base ?? snapshotEpochs(other!.arrays)[0] ?? 0

interface Reader {
  arrays: readonly ArrayInfo[]
  epochs: readonly number[]
  pairs: number
  load: (info: ArrayInfo) => Promise<Loaded>
}

function reader(library: Pick<Library, 'array'>, { summary, arrays }: RunDetail, damages: string[]): Reader {
  const read = loaderOf(library, summary.runId)
  const load = async (info: ArrayInfo) => {
    const loaded = await read(info)
    if ('damage' in loaded) damages.push(loaded.damage)
    return loaded
  }
  return { arrays, epochs: snapshotEpochs(arrays), pairs: pairsIn(arrays), load }
}

const layerOf = async (
  arrays: readonly ArrayInfo[], epoch: number, layer: string, kinds: readonly string[], load: Reader['load'],
): Promise<LayerSnapshot | null> => (await readLayer(arrays, { epoch, layer, kinds }, load))?.snapshot ?? null
