import { describe, expect, it } from 'vitest'
import { deviceLimits } from '../../../../src-engine/analysis/device-limits.ts'
import { dyadicHistogram } from '../../../../src-engine/analysis/dyadic-histogram.ts'
import type { LayerSnapshot } from '../../../../src-engine/analysis/quantities.ts'
import type { SynapseState } from '../../../../src-engine/analysis/snapshots.ts'
import { deviceLimitsChart } from '../../../../src-engine/charts/device-limits.ts'
import { distributionChart } from '../../../../src-engine/charts/distribution.ts'
import { historyChart, pulseHistoryChart, stateText } from '../../../../src-engine/charts/synapse-history.ts'
import { differenceChart, scaleEnds, synapseMapChart } from '../../../../src-engine/charts/synapse-map.ts'
import { light, marksOf, pairsOf } from './fixtures.ts'

const snapshot = (epoch: number, conductance: number[], some: Partial<LayerSnapshot> = {}): LayerSnapshot => ({
  epoch, layer: 'input', post: 2, pre: 2, pairs: 1, arrays: { conductance, 'pulses.reset': [0, 4, 1, 0, 0, 2, 0, 0] }, ...some,
})
const early = snapshot(10, [1, 2, 3, 4, 5, 6, 7, 8])
const late = snapshot(20, [2, 2, 0, 4, 5, 9, 11.5, 0.1])
const map = { quantity: 'weight' as const, pair: 0, scale: 2, shown: late, ends: null, synapse: { post: 1, pre: 0 } }

describe('the map', () => {
  it('has the quantity of every synapse, with the chosen one between two lines', () => {
    const chart = synapseMapChart(map, light)
    const [image] = marksOf(chart, 'image')
    expect(Array.from(image!.values)).toEqual([0, -2, -2, 5.7].map(Math.fround))
    expect(marksOf(chart, 'rule')).toMatchObject([{ x: 0 }, { y: 1 }])
    expect(chart.table().rows).toEqual([[0, 0, 0], [0, 1, -2], [1, 0, -2], [1, 1, Math.fround(5.7)]])
    expect(chart.notes[0]).toBe('Input, 2 × 2')
    expect(synapseMapChart({ ...map, shown: null }, light).empty).toContain('damaged')
  })

  it('has the whole range of conductances, and otherwise the colours of the newest snapshot', () => {
    expect(scaleEnds(late, { quantity: 'plus', pair: 0, scale: 1 }, 12)).toEqual({ from: 0, to: 12 })
    expect(scaleEnds(late, { quantity: 'wear', pair: 0, scale: 1 }, 12)).toEqual({ from: 0, to: 4 })
    expect(scaleEnds(null, { quantity: 'plus', pair: 0, scale: 1 }, 12)).toBeNull()
    const chart = synapseMapChart({ ...map, shown: early, ends: scaleEnds(late, map, null) }, light)
    expect(marksOf(chart, 'image')[0]!.scale).toMatchObject({ from: -5.7, to: 5.7 })
  })
})

describe('the difference', () => {
  const data = { ...map, quantity: 'plus' as const, base: early, baseName: 'epoch 10', baseScale: 2 }

  it('is the shown snapshot minus the other one', () => {
    const chart = differenceChart(data, light)
    expect(Array.from(marksOf(chart, 'image')[0]!.values)).toEqual([1, -3, 0, 4.5])
    expect(marksOf(chart, 'image')[0]!.scale).toMatchObject({ from: -5, to: 5 })
    expect(chart.notes[0]).toBe('epoch 20 − epoch 10')
  })

  it('has weights of two runs in the scale of each', () => {
    const chart = differenceChart({ ...data, quantity: 'weight', baseScale: 0.5 }, light)
    // (2 − 2)/2 − (1 − 2)/0.5 and so on.
    expect(Array.from(marksOf(chart, 'image')[0]!.values)).toEqual([2, 0, 0, 7.7].map(Math.fround))
  })

  it('says why there is none', () => {
    expect(differenceChart({ ...data, base: null }, light).empty).toBe('There is no other snapshot to subtract.')
    const wide = snapshot(1, [], { pre: 3 })
    expect(differenceChart({ ...data, base: wide }, light).empty)
      .toBe('The layers have different sizes: 2 × 2 synapses of 2 devices here, 2 × 3 synapses of 2 devices there.')
  })
})

