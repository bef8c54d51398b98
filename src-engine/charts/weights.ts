import type { SynapseMap } from '../analysis/synapse-map.ts'
import { projectionOf } from '../experiment/layers.ts'
import { formatNumber, formatTick } from '../format/numbers.ts'
import type { Chart } from './chart.ts'
import { balancedScale, blockNotes, imageOf, largestOf, mapTable, noMap, postName, preName } from './map-parts.ts'
import { balanced, type Palette } from './palette.ts'
import { sides } from './raster.ts'

export interface WeightsData {
  /** Null if there is none. */
  map: SynapseMap | null
}

/** Map of the weights of one layer, in colours that are symmetric around 0. */
export function weightsChart({ map }: WeightsData, { mode }: Palette): Chart {
  const shown = map ?? noMap
  return {
    title: 'Weight map',
    plot: {
      title: '',
      x: { scale: 'linear', name: preName(shown.layer), ...sides(shown.pre) },
      y: { scale: 'linear', name: postName(shown.layer), ...sides(shown.post) },
      marks: map ? [imageOf(map, { ...balancedScale(map.values), ...balanced[mode] }, 'Weight')] : [],
    },
    key: [],
    table: () => mapTable(shown, 'Weight'),
    notes: map ? notesOf(map) : [],
    about: {
      sentence: 'Weight of every synapse of a layer: presynaptic neurons are columns, postsynaptic neurons are rows (both numbered from 0). '
        + 'The colour scale is symmetric around 0.',
      equation: 'w = (Σ G⁺ − Σ G⁻) / scale',
    },
    empty: map ? null : 'Weights appear after the first sequence, and for snapshots that include them.',
  }
}

function notesOf(map: SynapseMap): string[] {
  const { layer, post, pre, values } = map
  const { to } = balancedScale(values)
  const largest = largestOf(values)
  const beyond = largest > to ? [`colour scale ends at ±${formatTick(to)}; largest |w| is ${formatNumber(largest)}`] : []
  return [`${projectionOf(layer).title}, ${post} × ${pre}`, ...beyond, ...blockNotes(map)]
}
