import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bytesOf, type Kernels, type Numbers, strideOf } from '../../../../src-engine/kernels/kernels.ts'
import { Raster, rasterOf } from '../../../../src-engine/kernels/raster.ts'
import { arithmetics, implementations, roomyKernels } from '../../../fixtures/kernels.ts'

/** Sizes just below, at and above multiples of the vector length. */
const width = fc.oneof(fc.integer({ min: 1, max: 9 }), fc.constantFrom(15, 16, 17, 47, 48, 49, 53, 64, 67))
const steps = fc.oneof(fc.integer({ min: 1, max: 12 }), fc.constantFrom(63, 64, 65, 130))

/** Numbers in [−1, 1) that are exact in float32; a fraction `zeros` of them is 0. */
const numbersOf = (length: number, seed: number, zeros = 0.3) => {
  let state = seed * 2654435761 + 1
  const next = () => { state = (Math.imul(state, 1664525) + 1013904223) >>> 0; return state / 2 ** 32 }
  return Float32Array.from({ length }, () => (next() < zeros ? 0 : 2 * next() - 1))
}

/** Results of both implementations for the same case, reference first. */
function both(run: (kernels: Kernels) => Numbers): [Numbers, Numbers] {
  const [reference, fast] = arithmetics.map((arithmetic) => run(roomyKernels(arithmetic)))
  return [reference!, fast!]
}

function filled(kernels: Kernels, values: ArrayLike<number>): Numbers {
  const numbers = kernels.numbers(values.length)
  numbers.set(values)
  return numbers
}

function spikesIn(kernels: Kernels, count: number, neurons: number, share: number, seed: number): Raster {
  const draws = numbersOf(count * neurons, seed, 0)
  const raster = Raster.within(kernels, count, neurons)
  raster.copy(rasterOf(count, neurons, (t, i) => draws[t * neurons + i]! < 2 * share - 1))
  return raster
}

/** Expects |fast − reference| ≤ tolerance·max(|reference|, 0.3). The 0.3 covers cases whose numbers, all up to 1, cancel. */
function expectClose([reference, fast]: [Numbers, Numbers], tolerance: number): void {
  const largest = Math.max(...[...reference].map(Math.abs), 0.3)
  expect(fast.length).toBe(reference.length)
  const worst = Math.max(...[...reference].map((x, k) => Math.abs(x - fast[k]!)))
  expect(worst / largest).toBeLessThanOrEqual(tolerance)
}

