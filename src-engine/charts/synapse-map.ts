import { type LayerSnapshot, type Quantity, quantityOf, valuesOf } from '../analysis/quantities.ts'
import { type SynapseMap, synapseMap } from '../analysis/synapse-map.ts'
import { projectionOf } from '../experiment/layers.ts'
import type { ColourScale, Mark } from '../figure/figure.ts'
import { formatCount, formatNumber, formatTick, roundTo } from '../format/numbers.ts'
import { type Chart, labelOf } from './chart.ts'
import { balancedScale, blockNotes, imageOf, largestOf, mapTable, noMap, postName, preName, steadyScale } from './map-parts.ts'
import { balanced, type Palette, sequential } from './palette.ts'
import { sides } from './raster.ts'

export interface MapData {
  quantity: Quantity
  /** From 0. */
  pair: number
  /** µS per unit of weight. */
  scale: number
  /** Null if it cannot be read. */
  shown: LayerSnapshot | null
  /** Ends of the colour scale of the map; null if they follow from the shown snapshot. */
  ends: ScaleEnds | null
  /** The chosen synapse, marked by two lines. */
  synapse: { post: number; pre: number } | null
}

/** A quantity of every synapse of a layer in one snapshot. Its colours mean the same in all snapshots. */
export function synapseMapChart(data: MapData, palette: Palette): Chart {
  const { quantity, shown, ends, pair } = data
  const kind = quantityOf(quantity)
  const map = mapOf(shown, data)
  const colours = kind.isSigned ? balanced : sequential
  const scale = { ...ends ?? endsFor(quantity, map ?? noMap, null), ...colours[palette.mode] }
  return {
    title: `${kind.title} map`,
    ...partsOf(map, scale, labelOf({ ...kind, name: kind.title }), data, palette),
    notes: map && shown ? [placeOf(map, shown, quantity, pair), ...beyondNote(map, scale), ...blockNotes(map)] : [],
    about: {
      sentence: `${sentences[quantity]} Presynaptic neurons are columns, postsynaptic neurons are rows (both numbered from 0). `
        + 'The colours are those of the newest snapshot, so that they mean the same in all of them.',
      equation: equations[quantity],
    },
    empty: map === null ? 'This snapshot does not have these values, or they are damaged.' : null,
  }
}

export interface DifferenceData extends MapData {
  /** Snapshot that is subtracted; null if it cannot be read. */
  base: LayerSnapshot | null
  /** What is subtracted: 'epoch 50', 'epoch 50 of Sign, seed 2'. */
  baseName: string
  /** µS per unit of weight there. */
  baseScale: number
}

/** Change of a quantity of every synapse from one snapshot to another, of the same run or of another of the same shape. */
export function differenceChart(data: DifferenceData, palette: Palette): Chart {
  const { quantity, shown, base, baseName, pair } = data
  const kind = quantityOf(quantity)
  const problem = differenceProblem(shown, base)
  const map = problem === null && shown && base ? differenceMap(shown, base, data) : null
  const scale = { ...steadyScale((map ?? noMap).values), ...balanced[palette.mode] }
  return {
    title: `${kind.title} difference`,
    ...partsOf(map, scale, labelOf({ ...kind, name: `Difference of ${kind.title}` }), data, palette),
    notes: map && shown
      ? [`epoch ${formatCount(shown.epoch)} − ${baseName}`, placeOf(map, shown, quantity, pair), ...beyondNote(map, scale), ...blockNotes(map)]
      : [],
    about: {
      sentence: 'The shown snapshot minus another one, for every synapse of a layer. The colour scale is symmetric around 0.',
      equation: 'Δx = x(shown) − x(subtracted)',
    },
    empty: problem ?? (map === null ? 'One of the two snapshots does not have these values, or they are damaged.' : null),
  }
}

function differenceProblem(shown: LayerSnapshot | null, base: LayerSnapshot | null): string | null {
  if (shown === null || base === null) return 'There is no other snapshot to subtract.'
  const sizeOf = ({ post, pre, pairs }: LayerSnapshot) => `${post} × ${pre} synapses${pairs === 0 ? ' without devices' : ` of ${2 * pairs} devices`}`
  return sizeOf(shown) === sizeOf(base) ? null : `The layers have different sizes: ${sizeOf(shown)} here, ${sizeOf(base)} there.`
}

