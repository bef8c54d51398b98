import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Kernels, type ReadLaw, type ReadMoments, strideOf } from '../../../../src-engine/kernels/kernels.ts'
import { readMoments } from '../../../../src-engine/kernels/moments.ts'
import { normalCdf } from '../../../../src-engine/kernels/normal.ts'
import { Raster, rasterOf } from '../../../../src-engine/kernels/raster.ts'
import { arithmetics, roomyKernels } from '../../../fixtures/kernels.ts'

const law: ReadLaw = { exponent: 0.04, referenceAge: 38.6, noiseSlope: 0.03, noiseOffset: 0.13, smallest: 0.1, largest: 12 }

/** ∫ f(x)·φ(x) dx from −9 to 9 by the trapezoidal rule, which is exact to 1e-9 with kinks in f. */
function expectation(f: (x: number) => number): number {
  const steps = 180_000
  const width = 18 / steps
  let sum = 0
  for (let k = 0; k <= steps; k++) {
    const x = -9 + k * width
    sum += f(x) * Math.exp((-x * x) / 2)
  }
  return (sum * width) / Math.sqrt(2 * Math.PI)
}

/** Mean and variance of clip(g + σ·X), integrated over the distribution of X. */
function integrated(g: number, { noiseSlope, noiseOffset, smallest, largest }: ReadLaw): { mean: number; variance: number } {
  const read = (x: number) => Math.min(Math.max(g + (noiseSlope * g + noiseOffset) * x, smallest), largest)
  const mean = expectation(read)
  return { mean, variance: expectation((x) => (read(x) - mean) ** 2) }
}

const momentsOf = (g: number, of: ReadLaw) => {
  const into = { mean: 0, variance: 0, meanSlope: 0, varianceSlope: 0 }
  readMoments(g, of, into)
  return into
}

describe('the moments of a clipped READ', () => {
  /** At and beyond both limits, in the middle, and where both limits clip. */
  const conductances = [0.001, 0.01, 0.05, 0.1, 0.2, 0.4, 0.8, 2, 6, 9, 11, 11.9, 12, 13, 19]
  const laws: ReadLaw[] = [
    law, { ...law, largest: 0.4 }, { ...law, noiseSlope: 0.3, noiseOffset: 2 }, { ...law, noiseSlope: 0, largest: 20 },
  ]

  it.each(laws)('equal a numerical integration with $noiseSlope·G + $noiseOffset, up to $largest µS', (of) => {
    for (const g of conductances) {
      const { mean, variance } = momentsOf(g, of)
      const expected = integrated(g, of)
      expect([g, Math.abs(mean - expected.mean)]).toEqual([g, expect.toSatisfy((x: number) => x < 1e-8)])
      expect([g, Math.abs(variance - expected.variance)]).toEqual([g, expect.toSatisfy((x: number) => x < 5e-8)])
    }
  })

  it('have the derivatives of a numerical integration', () => {
    const step = 1e-3
    for (const g of conductances.slice(1)) {
      const [below, above] = [integrated(g - step, law), integrated(g + step, law)]
      const { meanSlope, varianceSlope } = momentsOf(g, law)
      expect(Math.abs(meanSlope - (above.mean - below.mean) / (2 * step))).toBeLessThan(3e-5)
      expect(Math.abs(varianceSlope - (above.variance - below.variance) / (2 * step))).toBeLessThan(1e-4)
    }
  })

  it('are those of the unclipped READ far from both limits', () => {
    fc.assert(fc.property(fc.double({ min: 2, max: 8, noNaN: true }), (g) => {
      const { mean, variance, meanSlope } = momentsOf(g, law)
      expect(mean).toBeCloseTo(g, 9)
      expect(variance).toBeCloseTo((0.03 * g + 0.13) ** 2, 9)
      expect(meanSlope).toBeCloseTo(1, 9)
    }))
  })
})

it('normalCdf equals the integral of the density', () => {
  for (const x of [-8.5, -7.001, -6.999, -3, -1, -0.2, 0, 0.4, 2, 5, 7.5]) {
    // Simpson's rule from 0 on.
    const steps = 20_000
    const density = (k: number) => Math.exp(-((k * x) / steps) * ((k * x) / steps) / 2)
    let sum = density(0) + density(steps)
    for (let k = 1; k < steps; k++) sum += (k % 2 ? 4 : 2) * density(k)
    const expected = 0.5 + (sum * x) / (3 * steps * Math.sqrt(2 * Math.PI))
    expect(Math.abs(normalCdf(x) - expected)).toBeLessThan(3e-14)
  }
  expect(normalCdf(-9) / (Math.exp(-40.5) / Math.sqrt(2 * Math.PI) / 9 * (1 - 1 / 81 + 3 / 81 ** 2))).toBeCloseTo(1, 4)
})