describe('a WebAssembly kernel matches its reference to float32 precision:', () => {
  it('gatherSpikes', () => {
    fc.assert(fc.property(
      steps, width, width, fc.constantFrom(0, 0.05, 0.5, 1), fc.constantFrom(0 as const, 1 as const), fc.nat(1000),
      (t, post, pre, share, delay, seed) => {
        expectClose(both((kernels) => {
          const sums = filled(kernels, numbersOf(pre * strideOf(post), seed + 2))
          const signal = filled(kernels, numbersOf(t * post, seed))
          kernels.gatherSpikes(spikesIn(kernels, t, pre, share, seed), delay, post, 0.7, signal, sums)
          return sums
        }), 2e-6)
      },
    ), { numRuns: 200 })
  })

  it('addRunningTraces', () => {
    fc.assert(fc.property(steps, width, width, fc.nat(1000), (t, post, pre, seed) => {
      expectClose(both((kernels) => {
        const out = kernels.numbers(post * pre)
        const drawn = (size: number, k: number) => filled(kernels, numbersOf(t * size, seed + k))
        const traces = filled(kernels, numbersOf(post * pre, 5))
        kernels.addRunningTraces(t, post, pre, 0.9, 0.3, drawn(post, 1), drawn(post, 2), drawn(pre, 3), traces, out)
        return out
      }), 3e-6)
    }))
  })

  it('spikeTraces', () => {
    fc.assert(fc.property(
      steps, width, fc.constantFrom(0, 0.02, 0.5, 1), fc.constantFrom(0 as const, 1 as const), fc.nat(1000),
      (t, neurons, share, delay, seed) => {
        expectClose(both((kernels) => {
          const traces = filled(kernels, numbersOf(t * neurons, 3))
          kernels.spikeTraces(spikesIn(kernels, t, neurons, share, seed), neurons, Math.exp(-1 / 30), 0.7, delay, traces)
          return traces
        }), 2e-6)
      },
    ))
  })

  it('surrogates, learningSignals and spikeWeights', () => {
    const widths = fc.constantFrom(0.4, 0.1, 1.7)
    const outputsOf = fc.integer({ min: 1, max: 3 })
    fc.assert(fc.property(steps, width, outputsOf, widths, fc.nat(1000), (t, neurons, outputs, surrogateWidth, seed) => {
      const law = { threshold: 0.4, surrogatePeak: 0.3, surrogateWidth, alpha: 0.9, kappa: 0.96, filterGain: 0.5 }
      const make = (kernels: Kernels) => {
        const numbers = () => kernels.numbers(t * neurons)
        const [psi, signal, weights] = [numbers(), numbers(), numbers()]
        const drawn = (k: number) => filled(kernels, numbersOf(neurons, seed + k))
        const [base, pull, filtered] = [drawn(1), drawn(2), drawn(9)]
        const feedback = filled(kernels, numbersOf(outputs * neurons, seed + 3))
        const error = filled(kernels, numbersOf(t * outputs, seed + 4))
        const membrane = filled(kernels, numbersOf(t * neurons, seed))
        const zeros = kernels.surrogates(law, membrane, psi)
        expect(zeros).toBe(psi.filter((value) => value === 0).length)
        weights.set(psi)
        kernels.learningSignals(t, neurons, outputs, base, feedback, error, signal)
        kernels.spikeWeights(t, neurons, outputs, law, base, pull, feedback, error, filtered, weights)
        return { psi, signal, weights }
      }
      const [reference, fast] = arithmetics.map((arithmetic) => make(roomyKernels(arithmetic)))
      expectClose([reference!.psi, fast!.psi], 3e-7)
      expectClose([reference!.signal, fast!.signal], 5e-7)
      expectClose([reference!.weights, fast!.weights], 2e-6)
    }))
  })

  it('addColumns', () => {
    fc.assert(fc.property(width, width, fc.constantFrom(0, 0.3, 1), fc.nat(1000), (post, pre, share, seed) => {
      expectClose(both((kernels) => {
        const current = kernels.numbers(strideOf(post))
        const columns = filled(kernels, numbersOf(pre * strideOf(post), seed))
        kernels.addColumns(spikesIn(kernels, 1, pre, share, seed), 0, strideOf(post), columns, current)
        return current
      }), 1e-6)
    }))
  })

  it('stepMembranes, spike for spike', () => {
    fc.assert(fc.property(width, fc.nat(1000), fc.boolean(), fc.nat(3), (neurons, seed, spikesAtThreshold, refractorySteps) => {
      // Eighths are exact in both precisions, so v can equal the threshold exactly.
      const law = { alpha: 0.5, membraneGain: 1, threshold: 0.25, spikesAtThreshold, refractorySteps }
      const make = (kernels: Kernels) => {
        const membrane = kernels.numbers(4 * neurons)
        const spikes = Raster.within(kernels, 4, neurons)
        const [counts, readyAt] = [kernels.counts(neurons), kernels.counts(neurons)]
        const current = kernels.numbers(strideOf(neurons))
        for (let t = 0; t < 4; t++) {
          current.set(numbersOf(neurons, seed + t).map((x) => Math.round(8 * x) / 8))
          kernels.stepMembranes(t, neurons, law, current, membrane, spikes, counts, readyAt)
          expect([...current.subarray(0, neurons)]).toEqual(new Array(neurons).fill(0))
        }
        // Adding 0 turns −0 into 0: they are the same potential.
        const counted = [...counts]
        return { membrane: [...membrane].map((v) => v + 0), spikes: [...spikes.toPairs()], counted, readyAt: [...readyAt] }
      }
      const [reference, fast] = arithmetics.map((arithmetic) => make(roomyKernels(arithmetic)))
      expect(fast).toEqual(reference)
    }))
  })

  it('readColumns, with every effect on and off, conductances at both limits, and young and settled devices', () => {
    const law = fc.record({
      exponent: fc.constantFrom(0, 0.04, 1), referenceAge: fc.constant(38.6),
      noiseSlope: fc.constantFrom(0, 0.03), noiseOffset: fc.constantFrom(0, 0.13),
      smallest: fc.constant(0.1), largest: fc.constant(12),
    })
    const shape = fc.record({
      post: width, pre: fc.integer({ min: 1, max: 9 }), pairs: fc.integer({ min: 1, max: 3 }), settled: fc.boolean(),
    })
    fc.assert(fc.property(shape, law, fc.constantFrom(0, 0.4, 1), fc.nat(1000), (
      { post, pre, pairs, settled }, law, share, seed,
    ) => {
      const stride = strideOf(post)
      const count = 2 * pairs * pre * stride
      const reads: number[][] = []
      const [reference, fast] = both((kernels) => {
        const conductance = filled(kernels, numbersOf(count, seed).map((x) => Math.min(Math.max(6 + 8 * x, 0.1), 12)))
        const perAge = filled(kernels, numbersOf(count, seed + 1).map((x) => 1 / (settled ? 60 + 30 * x : 0.01 + Math.abs(x))))
        const columns = { post, pre, pairs, stride, masked: post === pre, conductance, perAge, reads: kernels.counts(pre) }
        const reading = { key0: seed * 77, key1: 2 ** 31 + seed, perConductance: 1 / 55, settled, seconds: 0.7, readIndex: 700 }
        const current = kernels.numbers(Math.max(stride, strideOf(pre)))
        kernels.startDrift(columns, law)
        kernels.readColumns(spikesIn(kernels, 1, pre, share, seed), 0, columns, law, reading, current)
        reads.push([...columns.reads])
        return current.subarray(0, post)
      })
      expect(reads[1]).toEqual(reads[0])
      // For each device of the sum: 12 µS times the float32 precision and the stated error of a normal.
      const tolerance = (2 * pairs * pre * 12 * 1e-6) / 55
      fast.forEach((weight, j) => expect(Math.abs(weight - reference[j]!)).toBeLessThanOrEqual(tolerance))
    }), { numRuns: 300 })
  })
})