type Place = Pick<MapData, 'quantity' | 'pair' | 'scale'>

function mapOf(snapshot: LayerSnapshot | null, { quantity, pair, scale }: Place): SynapseMap | null {
  const values = snapshot && valuesOf(quantity, snapshot, { pair, scale })
  return values && synapseMap(snapshot.layer, [snapshot.post, snapshot.pre], values)
}

function differenceMap(shown: LayerSnapshot, base: LayerSnapshot, data: DifferenceData): SynapseMap | null {
  const { quantity, pair, scale, baseScale } = data
  const values = valuesOf(quantity, shown, { pair, scale })
  const before = valuesOf(quantity, base, { pair, scale: baseScale })
  if (values === null || before === null) return null
  return synapseMap(shown.layer, [shown.post, shown.pre], values.map((value, synapse) => value - before[synapse]!))
}

type ScaleEnds = Pick<ColourScale, 'from' | 'to'>

/**
 * Ends of the colour scale of all maps of a run, by its newest snapshot. Null if that cannot be read.
 * @param largest conductance, µS; null if it is not known
 */
export function scaleEnds(newest: LayerSnapshot | null, place: Place, largest: number | null): ScaleEnds | null {
  const map = mapOf(newest, place)
  return map && endsFor(place.quantity, map, largest)
}

/** Weights have a scale around 0, conductances their whole range, and counts and ages go up to the largest. */
function endsFor(quantity: Quantity, { values }: SynapseMap, largest: number | null): ScaleEnds {
  const { isSigned, unit } = quantityOf(quantity)
  if (isSigned) return balancedScale(values)
  return { from: 0, to: unit === 'µS' && largest !== null ? largest : roundTo(largestOf(values) || 1, 2) }
}

function partsOf(
  map: SynapseMap | null, scale: ColourScale, name: string, { synapse }: Pick<MapData, 'synapse'>, palette: Palette,
): Pick<Chart, 'plot' | 'key' | 'table'> {
  const { layer, post, pre } = map ?? noMap
  return {
    plot: {
      title: '',
      x: { scale: 'linear', name: preName(layer), ...sides(pre) },
      y: { scale: 'linear', name: postName(layer), ...sides(post) },
      marks: map ? [imageOf(map, scale, name), ...(synapse ? linesAt(synapse, palette) : [])] : [],
    },
    key: [],
    table: () => mapTable(map ?? noMap, name),
  }
}

const linesAt = ({ post, pre }: { post: number; pre: number }, { warning }: Palette): Mark[] => [
  { kind: 'rule', x: pre, colour: warning, dash: 'dotted' }, { kind: 'rule', y: post, colour: warning, dash: 'dotted' },
]

function placeOf({ layer, post, pre }: SynapseMap, { pairs }: LayerSnapshot, quantity: Quantity, pair: number): string {
  const of = pairs > 1 && quantity !== 'weight' ? `, pair ${pair + 1} of ${pairs}` : ''
  return `${projectionOf(layer).title}, ${post} × ${pre}${of}`
}

function beyondNote({ values }: SynapseMap, { to }: ColourScale): string[] {
  const largest = largestOf(values)
  return largest > to ? [`colour scale ends at ${formatTick(to)}; the largest size is ${formatNumber(largest)}`] : []
}

const sentences: Record<Quantity, string> = {
  weight: 'Weight of every synapse of a layer.',
  plus: 'Programmed conductance of the G⁺ device of every synapse, without drift and READ noise.',
  minus: 'Programmed conductance of the G⁻ device of every synapse, without drift and READ noise.',
  pulses: 'SETs and RESETs of both devices of every synapse since the start.',
  wear: 'RESETs since the start of the device of a pair that has had more of them. RESETs wear a device most; no model tells how many it endures.',
  age: 'Time since the last pulse, in seconds of the experiment, of the device of a pair that was not written for longer. Conductances drift with it.',
}

const equations: Record<Quantity, string> = {
  weight: 'w = (Σ G⁺ − Σ G⁻) / scale',
  plus: 'G⁺ in µS', minus: 'G⁻ in µS',
  pulses: 'SET(G⁺) + SET(G⁻) + RESET(G⁺) + RESET(G⁻)',
  wear: 'max(RESET(G⁺), RESET(G⁻))',
  age: 'max(t − t_p(G⁺), t − t_p(G⁻))',
}
