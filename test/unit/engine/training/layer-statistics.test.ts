import { expect, test } from 'vitest'
import type { Layer } from '../../../../src-engine/learning/layer.ts'
import { countPulses, saturatedShare } from '../../../../src-engine/training/layer-statistics.ts'

const pulses = (set: number[], reset: number[], refresh: number[], read: number[]) => ({
  set: Uint32Array.from(set), reset: Uint32Array.from(reset), refresh: Uint32Array.from(refresh), read: Uint32Array.from(read),
})
const analog = (devices: object) => ({ crossbar: { devices } }) as unknown as Layer
const digital = { crossbar: null } as unknown as Layer

test('pulses are summed over devices and layers, and a refresh of a pair counts once', () => {
  const layers = [
    analog({ ledger: pulses([1, 2], [3, 4], [5, 5], [7, 8]) }), digital,
    analog({ ledger: pulses([10, 0], [20, 0], [1, 1], [40, 0]) }),
  ]
  expect(countPulses(layers)).toEqual({ set: 13, reset: 27, refresh: 6, read: 55 })
  expect(countPulses([digital])).toEqual({ set: 0, reset: 0, refresh: 0, read: 0 })
})

test('a device is saturated above 90 % of the maximum conductance', () => {
  const layers = [analog({ conductance: [9.1, 9, 8.9, 0] }), digital, analog({ conductance: [10, 1, 1, 1, 1, 1] })]
  expect(saturatedShare(layers, 10)).toBe(2 / 10)
  expect(saturatedShare([digital], 10)).toBe(0)
})
