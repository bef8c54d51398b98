import { describe, expect, it } from 'vitest'
import { sampleOf } from '../../../../src-engine/statistics/samples.ts'
import { strideOf } from '../../../../src-engine/kernels/kernels.ts'
import { parseSpec } from '../../../../src-engine/experiment/parse.ts'
import { kernelsFor } from '../../../../src-engine/training/kernels-for.ts'
import { Trainer } from '../../../../src-engine/training/trainer.ts'
import { arithmetics, kernelsModule, roomyKernels } from '../../../fixtures/kernels.ts'
import { crossbarWithSpikes, type ReadCase, readCurrents } from '../../../fixtures/read-currents.ts'
import { schemeSettings, small } from '../training/small.ts'

const spread = (low: number, high: number) => (k: number) => low + (high - low) * ((k * 0.618034) % 1)

/** Conductances near the lower limit, over the range and near the upper limit, with the largest distance from exact draws. */
const groups = [
  { name: 'RESET devices', conductances: spread(0.05, 0.15), distances: [0.18, 0.06, 0.03, 0.02] },
  { name: 'low devices', conductances: spread(0.1, 1), distances: [0.04, 0.03, 0.02, 0.02] },
  { name: 'devices of any conductance', conductances: spread(0.1, 12), distances: [0.03, 0.02, 0.02, 0.02] },
  { name: 'devices near the largest conductance', conductances: spread(11.5, 12), distances: [0.03, 0.03, 0.02, 0.02] },
]
const spiking = [1, 2, 5, 20]
const cases = groups.flatMap(({ name, conductances, distances }) =>
  spiking.map((count, k) => ({ name, conductances, spiking: count, distance: distances[k] })))

/** Mean, and mean square of the deviation, each with its standard error. */
function momentsOf(values: Float64Array) {
  const { n, mean, sd } = sampleOf(values)
  const variance = sd! ** 2
  const fourth = values.reduce((sum, x) => sum + (x - mean) ** 4, 0) / n
  return { mean, meanError: sd! / Math.sqrt(n), variance, varianceError: Math.sqrt((fourth - variance ** 2) / n) }
}

/** Kolmogorov-Smirnov distance of two samples. */
function distanceOf(a: Float64Array, b: Float64Array): number {
  const [x, y] = [a.toSorted(), b.toSorted()]
  let [i, j, distance] = [0, 0, 0]
  while (i < x.length && j < y.length) {
    const value = Math.min(x[i]!, y[j]!)
    while (i < x.length && x[i]! <= value) i++
    while (j < y.length && y[j]! <= value) j++
    distance = Math.max(distance, Math.abs(i / x.length - j / y.length))
  }
  return distance
}

function expectSameMoments(exact: Float64Array, summed: Float64Array): void {
  const [a, b] = [momentsOf(exact), momentsOf(summed)]
  expect(Math.abs(a.mean - b.mean)).toBeLessThan(4 * Math.hypot(a.meanError, b.meanError))
  expect(Math.abs(a.variance - b.variance)).toBeLessThan(4 * Math.hypot(a.varianceError, b.varianceError))
}

