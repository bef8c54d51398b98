import { describe, expect, it } from 'vitest'
import { lossesOf, ratioOf } from '../../bench/summed-losses.ts'
import { kernelsModule } from '../../fixtures/kernels.ts'
import { thorough } from '../../fixtures/thorough.ts'

describe('networks that train with summed READ noise', () => {
  const train = (seeds: number[], readNoise: 'exact' | 'summed') => seeds.map((seed) => lossesOf(seed, readNoise, kernelsModule))
  const compare = (count: number) => {
    const seeds = Array.from({ length: count }, (_, k) => 601 + k)
    const [exact, summed] = [train(seeds, 'exact'), train(seeds, 'summed')]
    return { summed, ...ratioOf(summed.map(({ last }) => last), exact.map(({ last }) => last)) }
  }

  it('learn, with the final losses of exact READ noise', { timeout: 60_000 }, () => {
    const { summed, p, ratio } = compare(6)
    for (const { first, last } of summed) expect(last).toBeLessThan(0.7 * first)
    expect(p).toBeGreaterThan(0.04)
    expect(Math.abs(Math.log(ratio))).toBeLessThan(Math.log(1.5))
  })

  it.runIf(thorough)('have final losses that 40 seeds do not tell apart from exact ones', { timeout: 300_000 }, () => {
    const { p, low, high } = compare(40)
    expect(p).toBeGreaterThan(0.05)
    // Narrow enough to show a difference of a quarter.
    expect(low).toBeGreaterThan(0.8)
    expect(high).toBeLessThan(1.25)
  })
})
