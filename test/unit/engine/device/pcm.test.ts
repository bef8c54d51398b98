import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sampleOf } from '../../../../src-engine/statistics/samples.ts'
import { DeviceArray } from '../../../../src-engine/device/device-array.ts'
import { documentOf } from '../../../../src-engine/experiment/devices/registry.ts'
import { referenceKernels } from '../../../../src-engine/kernels/reference.ts'
import { type DeviceSpec, specSchema } from '../../../../src-engine/experiment/spec.ts'

const ideal: DeviceSpec = { ...specSchema.parse({}).device, writeNoise: false, readNoise: 'off', drift: false }
const noisy: DeviceSpec = specSchema.parse({}).device
const performance: DeviceSpec = { ...noisy, model: 'performance' }

const pulse = fc.record({ kind: fc.constantFrom('set' as const, 'reset' as const), device: fc.nat(3), wait: fc.nat(100) })

describe('a PCM device', () => {
  it('moves by the mean jump of the published model if noise is off', () => {
    const array = new DeviceArray(2, documentOf(ideal), 1, 0, referenceKernels)
    array.conductance.fill(0.1)
    array.set(0, 0)
    const memory = Math.exp(-1 / 2.6)
    const first = 0.1 + (-0.084 * 0.1 + 0.88 + 1.4 * memory)
    expect(array.conductance[0]).toBeCloseTo(first, 12)
    array.set(0, 0)
    expect(array.conductance[0]).toBeCloseTo(first + (-0.084 * first + 0.88 + 1.4 * memory ** 2), 12)
    expect(array.conductance[1]).toBe(0.1)
  })

  it('drifts by (age/38.6 s)^−0.04 from its own last pulse', () => {
    const array = new DeviceArray(2, documentOf({ ...ideal, drift: true }), 1, 0, referenceKernels)
    array.conductance.fill(5)
    const seen = new Float64Array(2)
    array.set(1, 100)
    const programmed = array.conductance[1]!
    array.readPair(0, 1100, 0, seen)
    expect(seen[0]).toBeCloseTo(5 * (1100 / 38.6) ** -0.04, 12)
    expect(seen[1]).toBeCloseTo(programmed * (1000 / 38.6) ** -0.04, 12)
  })

  it('stays within its range and counts every pulse in its ledger', () => {
    fc.assert(fc.property(fc.array(pulse, { maxLength: 60 }), fc.nat(), (pulses, seed) => {
      const array = new DeviceArray(4, documentOf(noisy), seed, 0, referenceKernels)
      pulses.forEach(({ kind, device, wait }, k) => array[kind](device, k * 100 + wait))
      const total = (kind: 'set' | 'reset') => array.ledger[kind].reduce((sum, n) => sum + n, 0)
      expect(total('set')).toBe(pulses.filter(({ kind }) => kind === 'set').length)
      expect(total('reset')).toBe(pulses.filter(({ kind }) => kind === 'reset').length)
      for (const g of array.conductance) expect(g >= 0.01 && g <= 12).toBe(true)
      const seen = new Float64Array(2)
      array.readPair(1, 1e5, 3, seen)
      for (const g of seen) expect(g >= 0.1 && g <= 12).toBe(true)
      expect([...array.ledger.read]).toEqual([0, 0, 1, 1])
    }))
  })

  it('keeps all other random draws if READ noise is off', () => {
    const program = (device: DeviceSpec) => {
      const array = new DeviceArray(8, documentOf(device), 5, 0, referenceKernels)
      const seen = new Float64Array(2)
      for (let k = 0; k < 40; k++) {
        array.readPair(k % 4, 50 * k, k, seen)
        if (k % 7 === 3) array.reset(k % 8, 50 * k)
        else array.set(k % 8, 50 * k)
      }
      return array.conductance
    }
    expect(program({ ...noisy, readNoise: 'off', drift: false })).toEqual(program(noisy))
  })

  it('draws new READ noise at every step of every sequence', () => {
    const array = new DeviceArray(2, documentOf(noisy), 5, 0, referenceKernels)
    const seen = new Set<number>()
    const into = new Float64Array(2)
    array.conductance.fill(6)
    for (let sequence = 0; sequence < 5; sequence++) {
      array.beginSequence(sequence)
      for (let step = 0; step < 20; step++) {
        array.readPair(0, 38.6, step, into)
        into.forEach((g) => seen.add(g))
      }
    }
    expect(seen.size).toBe(200)
  })
})

describe('performance mode', () => {
  it('are READ without noise, within the limits of the device, and both are counted', () => {
    const array = new DeviceArray(4, documentOf(performance), 1, 0, referenceKernels)
    array.conductance.set([0, 0, 0.05, 7])
    const seen = new Float64Array(2)
    array.readPair(1, 1e5, 3, seen)
    expect([...seen]).toEqual([0.1, 7])
    expect([...array.ledger.read]).toEqual([0, 0, 1, 1])
  })

  it('moves by G_max/2^bits per pulse and saturates', () => {
    const array = new DeviceArray(2, documentOf({ ...performance, bits: 2 }), 1, 0, referenceKernels)
    array.conductance.fill(0.1)
    const levels = Array.from({ length: 5 }, () => (array.set(0, 0), array.conductance[0]))
    expect(levels).toEqual([3.1, 6.1, 9.1, 12, 12])
    array.reset(0, 0)
    expect(array.conductance[0]).toBe(0.1)
  })
})

describe('the initial conductance', () => {
  it('is N(G0, 0.1·G0), at least 0.01, and the same for PCM, PCM without write noise, and performance mode', () => {
    const conductances = fc.double({ min: 0.01, max: 12, noNaN: true })
    fc.assert(fc.property(fc.nat(), fc.nat(5), conductances, (seed, array, initialConductance) => {
      const start = (device: DeviceSpec) =>
        new DeviceArray(50, documentOf({ ...device, initialConductance }), seed, array, referenceKernels).conductance
      const drawn = start(noisy)
      expect(start(ideal)).toEqual(drawn)
      expect(start(performance)).toEqual(drawn)
      for (const g of drawn) expect(g >= 0.01 && g <= 12 && Math.abs(g / initialConductance - 1) <= 0.64).toBe(true)
      expect(new Set(drawn).size).toBeGreaterThan(10)
    }))
  })

  it('has the deviation of the model', () => {
    const { conductance } = new DeviceArray(10_000, documentOf({ ...performance, initialConductance: 2 }), 1, 0, referenceKernels)
    const { mean, sd } = sampleOf(conductance)
    expect(Math.abs(mean - 2)).toBeLessThan(4 * 0.2 / 100)
    expect(Math.abs(sd! - 0.2)).toBeLessThan(4 * 0.2 / Math.sqrt(20_000))
  })

  it('becomes exactly the RESET conductance after a RESET without write noise', () => {
    for (const device of [ideal, performance]) {
      const array = new DeviceArray(2, documentOf(device), 1, 0, referenceKernels)
      array.reset(1, 0)
      expect(array.conductance[1]).toBe(0.1)
    }
  })
})
