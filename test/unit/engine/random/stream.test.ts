import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { permutation, Stream } from '../../../../src-engine/random/stream.ts'
import { threefry } from '../../../../src-engine/kernels/threefry.ts'

const word = fc.integer({ min: 0, max: 2 ** 32 - 1 })

/** Known answers of the authors' Random123 library: counter and key, and the resulting block. */
const knownAnswers = [
  { key: [0, 0], counter: [0, 0], block: [0x6b200159, 0x99ba4efe] },
  { key: [0xffffffff, 0xffffffff], counter: [0xffffffff, 0xffffffff], block: [0x1cb996fc, 0xbb002be7] },
  { key: [0x13198a2e, 0x03707344], counter: [0x243f6a88, 0x85a308d3], block: [0xc4923a9c, 0x483df7a0] },
] as const

const normals = (stream: Stream, count: number) => Float64Array.from({ length: count }, (_, i) => stream.normal(i, 0))
const mean = (values: Float64Array) => values.reduce((sum, x) => sum + x, 0) / values.length

describe('threefry', () => {
  it.each(knownAnswers)('gives the known block for key $key', ({ key, counter, block }) => {
    const out = { first: 0, second: 0 }
    threefry(key[0], key[1], counter[0], counter[1], out)
    expect([out.first, out.second]).toEqual(block)
  })
})

describe('a stream', () => {
  it('gives the same draw for an address, whatever was drawn before', () => {
    fc.assert(fc.property(fc.nat(), word, word, fc.array(fc.tuple(word, word)), (seed, i, j, before) => {
      const expected = new Stream(seed, 'SET', 1).normal(i, j)
      const stream = new Stream(seed, 'SET', 1)
      for (const [a, b] of before) stream.words(a, b)
      expect(stream.normal(i, j)).toBe(expected)
    }))
  })

  it('has uniform draws (Kolmogorov-Smirnov test)', () => {
    const n = 20_000
    const stream = new Stream(3, 'input spikes', 0)
    const sorted = Float64Array.from({ length: n }, (_, i) => stream.uniform(i, 5)).sort()
    const distance = sorted.reduce((most, u, k) => Math.max(most, Math.abs(u - k / n), Math.abs(u - (k + 1) / n)), 0)
    expect(distance * Math.sqrt(n)).toBeLessThan(1.95)
  })

  it('has the first four moments of the normal distribution', () => {
    const n = 200_000
    const draws = normals(new Stream(7, 'READ', 2, 9), n)
    expect(Math.abs(mean(draws))).toBeLessThan(4 / Math.sqrt(n))
    expect(Math.abs(mean(draws.map((x) => x ** 2)) - 1)).toBeLessThan(4 * Math.sqrt(2 / n))
    expect(Math.abs(mean(draws.map((x) => x ** 3)))).toBeLessThan(4 * Math.sqrt(15 / n))
    expect(Math.abs(mean(draws.map((x) => x ** 4)) - 3)).toBeLessThan(4 * Math.sqrt(96 / n))
  })

  it('is uncorrelated between neighbouring counters, within a pair, and with other streams', () => {
    const n = 100_000
    const limit = 4 / Math.sqrt(n)
    const stream = new Stream(11, 'READ', 0, 1)
    const correlation = (other: (i: number) => number) => {
      let sum = 0
      for (let i = 0; i < n; i++) sum += stream.normal(i, 3) * other(i)
      return Math.abs(sum / n)
    }
    const pair = new Float64Array(2)
    expect(correlation((i) => stream.normal(i + 1, 3))).toBeLessThan(limit)
    expect(correlation((i) => stream.normal(i, 4))).toBeLessThan(limit)
    expect(correlation((i) => (stream.normalPair(i, 3, pair), pair[1]!))).toBeLessThan(limit)
    for (const other of [new Stream(12, 'READ', 0, 1), new Stream(11, 'SET', 0, 1), new Stream(11, 'READ', 1, 1), new Stream(11, 'READ', 0)]) {
      expect(correlation((i) => other.normal(i, 3))).toBeLessThan(limit)
    }
  })

  it('distinguishes seeds above 32 bits', () => {
    expect(new Stream(2 ** 40, 'target').uniform(0, 0)).not.toBe(new Stream(2 ** 41, 'target').uniform(0, 0))
  })
})

describe('a permutation', () => {
  it('contains every number once', () => {
    fc.assert(fc.property(fc.nat(), fc.integer({ min: 1, max: 200 }), (seed, n) => {
      expect([...permutation(new Stream(seed, 'pattern order', 1), n)].sort((a, b) => a - b)).toEqual(Array.from({ length: n }, (_, i) => i))
    }))
  })

  it('gives every order of three about equally often', () => {
    const counts = new Map<string, number>()
    for (let seed = 0; seed < 6000; seed++) {
      const order = permutation(new Stream(seed, 'pattern order', 1), 3).join('')
      counts.set(order, (counts.get(order) ?? 0) + 1)
    }
    expect(counts.size).toBe(6)
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(4 * Math.sqrt(1000))
  })
})