describe.each(arithmetics)('summed READs in %s', (arithmetic) => {
  const both = (of: Omit<ReadCase, 'readNoise' | 'kernels'>) => (['exact', 'summed'] as const)
    .map((readNoise) => readCurrents({ ...of, readNoise, kernels: roomyKernels(arithmetic) }))

  it.each(cases)('have the mean, variance and nearly the distribution of exact ones: $name, $spiking spikes', (one) => {
    const [exact, summed] = both({ ...one, post: 2, steps: 500, sequences: 20 })
    for (const j of [0, 1]) {
      expectSameMoments(exact![j]!, summed![j]!)
      expect(distanceOf(exact![j]!, summed![j]!)).toBeLessThan(one.distance!)
    }
  })

  it('sum all pairs of a synapse', () => {
    const [exact, summed] = both({ conductances: spread(0.05, 0.4), post: 2, pairs: 4, spiking: 2, steps: 500, sequences: 20 })
    for (const j of [0, 1]) expectSameMoments(exact![j]!, summed![j]!)
  })

  // One device drifts out of or into the range: without intervals, its moments would be far off.
  it.each([['right after the WRITE', 5e-4, 0.04, 10], ['soon after it, with a fast drift', 0.1, 0.5, 1]])(
    'follow the drift %s', (_, age, driftExponent, beyond) => {
      const [steps, sequences] = [500, 40]
      const [exact, summed] = both({
        conductances: (k) => [beyond, 0.1, 6, 0.1][k % 4]!, post: 1, spiking: 2, age, steps, sequences, device: { driftExponent },
      })
      const at = (currents: Float64Array, from: number, until: number) =>
        currents.filter((_, k) => k % steps >= from && k % steps < until)
      for (const [from, until] of [[0, 4], [4, 20], [20, 100], [100, 500]] as const) {
        expectSameMoments(at(exact![0]!, from, until), at(summed![0]!, from, until))
      }
    },
  )

  it('draw independently for each neuron and step', () => {
    const summed = both({ conductances: spread(1, 6), post: 2, spiking: 3, steps: 500, sequences: 20 })[1]!
    const limit = 4.5 / Math.sqrt(summed[0]!.length - 10)
    const [first, second] = summed.map((values) => {
      const { mean, sd } = sampleOf(values)
      return values.map((x) => (x - mean) / sd!)
    })
    const correlation = (a: Float64Array, b: Float64Array) => Math.abs(b.reduce((sum, x, k) => sum + x * a[k]!, 0) / b.length)
    expect(correlation(first!, second!)).toBeLessThan(limit)
    for (const lag of [1, 2, 8]) expect(correlation(first!, first!.subarray(lag))).toBeLessThan(limit)
  })

  const few = { conductances: spread(1, 6), spiking: 4, steps: 9, sequences: 1 }

  it('are addressed by step: earlier READs change no later one', () => {
    const later = (steps: number[]) => {
      const kernels = roomyKernels(arithmetic)
      const { crossbar, spikes } = crossbarWithSpikes({ ...few, readNoise: 'summed', kernels, post: 19 })
      const current = kernels.numbers(strideOf(19))
      crossbar.beginSequence({ sequence: 1, presentedAt: 60, secondsPerStep: 1e-3, steps: 9 })
      for (const step of steps) crossbar.addSpikes(spikes, step, step, current.fill(0))
      return [...current.subarray(0, 19)]
    }
    expect(later([0, 1, 5, 8])).toEqual(later([8]))
    expect(new Set([...later([8]), ...later([7])]).size).toBe(38)
  })

  it('are counted like exact ones', () => {
    const reads = (readNoise: ReadCase['readNoise']) => {
      const kernels = roomyKernels(arithmetic)
      const { crossbar, spikes } = crossbarWithSpikes({ ...few, readNoise, kernels, post: 4 })
      crossbar.beginSequence({ sequence: 1, presentedAt: 60, secondsPerStep: 1e-3, steps: 9 })
      for (const step of [2, 6]) crossbar.addSpikes(spikes, step, step, kernels.numbers(strideOf(4)))
      crossbar.endSequence()
      return [...crossbar.devices.ledger.read]
    }
    expect(reads('summed')).toEqual(reads('exact'))
    expect(Math.max(...reads('summed'))).toBe(2)
  })

  it('give the same bits after a resume', () => {
    const spec = small({
      scheme: schemeSettings('mixed-precision'), training: { epochs: 3, arithmetic },
      device: { initialConductance: 0.4, scale: 20, readNoise: 'summed' },
    })
    const unbroken = new Trainer(spec, kernelsFor(spec, kernelsModule))
    while (!unbroken.done) unbroken.step()
    let resumed = new Trainer(spec, kernelsFor(spec, kernelsModule))
    while (!resumed.done) {
      resumed.step()
      resumed = Trainer.restore(spec, resumed.snapshot(), kernelsFor(spec, kernelsModule))
    }
    expect(resumed.digest()).toEqual(unbroken.digest())
  })
})

describe('device.readNoise', () => {
  const of = (readNoise: unknown) => parseSpec({ device: { readNoise } }, 'test').device.readNoise

  it('is exact by default, and where an earlier version had it on', () => {
    expect(parseSpec({}, 'test').device.readNoise).toBe('exact')
    expect(of(true)).toBe('exact')
    expect(of(undefined)).toBe('exact')
  })

  it('is off where an earlier version had it off', () => {
    expect(of(false)).toBe('off')
    expect(['exact', 'summed', 'off'].map(of)).toEqual(['exact', 'summed', 'off'])
  })

  it('names the choices if it is none of them', () => {
    for (const wrong of ['sum', 1, null]) expect(() => of(wrong)).toThrow('device.readNoise must be "exact", "summed" or "off"')
  })

  const digestOf = (device: Record<string, unknown>) => {
    const spec = small({
      scheme: { kind: 'sign' }, device: { initialConductance: 0.4, scale: 20, ...device }, training: { epochs: 2 },
    })
    const trainer = new Trainer(spec, kernelsFor(spec, kernelsModule))
    while (!trainer.done) trainer.step()
    return Buffer.from(trainer.digest()).toString('hex')
  }

  it('does not change performance mode', () => {
    expect(digestOf({ model: 'performance', readNoise: 'summed' })).toBe(digestOf({ model: 'performance' }))
  })

  it('gives the bits of an earlier version where it was on or off', () => {
    expect(digestOf({ readNoise: true })).toBe(digestOf({}))
    expect(digestOf({ readNoise: false })).toBe(digestOf({ readNoise: 'off' }))
    expect(new Set(['exact', 'summed', 'off'].map((readNoise) => digestOf({ readNoise }))).size).toBe(3)
  })
})