interface Shape { post: number; pre: number; pairs: number; settled: boolean; seed: number }

const fraction = (k: number) => k - Math.floor(k)

/** Columns with conductances from the floor to beyond the upper limit. */
function columnsOf(kernels: Kernels, { post, pre, pairs, settled, seed }: Shape) {
  const stride = strideOf(post)
  const numbers = () => kernels.numbers(2 * pairs * pre * stride)
  const [conductance, perAge] = [numbers(), numbers()]
  conductance.forEach((_, k) => { conductance[k] = Math.fround(0.01 + 14 * fraction((k + seed) * 0.618034) ** 2) })
  perAge.forEach((_, k) => { perAge[k] = Math.fround(1 / (settled ? 40 + 60 * fraction(k * 0.414214) : 0.01)) })
  return { post, pre, pairs, stride, masked: post === pre, conductance, perAge, reads: kernels.counts(pre) }
}

function momentsIn(kernels: Kernels, columns: ReturnType<typeof columnsOf>, settled: boolean): ReadMoments {
  const numbers = () => kernels.numbers(columns.pre * columns.stride)
  const [mean, meanChange, variance, varianceChange] = [numbers(), numbers(), numbers(), numbers()]
  const moments = { mean, meanChange, variance, varianceChange, passed: 0.25 }
  for (let i = 0; i < columns.pre; i++) kernels.sumMoments(i, columns, law, 0.3, settled ? 1 : 0.306, settled, moments)
  return moments
}

const shapes = fc.record({
  post: fc.oneof(fc.integer({ min: 1, max: 20 }), fc.constantFrom(63, 64, 65, 130)),
  pre: fc.integer({ min: 1, max: 9 }), pairs: fc.integer({ min: 1, max: 3 }), settled: fc.boolean(), seed: fc.nat(1000),
})

describe('both arithmetics', () => {
  it('compute the same moments of sums', () => {
    fc.assert(fc.property(shapes, (shape) => {
      const [reference, fast] = arithmetics.map((arithmetic) => {
        const kernels = roomyKernels(arithmetic)
        return momentsIn(kernels, columnsOf(kernels, shape), shape.settled)
      })
      const tolerance = 2 * shape.pairs * 5e-6
      for (const name of ['mean', 'meanChange', 'variance', 'varianceChange'] as const) {
        for (let i = 0; i < shape.pre; i++) {
          for (let j = 0; j < shape.post; j++) {
            const at = i * strideOf(shape.post) + j
            // The reference leaves synapses that do not exist alone.
            const expected = shape.post === shape.pre && i === j ? 0 : reference![name][at]!
            expect(Math.abs(fast![name][at]! - expected)).toBeLessThanOrEqual(tolerance)
          }
        }
      }
    }))
  })

  it('draw the same sums, and count the READs', () => {
    fc.assert(fc.property(shapes, fc.constantFrom(0.2, 0.6, 1), (shape, share) => {
      const { post, pre, settled, seed } = shape
      const reads: number[][] = []
      const [reference, fast] = arithmetics.map((arithmetic) => {
        const kernels = roomyKernels(arithmetic)
        const columns = { ...columnsOf(kernels, shape), masked: false }
        const moments = momentsIn(kernels, columns, settled)
        const spikes = Raster.within(kernels, 1, pre)
        spikes.copy(rasterOf(1, pre, (_, i) => i === seed % pre || fraction((i + seed) * 0.618034) < share))
        const current = kernels.numbers(strideOf(post))
        const reading = { key0: seed, key1: 2 ** 31 + seed, perConductance: 1 / 55, settled, seconds: 0.5, readIndex: 500 }
        kernels.readSums(spikes, 0, columns, moments, reading, current)
        reads.push([...columns.reads])
        return current.subarray(0, post)
      })
      expect(reads[1]).toEqual(reads[0])
      expect(Math.max(...reads[0]!)).toBe(1)
      const tolerance = (2 * shape.pairs * pre * 2e-5) / 55
      fast!.forEach((weight, j) => expect(Math.abs(weight - reference![j]!)).toBeLessThanOrEqual(tolerance))
    }))
  })
})
