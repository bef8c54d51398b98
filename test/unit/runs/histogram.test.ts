import { expect, test } from 'vitest'
import { liveHistogram } from '../../../src-main/runs/histogram.ts'

const total = (counts: number[]) => counts.reduce((sum, count) => sum + count, 0)

test('devices of all crossbars over the whole range of conductance; synapses without devices are left out', () => {
  const { quantity, edges, counts } = liveHistogram([
    { kind: 'conductance', name: 'input', shape: [1, 1, 1, 2], data: Float32Array.of(0, 12) },
    { kind: 'conductance', name: 'recurrent', shape: [1, 1, 1, 2], data: Float32Array.of(NaN, 6.1) },
    { kind: 'pulses', name: 'input', shape: [1, 1, 1, 2], data: Uint32Array.of(5, 5) },
  ], 12)
  expect(quantity).toBe('conductance')
  expect([edges[0], edges.at(-1)]).toEqual([0, 12])
  expect([counts[0], counts[24], counts.at(-1), total(counts)]).toEqual([1, 1, 1, 3])
})

test('weights around zero, even when all are zero', () => {
  const zeros = { kind: 'weight', name: 'input', shape: [1, 2], data: new Float32Array(2) }
  expect(total(liveHistogram([zeros], 12).counts)).toBe(2)
  const { quantity, edges } = liveHistogram([{ ...zeros, data: Float32Array.of(-0.5, 0.25) }], 12)
  expect([quantity, edges[0], edges.at(-1)]).toEqual(['weight', -0.5, 0.5])
})
