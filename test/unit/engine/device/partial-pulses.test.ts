import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sampleOf } from '../../../../src-engine/statistics/samples.ts'
import { DeviceArray } from '../../../../src-engine/device/device-array.ts'
import { documentOf } from '../../../../src-engine/experiment/devices/registry.ts'
import { referenceKernels } from '../../../../src-engine/kernels/reference.ts'
import { type DeviceSpec, specSchema } from '../../../../src-engine/experiment/spec.ts'

/** With this maximum, the tested conductances are far from both ends of the range and never clipped. */
const noisy: DeviceSpec = { ...specSchema.parse({}).device, maxConductance: 100 }
const exact: DeviceSpec = { ...noisy, writeNoise: false }
const DEVICES = 20_000

const pcmOf = (device: DeviceSpec, conductance: number, devices = 2, memory = 1) => {
  const array = new DeviceArray(devices, documentOf(device), 7, 0, referenceKernels)
  array.conductance.fill(conductance)
  array.state.memory!.fill(memory)
  return array
}

const setAll = (array: DeviceArray, share?: number) => {
  for (let device = 0; device < array.conductance.length; device++) array.set(device, 0, share)
}

/** Published mean jump μ; `memory` is P after the pulse. */
const meanJump = (g: number, memory: number) => -0.084 * g + 0.88 + 1.4 * memory
const deviationOfJump = (g: number, memory: number) => 0.091 * g + 0.26 + 2.15 * memory

const conductances = fc.double({ min: 0.1, max: 30, noNaN: true })
const memories = fc.double({ min: 0, max: 1, noNaN: true })
const shares = fc.double({ min: 1e-6, max: 1, noNaN: true })

describe('a fractional SET', () => {
  it('of 1 is bit-identical to a whole SET', () => {
    fc.assert(fc.property(conductances, memories, fc.boolean(), (g, memory, nonlinearity) => {
      const device = () => pcmOf({ ...noisy, nonlinearity }, g, 2, memory)
      const [whole, share] = [device(), device()]
      for (let k = 0; k < 5; k++) {
        whole.set(0, k)
        share.set(0, k, 1)
      }
      expect(share.state).toEqual(whole.state)
      expect(share.ledger).toEqual(whole.ledger)
    }))
  })

  it('counts as one SET and updates pulse memory and time', () => {
    fc.assert(fc.property(conductances, memories, shares, (g, memory, share) => {
      const array = pcmOf(noisy, g, 2, memory)
      array.set(1, 50, share)
      expect([...array.ledger.set]).toEqual([0, 1])
      expect(array.state.memory![1]).toBeCloseTo(memory * Math.exp(-share / 2.6), 14)
      expect(array.state.programmedAt![1]).toBe(50)
    }))
  })

  it.each([0.05, 0.3, 0.5, 0.9, 1])('of %f moves G by f·μ with deviation √f·σ, within four standard errors', (share) => {
    for (const [g, memory] of [[10, 1], [20, 0.3], [8, 0]] as const) {
      const array = pcmOf(noisy, g, DEVICES, memory)
      setAll(array, share)
      const after = memory * Math.exp(-share / 2.6)
      const sigma = Math.sqrt(share) * deviationOfJump(g, after)
      const { mean, sd } = sampleOf(array.conductance)
      expect(Math.abs(mean - g - share * meanJump(g, after))).toBeLessThan(4 * sigma / Math.sqrt(DEVICES))
      expect(Math.abs(sd! - sigma)).toBeLessThan(4 * sigma / Math.sqrt(2 * DEVICES))
    }
  })

  it.each([2, 5])('split into %i parts averages to one SET within four standard errors if jumps are linear', (parts) => {
    for (const [g, memory] of [[10, 0.2], [20, 1]] as const) {
      const split = pcmOf({ ...noisy, nonlinearity: false }, g, DEVICES, memory)
      const whole = pcmOf({ ...noisy, nonlinearity: false }, g, DEVICES, memory)
      for (let k = 0; k < parts; k++) setAll(split, 1 / parts)
      setAll(whole)
      const [a, b] = [sampleOf(split.conductance), sampleOf(whole.conductance)]
      expect(Math.abs(a.mean - b.mean)).toBeLessThan(4 * Math.hypot(a.sd!, b.sd!) / Math.sqrt(DEVICES))
    }
  })

  it('split into two halves equals one SET to first order if jumps depend on G and P', () => {
    fc.assert(fc.property(conductances, memories, (g, memory) => {
      const [halves, whole] = [pcmOf(exact, g, 2, memory), pcmOf(exact, g, 2, memory)]
      halves.set(0, 0, 0.5)
      halves.set(0, 0, 0.5)
      whole.set(0, 0)
      // The first half has decayed P by only half a pulse, which adds ½·1.4·P·(e^(−½/2.6) − e^(−1/2.6)). The second starts at a higher G.
      const first = 0.5 * meanJump(g, memory * Math.exp(-0.5 / 2.6))
      const apart = 0.7 * memory * (Math.exp(-0.5 / 2.6) - Math.exp(-1 / 2.6)) - 0.042 * first
      fc.pre(whole.conductance[0]! > 0.1 && halves.conductance[0]! > 0.1)
      expect(halves.conductance[0]! - whole.conductance[0]!).toBeCloseTo(apart, 10)
      expect(halves.state.memory![0]).toBeCloseTo(whole.state.memory![0]!, 14)
    }))
  })

  it('moves an ideal device by that fraction of G_max/2^bits', () => {
    fc.assert(fc.property(shares, (share) => {
      const array = new DeviceArray(2, documentOf({ ...noisy, model: 'performance', bits: 4 }), 1, 0, referenceKernels)
      array.conductance.fill(20)
      array.set(1, 0, share)
      expect(array.conductance[1]).toBeCloseTo(20 + share * 100 / 16, 12)
      expect([...array.ledger.set]).toEqual([0, 1])
    }))
  })
})

describe('a device without nonlinearity', () => {
  it('jumps by 0.75 µS at any G and P', () => {
    fc.assert(fc.property(conductances, memories, fc.nat(10), (g, memory, before) => {
      const array = pcmOf({ ...exact, nonlinearity: false }, g, 2, memory)
      for (let k = 0; k < before; k++) array.set(0, 0)
      expect(array.conductance[0]).toBeCloseTo(g + 0.75 * before, 10)
    }))
  })

  it('keeps the deviation of its jumps and all random draws', () => {
    fc.assert(fc.property(fc.double({ min: 35, max: 50, noNaN: true }), memories, (g, memory) => {
      const [linear, published] = [false, true].map((nonlinearity) => pcmOf({ ...noisy, nonlinearity }, g, 20, memory))
      setAll(linear!)
      setAll(published!)
      const apart = 0.75 - meanJump(g, memory * Math.exp(-1 / 2.6))
      linear!.conductance.forEach((value, device) => expect(value - published!.conductance[device]!).toBeCloseTo(apart, 9))
    }))
  })
})
