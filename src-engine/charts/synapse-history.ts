import type { Synapse, SynapseState } from '../analysis/snapshots.ts'
import { hasSelfConnections, populations, projectionOf } from '../experiment/layers.ts'
import type { Line, NumberAxis } from '../figure/figure.ts'
import { okabeIto } from '../format/colours.ts'
import { formatQuantity } from '../format/numbers.ts'
import { counted, listed } from '../format/words.ts'
import { type Chart, labelOf, type Quantity, type Table } from './chart.ts'
import { gapsOf } from './gaps.ts'
import { entryOf } from './output.ts'
import type { Palette } from './palette.ts'

export interface HistoryData {
  synapse: Synapse
  /** In the order of epochs; empty until they are read. */
  states: readonly SynapseState[]
  /** From 0. */
  pair: number
  /** Device pairs per synapse; 0 for digital weights. */
  pairs: number
  /** µS per unit of weight. */
  scale: number
}

/** Conductances and weight of one synapse in all snapshots. */
export function historyChart(data: HistoryData, palette: Palette): Chart {
  const { states, pair, pairs } = data
  const x = states.map(({ epoch }) => epoch)
  const weight: Line = {
    kind: 'line', entry: 'Weight', x, y: states.map((state) => weightOf(state, data)), colour: palette.ink,
    ...(pairs > 0 && { isRight: true, dash: 'dashed' }),
  }
  const conductance = (entry: string, side: 0 | 1, colour: string): Line =>
    ({ kind: 'line', entry, x, y: states.map((state) => valueAt(state, 'conductance', 2 * pair + side)), colour })
  const lines = pairs > 0 ? [conductance('G⁺', 0, palette.accent), conductance('G⁻', 1, okabeIto.orange), weight] : [weight]
  const gaps = gapsOf(lines, palette.warning)
  return {
    title: 'Synapse history',
    plot: {
      title: '',
      x: epochAxis(states),
      y: pairs > 0 ? { scale: 'linear', name: 'Conductance (µS)', from: 0 } : { scale: 'linear', name: 'Weight' },
      ...(pairs > 0 && { right: { scale: 'linear', name: 'Weight' } }),
      marks: [...lines, ...gaps.marks],
    },
    key: pairs > 0 ? [...lines.map(entryOf), ...gaps.key] : gaps.key,
    table: () => tableOf(data),
    notes: notesOf(data),
    about: {
      sentence: 'One synapse in every snapshot: programmed conductances of its pair, without drift and READ noise, and its weight. '
        + 'The table also has its pulses.',
      equation: 'w = (Σ G⁺ − Σ G⁻) / scale',
    },
    empty: emptyBecause(data),
  }
}

/** SETs, RESETs and refreshes of one synapse in all snapshots. */
export function pulseHistoryChart(data: HistoryData, palette: Palette): Chart {
  const { states, pair } = data
  const x = states.map(({ epoch }) => epoch)
  const line = (entry: string, count: (state: SynapseState, pair: number) => number, colour: string): Line =>
    ({ kind: 'line', entry, x, y: states.map((state) => count(state, pair)), colour })
  const lines = [
    line('SETs', setsOf, palette.accent), line('RESETs', resetsOf, okabeIto.vermilion), line('Refreshes', refreshesOf, okabeIto.green),
  ]
  const gaps = gapsOf(lines, palette.warning)
  return {
    title: 'Synapse pulses',
    plot: {
      title: '', x: epochAxis(states), y: { scale: 'linear', name: 'Pulses since the start', from: 0, isWhole: true },
      marks: [...lines, ...gaps.marks],
    },
    key: [...lines.map(entryOf), ...gaps.key],
    table: () => tableOf(data),
    notes: notesOf(data),
    about: {
      sentence: 'SETs and RESETs of both devices of one synapse since the start, and refreshes of the pair, in every snapshot. '
        + 'The pulses of a refresh are included in SETs and RESETs.',
      equation: 'SETs = SET(G⁺) + SET(G⁻)',
    },
    empty: data.pairs === 0 ? 'Digital weights have no devices.' : emptyBecause(data),
  }
}

/** A value of a synapse; NaN if the snapshot does not have it. */
const valueAt = ({ values }: SynapseState, kind: string, index: number): number => values[kind]?.[index] ?? NaN

