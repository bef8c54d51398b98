import type { SynapseHistogram } from '../analysis/synapse-histogram.ts'
import type { Density } from '../figure/figure.ts'
import { okabeIto } from '../format/colours.ts'
import { formatExact } from '../format/numbers.ts'
import { densityOf } from '../statistics/density.ts'
import { type Chart, labelOf } from './chart.ts'
import { kernelNote, shares } from './densities.ts'
import type { Palette } from './palette.ts'

/** The synapses of a snapshot. */
interface SnapshotHistogram {
  epoch: number
  histogram: SynapseHistogram
}

export interface RidgesData {
  /** By epoch. */
  snapshots: readonly SnapshotHistogram[]
  /** Number of snapshots that the run has. */
  total: number
}

/** Distributions of all conductances (G⁺ and G⁻ separately) or of all weights, a ridge for each snapshot in the order of epochs. */
export function ridgesChart({ snapshots, total }: RidgesData, palette: Palette): Chart {
  const isConductance = snapshots[0]?.histogram.quantity === 'conductance'
  const of = isConductance ? { name: 'Conductance', unit: 'µS' } : { name: 'Weight' }
  const parts = isConductance
    ? [{ entry: 'G⁺', colour: palette.accent }, { entry: 'G⁻', colour: okabeIto.orange }]
    : [{ entry: 'Synapses', colour: palette.accent }]
  const ridges = snapshots.flatMap(({ epoch, histogram }, row) => parts.flatMap((part, index) => {
    const density = densityIn(histogram, index === 0 ? histogram.counts : histogram.minus!)
    return density === null ? [] : [{ ...density, ...part, epoch, row }]
  }))
  const name = labelOf(of)
  return {
    title: `${of.name} distribution by epoch`,
    plot: {
      title: '',
      x: { scale: 'linear', name },
      y: { scale: 'category', name: 'Epoch', categories: snapshots.map(({ epoch }) => formatExact(epoch)) },
      marks: ridges.map(({ row, entry, colour, x, density }): Density =>
        ({ kind: 'density', shape: 'ridge', row, entry, colour, x, height: shares(density) })),
    },
    key: isConductance ? parts.map(({ entry, colour }) => ({ text: entry, colour, isArea: true })) : [],
    table: () => ({
      columns: ['Epoch', 'Part', name, 'Density'],
      rows: ridges.flatMap(({ epoch, entry, x, density }) =>
        Array.from(x, (value, index) => [epoch, entry, value, density[index]!])),
    }),
    notes: ridges.length === 0 ? [] : [
      kernelNote('ridges', ridges.map(({ bandwidth }) => bandwidth), { scale: 'linear' }, of.unit && ` ${of.unit}`),
      ...(total > snapshots.length ? [`${snapshots.length} of ${total} snapshots`] : []),
    ],
    about: {
      sentence: `Kernel density of all ${isConductance ? 'programmed conductances' : 'weights'} in snapshots of a run, from the first to the last.`,
      equation: 'f(x) = 1/(n·h) · Σᵢ φ((x − xᵢ)/h), h = 0.9·min(SD, IQR/1.34)·n^(−1/5)',
    },
    empty: ridges.length === 0 ? 'This run has no snapshots of its synapses.' : null,
  }
}

/** The density of the middles of the bins, not sharper than a bin; null if all bins are empty. */
function densityIn({ edges }: SynapseHistogram, counts: readonly number[]) {
  const middles = counts.map((_, bin) => (edges[bin]! + edges[bin + 1]!) / 2)
  return densityOf(middles, { counts, least: edges[1]! - edges[0]!, range: [edges[0]!, edges.at(-1)!] })
}
