import { expect, it } from 'vitest'
import type { SynapseUpdates } from '../../../../src-engine/analysis/recording.ts'
import { updatePulsesChart, updatesChart } from '../../../../src-engine/charts/updates.ts'
import { light, marksOf, pairsOf } from './fixtures.ts'

const updates: SynapseUpdates = {
  synapse: { layer: 'input', from: 3, to: 5 }, epochs: [1, 2], gradient: [4, -8], requested: [-0.5, 1], planned: [0, 1], actual: [0, 0.75],
  pulses: { setsPlus: [0, 3], setsMinus: [1, 0], resets: [0, 2], refreshes: [0, 1] },
}

it('the updates of a synapse are drawn from request to effect, with all numbers in the table', () => {
  const chart = updatesChart({ updates }, light)
  expect(marksOf(chart, 'line').map((line) => [line.entry, pairsOf(line)])).toEqual([
    ['Requested', [[1, -0.5], [2, 1]]], ['Planned', [[1, 0], [2, 1]]], ['Actual', [[1, 0], [2, 0.75]]],
  ])
  expect(chart.notes).toEqual(['Input channel 3 → neuron 5'])
  expect(chart.empty).toBeNull()
  expect(chart.table()).toEqual({
    columns: ['Epoch', 'Gradient', 'Requested ΔW', 'Planned ΔW', 'Actual ΔW', 'SETs on G⁺', 'SETs on G⁻', 'RESETs', 'Refreshes'],
    rows: [[1, 4, -0.5, 0, 0, 0, 1, 0, 0], [2, -8, 1, 1, 0.75, 3, 0, 2, 1]],
  })
})

it('the pulses of a synapse are drawn by device, and digital weights have none', () => {
  expect(marksOf(updatePulsesChart({ updates }, light), 'line').map((line) => [line.entry, Array.from(line.y)])).toEqual(
    [['SETs on G⁺', [0, 3]], ['SETs on G⁻', [1, 0]], ['RESETs', [0, 2]], ['Refreshes', [0, 1]]])
  const digital = { ...updates, pulses: null }
  expect(updatePulsesChart({ updates: digital }, light).empty).toMatch(/digital weights/)
  expect(updatesChart({ updates: digital }, light).table().columns).toHaveLength(5)
})

it('a neuron has no updates, and a number that is none is a gap', () => {
  expect(updatesChart({ updates: null }, light).empty).toMatch(/Choose a recorded synapse/)
  expect(updatesChart({ updates: { ...updates, actual: [NaN, 1] } }, light).notes).toHaveLength(2)
})