const ofPair = (kind: string) => (state: SynapseState, pair: number) =>
  valueAt(state, kind, 2 * pair) + valueAt(state, kind, 2 * pair + 1)
const setsOf = ofPair('pulses.set')
const resetsOf = ofPair('pulses.reset')
/** The ledger counts a refresh at both devices. */
const refreshesOf = (state: SynapseState, pair: number) => ofPair('pulses.refresh')(state, pair) / 2

/** Weight of a synapse in a snapshot; NaN if the snapshot does not have it. */
export function weightOf({ values: { weight, conductance } }: SynapseState, { scale }: Pick<HistoryData, 'scale'>): number {
  if (weight) return weight[0]!
  return conductance ? conductance.reduce((sum, value, device) => sum + (device % 2 === 0 ? value : -value), 0) / scale : NaN
}

const epochAxis = (states: readonly SynapseState[]): NumberAxis =>
  ({ scale: 'linear', name: 'Epoch', from: states[0]?.epoch ?? 0, isWhole: true })

interface Fact extends Quantity {
  of: (state: SynapseState) => number
}

/** All that a snapshot tells of a synapse. */
function factsOf(data: Pick<HistoryData, 'pair' | 'pairs' | 'scale'>): Fact[] {
  const { pair, pairs } = data
  const weight: Fact = { name: 'Weight', of: (state) => weightOf(state, data) }
  if (pairs === 0) return [weight]
  return [
    { name: 'G⁺', unit: 'µS', of: (state) => valueAt(state, 'conductance', 2 * pair) },
    { name: 'G⁻', unit: 'µS', of: (state) => valueAt(state, 'conductance', 2 * pair + 1) },
    weight,
    { name: 'SETs', of: (state) => setsOf(state, pair) },
    { name: 'RESETs', of: (state) => resetsOf(state, pair) },
    { name: 'Refreshes', of: (state) => refreshesOf(state, pair) },
  ]
}

/** A synapse in the shown snapshot: 'Input channel 3 → neuron 5: G⁺ 4.31 µS · …'. What the snapshot does not have is left out. */
export function stateText(data: HistoryData, epoch: number): string {
  const name = synapseName(data.synapse)
  const state = data.states.find((one) => one.epoch === epoch)
  const facts = state === undefined ? [] : factsOf(data).flatMap(({ name: fact, unit, of }) => {
    const value = of(state)
    return Number.isNaN(value) ? [] : [[fact, formatQuantity(value), ...(unit ? [unit] : [])].join(' ')]
  })
  return facts.length === 0 ? name : `${name}: ${facts.join(' · ')}`
}

function tableOf(data: HistoryData): Table {
  const facts = factsOf(data)
  const known = (value: number) => (Number.isNaN(value) ? null : value)
  return {
    columns: ['Epoch', ...facts.map(labelOf)],
    rows: data.states.map((state) => [state.epoch, ...facts.map(({ of }) => known(of(state)))]),
  }
}

/** Whether the values of a snapshot could be read. */
export const isKnown = ({ values }: SynapseState) => 'conductance' in values || 'weight' in values

/** 'Input channel 3 → neuron 5' */
export const synapseName = ({ layer, post, pre }: Synapse): string => {
  const { from, to } = projectionOf(layer)
  return `${populations[from].title} ${pre} → ${populations[to].title.toLowerCase()} ${post}`
}

function notesOf({ synapse, states, pair, pairs }: HistoryData): string[] {
  const without = states.filter((state) => !isKnown(state)).map(({ epoch }) => `${epoch}`)
  return [
    synapseName(synapse),
    ...(pairs > 1 ? [`pair ${pair + 1} of ${pairs}, weight of all pairs`] : []),
    ...(without.length > 0 ? [`${counted(without.length, 'snapshot')} damaged: epoch ${listed(without, 'and')}`] : []),
  ]
}

function emptyBecause({ states, synapse: { layer, post, pre } }: HistoryData): string | null {
  if (states.length === 0) return 'The history appears with the first snapshot.'
  const known = states.filter(isKnown)
  const isAbsent = known.length > 0 && known.every((state) => Number.isNaN(weightOf(state, { scale: 1 })))
  return hasSelfConnections(layer) && post === pre && isAbsent ? `Neuron ${post} has no synapse to itself.` : null
}