describe('the history of a synapse', () => {
  const states: SynapseState[] = [
    {
      epoch: 1,
      values: { 'conductance': [3, 1, 0.5, 0], 'pulses.set': [1, 2, 3, 4], 'pulses.reset': [0, 0, 5, 6], 'pulses.refresh': [0, 0, 2, 2] },
    },
    { epoch: 5, values: { 'pulses.set': [2, 2, 4, 4], 'pulses.reset': [0, 0, 6, 6], 'pulses.refresh': [0, 0, 2, 2] } },
    { epoch: 9, values: { conductance: [4, 1, 0.5, 2] } },
  ]
  const data = { synapse: { layer: 'input', post: 7, pre: 3 }, states, pair: 1, pairs: 2, scale: 10 }

  it('has conductances of the pair, the weight of all pairs, and gaps where a snapshot is damaged', () => {
    const chart = historyChart(data, light)
    const [plus, minus, weight] = marksOf(chart, 'line')
    expect(pairsOf(plus!)).toEqual([[1, 0.5], [5, NaN], [9, 0.5]])
    expect(pairsOf(minus!)).toEqual([[1, 0], [5, NaN], [9, 2]])
    expect(pairsOf(weight!)).toEqual([[1, 0.25], [5, NaN], [9, 0.15]])
    expect(marksOf(chart, 'rug')).toMatchObject([{ at: [5] }])
    expect(chart.table()).toEqual({
      columns: ['Epoch', 'G⁺ (µS)', 'G⁻ (µS)', 'Weight', 'SETs', 'RESETs', 'Refreshes'],
      rows: [[1, 0.5, 0, 0.25, 7, 11, 2], [5, null, null, null, 8, 12, 2], [9, 0.5, 2, 0.15, null, null, null]],
    })
    expect(chart.notes).toEqual(['Input channel 3 → neuron 7', 'pair 2 of 2, weight of all pairs', '1 snapshot damaged: epoch 5'])
  })

  it('has the pulses of both devices, and one refresh for the pair', () => {
    const lines = marksOf(pulseHistoryChart(data, light), 'line')
    expect(lines.map(({ entry, y }) => [entry, ...Array.from(y)]))
      .toEqual([['SETs', 7, 8, NaN], ['RESETs', 11, 12, NaN], ['Refreshes', 2, 2, NaN]])
  })

  it('tells a snapshot in one line', () => {
    expect(stateText(data, 1)).toBe('Input channel 3 → neuron 7: G⁺ 0.500 µS · G⁻ 0 µS · Weight 0.250 · SETs 7 · RESETs 11 · Refreshes 2')
    expect(stateText(data, 5)).toBe('Input channel 3 → neuron 7: SETs 8 · RESETs 12 · Refreshes 2')
    expect(stateText(data, 2)).toBe('Input channel 3 → neuron 7')
  })

  it('has the weight alone without devices, and says that a masked synapse does not exist', () => {
    const itself = { layer: 'recurrent', post: 2, pre: 2 }
    const digital = { ...data, pairs: 0, pair: 0, states: [{ epoch: 1, values: { weight: [NaN] } }], synapse: itself }
    expect(historyChart(digital, light).table().columns).toEqual(['Epoch', 'Weight'])
    expect(historyChart(digital, light).empty).toBe('Neuron 2 has no synapse to itself.')
    expect(pulseHistoryChart(digital, light).empty).toBe('Digital weights have no devices.')
  })
})

describe('the distribution over epochs', () => {
  const sets = [[0.2, 0.2, 3.1], [0.2, 5.9, 6.1], [7.9, 7.9, 7.9]]
  const data = {
    quantity: 'plus' as const, layer: 'input', pair: 0, pairs: 1,
    histograms: [
      ...[1, 4].map((epoch, index) => ({ epoch, histogram: dyadicHistogram(sets[index]!) })),
      { epoch: 6, histogram: null },
    ],
  }

  it('counts the synapses of the newest snapshot up to each epoch', () => {
    const chart = distributionChart(data, light)
    const [image] = marksOf(chart, 'image')
    const rows = image!.values.length / 6
    const [low, high] = image!.y
    expect(image).toMatchObject({ columns: 6, x: [0.5, 6.5], scale: { isLog: true, from: 1, to: 2 } })
    const shown = [sets[0]!, sets[0]!, sets[0]!, sets[1]!, sets[1]!]
    for (const [column, set] of shown.entries()) {
      for (let row = 0; row < rows; row++) {
        const [from, to] = [0, 1].map((side) => low + ((row + side) / rows) * (high - low))
        expect(image!.values[row * 6 + column]).toBe(set.filter((value) => value >= from! && value < to!).length)
      }
    }
    // The snapshot of epoch 6 is damaged.
    expect(Array.from({ length: rows }, (_, row) => image!.values[row * 6 + 5]).every((count) => count === 0)).toBe(true)
    expect(chart.table().rows.map(([epoch, , , count]) => [epoch, count])).toEqual([[1, 2], [1, 1], [4, 1], [4, 1], [4, 1]])
  })

  it('says that there is none', () => expect(distributionChart({ ...data, histograms: [] }, light).empty).not.toBeNull())
})

describe('saturated and worn devices', () => {
  const range = { smallest: 0.1, largest: 10 }
  const masked = snapshot(20, [NaN, NaN, 9.1, 0.1, 9, 0.15, NaN, NaN], { layer: 'recurrent' })

  it('are counted in every layer, and named in the table', () => {
    const layers = deviceLimits([late, masked], range)
    expect(layers.map(({ devices }) => devices)).toEqual([8, 4])
    const chart = deviceLimitsChart({ layers }, light)
    const shares = Object.fromEntries(marksOf(chart, 'points').map(({ entry, x }) => [entry, Array.from(x)]))
    // Of the input layer 11.5 is saturated, and 0 and 0.1 are at the lower end; 4 and 2 are at least half of 4 RESETs.
    expect(shares).toEqual({ 'Saturated': [12.5, 25], 'At the lower end': [25, 50], 'Worn': [25, 50] })
    expect(chart.notes[0]).toBe('saturated: 2 of 12 (16.7 %)')
    expect(chart.table().rows.slice(0, 3)).toEqual([
      ['Saturated', 'Input', 'Input channel 1', 'Neuron 1', 1, 'G⁺', 11.5, 0],
      ['Saturated', 'Recurrent', 'Neuron 1', 'Neuron 0', 1, 'G⁺', 9.1, 1],
      ['Worn', 'Input', 'Input channel 0', 'Neuron 0', 1, 'G⁻', 2, 4],
    ])
    expect(chart.table().rows).toHaveLength(2 + 4 + 4)
  })

  it('are not known without their array', () => {
    const [layer] = deviceLimits([{ ...late, arrays: { conductance: late.arrays.conductance! } }], range)
    expect(layer!.found.worn).toBeNull()
    expect(deviceLimitsChart({ layers: [layer!] }, light).notes.at(-1)).toBe('worn: not known')
    expect(deviceLimitsChart({ layers: [] }, light).empty).not.toBeNull()
  })
})
