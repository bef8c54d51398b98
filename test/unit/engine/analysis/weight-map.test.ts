import { describe, expect, it } from 'vitest'
import { MOST_BLOCKS } from '../../../../src-engine/analysis/synapse-map.ts'
import { weightMap } from '../../../../src-engine/analysis/weight-map.ts'

describe('a weight map', () => {
  it('sums the differences of all pairs and divides by the scale', () => {
    const data = Float32Array.of(5, 1, 2, 0, 1, 3, 0, 2)
    const map = weightMap({ kind: 'conductance', name: 'input', shape: [1, 2, 2, 2], data }, 20)
    expect(map).toMatchObject({ post: 1, pre: 2, postPerBlock: 1, prePerBlock: 1, missing: 0 })
    expect([...map.values]).toEqual([0.3, -0.2].map(Math.fround))
  })

  it('shows the weights of a digital layer, whatever the scale', () => {
    const map = weightMap({ kind: 'weight', name: 'output', shape: [1, 3], data: Float32Array.of(1, -2, 0.5) }, 20)
    expect([...map.values]).toEqual([1, -2, 0.5])
  })

  it('averages blocks of a large layer without the masked diagonal', () => {
    const size = 2 * MOST_BLOCKS
    const data = Float32Array.from({ length: size * size }, (_, k) => (k % (size + 1) === 0 ? NaN : Math.floor(k / size)))
    const map = weightMap({ kind: 'weight', name: 'recurrent', shape: [size, size], data }, 1)
    expect(map).toMatchObject({ postPerBlock: 2, prePerBlock: 2, missing: 0 })
    expect(map.values).toHaveLength(MOST_BLOCKS * MOST_BLOCKS)
    expect(map.values[3 * MOST_BLOCKS + 9]).toBe(6.5)
    // In this block, rows 6 and 7 have one value each off the diagonal.
    expect(map.values[3 * MOST_BLOCKS + 3]).toBe(6.5)
  })

  it('shows and counts a weight that is not finite', () => {
    const map = weightMap({ kind: 'weight', name: 'recurrent', shape: [2, 2], data: Float32Array.of(NaN, 1, Infinity, NaN) }, 1)
    expect([...map.values]).toEqual([NaN, 1, NaN, NaN])
    expect(map.missing).toBe(1)
    expect(weightMap({ kind: 'weight', name: 'input', shape: [1, 2], data: Float32Array.of(NaN, 1) }, 1).missing).toBe(1)
  })

  it('averages partial blocks at the edges', () => {
    const map = weightMap({ kind: 'weight', name: 'output', shape: [1, 129], data: new Float32Array(129).fill(3) }, 1)
    expect(map).toMatchObject({ prePerBlock: 2 })
    expect([...map.values]).toEqual(new Array(65).fill(3))
  })
})