describe('the draws of the fast path', () => {
  const count = 200_000
  const kernels = implementations.float32(2 * bytesOf(count) + 8 * bytesOf(64))
  const [first, second] = [kernels.numbers(count), kernels.numbers(count)]
  const draw = (...[key0, key1, start, stride, readIndex]: [number, number, number, number, number]) =>
    kernels.normalPairs(key0, key1, start, stride, readIndex, first, second)
  const mean = (values: Numbers, of: (x: number) => number) => {
    let sum = 0
    for (const x of values) sum += of(x)
    return sum / values.length
  }
  const correlation = (a: Numbers, b: ArrayLike<number>) => {
    let sum = 0
    for (let k = 0; k < b.length; k++) sum += a[k]! * b[k]!
    return Math.abs(sum / b.length)
  }

  it('match the reference to within 2e-6', () => {
    fc.assert(fc.property(fc.nat(), fc.nat(), fc.nat(), fc.nat(1000), fc.nat(), (key0, key1, start, stride, readIndex) => {
      const [reference, fast] = arithmetics.map((arithmetic) => {
        const small = roomyKernels(arithmetic)
        const pair = [small.numbers(64), small.numbers(64)]
        small.normalPairs(key0, key1, start, stride, readIndex, pair[0]!, pair[1]!)
        return pair
      })
      for (const k of [0, 1]) fast![k]!.forEach((x, i) => expect(Math.abs(x - reference![k]![i]!)).toBeLessThan(2e-6))
    }))
  })

  it('have the first four moments of the normal distribution', () => {
    draw(1, 2, 0, 1, 3)
    for (const draws of [first, second]) {
      expect(Math.abs(mean(draws, (x) => x))).toBeLessThan(4 / Math.sqrt(count))
      expect(Math.abs(mean(draws, (x) => x ** 2) - 1)).toBeLessThan(4 * Math.sqrt(2 / count))
      expect(Math.abs(mean(draws, (x) => x ** 3))).toBeLessThan(4 * Math.sqrt(15 / count))
      expect(Math.abs(mean(draws, (x) => x ** 4) - 3)).toBeLessThan(4 * Math.sqrt(96 / count))
    }
  })

  it('are normally distributed (Kolmogorov-Smirnov test)', () => {
    draw(5, 6, 1_000_000, 7, 11)
    for (const draws of [first, second]) {
      const sorted = Float64Array.from(draws).sort()
      const distance = sorted.reduce((most, x, k) =>
        Math.max(most, Math.abs(normalCdf(x) - k / count), Math.abs(normalCdf(x) - (k + 1) / count)), 0)
      expect(distance * Math.sqrt(count)).toBeLessThan(1.95)
    }
  })

  it('are uncorrelated at any lag, within a pair, between READ indices, and with other streams', () => {
    const limit = 4.5 / Math.sqrt(count - 1000)
    draw(7, 8, 0, 1, 0)
    const kept = first.slice()
    for (const lag of [1, 2, 3, 4, 5, 8, 16, 100, 1000]) expect(correlation(kept, kept.subarray(lag))).toBeLessThan(limit)
    expect(correlation(kept, second)).toBeLessThan(limit)
    const others: Parameters<typeof draw>[] = [
      [7, 8, 0, 1, 1], [7, 8, 2 ** 31, 1, 0], [8, 8, 0, 1, 0], [7, 9, 0, 1, 0], [8, 7, 0, 1, 0],
    ]
    for (const other of others) {
      draw(...other)
      expect(correlation(kept, first)).toBeLessThan(limit)
      expect(correlation(kept, second)).toBeLessThan(limit)
    }
  })
})

/** Normal cumulative distribution, from the series of the error function. The error is below 1e-12. */
function normalCdf(x: number): number {
  if (Math.abs(x) > 6) return x > 0 ? 1 : 0
  let term = x
  let sum = x
  for (let k = 3; Math.abs(term) > 1e-16 * Math.abs(sum); k += 2) {
    term *= (x * x) / k
    sum += term
  }
  return 0.5 + (sum * Math.exp((-x * x) / 2)) / Math.sqrt(2 * Math.PI)
}

describe('the kernels\' memory', () => {
  it('throws if it is used up and never allocates the same memory twice', () => {
    const kernels = implementations.float32(bytesOf(10) + bytesOf(5))
    const [a, b] = [kernels.numbers(10), kernels.counts(5)]
    a.fill(1)
    expect([...b]).toEqual([0, 0, 0, 0, 0])
    expect(() => { for (let k = 0; k < 20; k++) kernels.numbers(10_000) }).toThrow(/used up/)
  })

  it('refuses an array that is not in it', () => {
    const kernels = roomyKernels('float32')
    const law = { threshold: 1, surrogatePeak: 1, surrogateWidth: 1 }
    expect(() => kernels.surrogates(law, kernels.numbers(4), new Float32Array(4))).toThrow(/not in its memory/)
  })
})
