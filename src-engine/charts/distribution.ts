import { alignedHistograms, type DyadicHistogram } from '../analysis/dyadic-histogram.ts'
import { type Quantity, quantityOf } from '../analysis/quantities.ts'
import type { SnapshotHistogram } from '../analysis/snapshots.ts'
import { projectionOf } from '../experiment/layers.ts'
import type { ColourScale, Image } from '../figure/figure.ts'
import { endsOf } from '../figure/scale.ts'
import { formatNumber } from '../format/numbers.ts'
import { type Chart, labelOf } from './chart.ts'
import { type Mode, type Palette, viridis } from './palette.ts'

export interface DistributionData {
  quantity: Quantity
  layer: string
  /** From 0. */
  pair: number
  /** Device pairs per synapse; 0 for digital weights. */
  pairs: number
  /** In the order of epochs; empty until they are read. */
  histograms: readonly SnapshotHistogram[]
}

/** Most columns of the image. */
const MOST_COLUMNS = 256

/** Of a damaged snapshot. */
const nothing: DyadicHistogram = { width: 1, first: 0, counts: [] }

/** Empty bins look like the background. */
const blank: Record<Mode, string> = { light: '#ffffff', dark: '#181c20' }

/** How the distribution of a quantity changes from snapshot to snapshot: counts of synapses by epoch and value. */
export function distributionChart(data: DistributionData, palette: Palette): Chart {
  const { quantity, layer, pair, pairs, histograms } = data
  const kind = quantityOf(quantity)
  const { width, first, counts } = alignedHistograms(histograms.map(({ histogram }) => histogram ?? nothing))
  const bins = counts[0]?.length ?? 0
  const most = counts.reduce((all, row) => row.reduce((largest, count) => Math.max(largest, count), all), 1)
  const scale: ColourScale = { from: 1, to: Math.max(2, most), colours: viridis, isLog: true, missing: blank[palette.mode] }
  const [low, high] = [first * width, (first + bins) * width]
  const largest = Math.max(-low, high)
  const [from, to] = endsOf({ scale: 'linear', name: '' }, [kind.isSigned ? -largest : 0, largest])
  const name = labelOf({ ...kind, name: kind.title })
  return {
    title: `${kind.title} over epochs`,
    plot: {
      title: '',
      x: { scale: 'linear', name: 'Epoch', from: 0.5, to: (histograms.at(-1)?.epoch ?? 0) + 0.5, isWhole: true },
      y: { scale: 'linear', name, ...(bins > 0 && { from, to }) },
      marks: bins === 0 ? [] : [imageOf(histograms, counts, [low, high], scale)],
    },
    key: [],
    table: () => ({
      columns: ['Epoch', labelOf({ ...kind, name: 'From' }), labelOf({ ...kind, name: 'To' }), 'Synapses'],
      rows: counts.flatMap((row, at) => row.flatMap((count, bin) =>
        (count === 0 ? [] : [[histograms[at]!.epoch, (first + bin) * width, (first + bin + 1) * width, count]]))),
    }),
    notes: [
      `${projectionOf(layer).title}${pairs > 1 && quantity !== 'weight' ? `, pair ${pair + 1} of ${pairs}` : ''}`,
      `bins of ${formatNumber(width)}${kind.unit ? ` ${kind.unit}` : ''}`,
      'each column shows the newest snapshot up to its epoch',
    ],
    about: {
      sentence: 'Number of synapses of a layer at each value, by epoch, in colours of a log scale. Empty bins are blank.',
      equation: 'n(epoch, bin) = number of synapses in the bin',
    },
    empty: bins === 0 ? 'No snapshot has these values.' : null,
  }
}

/** A damaged snapshot leaves its columns blank. */
function imageOf(histograms: readonly SnapshotHistogram[], counts: readonly number[][], y: Image['y'], scale: ColourScale): Image {
  const last = histograms.at(-1)!.epoch
  const columns = Math.min(MOST_COLUMNS, last)
  const newestUpTo = (epoch: number) => histograms.findLastIndex((each) => each.epoch <= epoch)
  const shown = Array.from({ length: columns }, (_, column) => newestUpTo(Math.floor(((column + 1) * last) / columns)))
  const countAt = (at: number) => counts[shown[at % columns]!]?.[Math.floor(at / columns)] ?? NaN
  return {
    kind: 'image', name: 'Synapses', columns, x: [0.5, last + 0.5], y, scale,
    values: Float64Array.from({ length: counts[0]!.length * columns }, (_, at) => countAt(at)),
  }
}
