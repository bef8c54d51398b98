import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Crossbar } from '../../../../src-engine/crossbar/crossbar.ts'
import { refresh } from '../../../../src-engine/crossbar/program.ts'
import { referenceKernels } from '../../../../src-engine/kernels/reference.ts'
import { type Kernels, type Numbers, strideOf } from '../../../../src-engine/kernels/kernels.ts'
import { Raster, rasterOf } from '../../../../src-engine/kernels/raster.ts'
import { specSchema } from '../../../../src-engine/experiment/spec.ts'
import { arithmetics, roomyKernels } from '../../../fixtures/kernels.ts'

const quiet = { ...specSchema.parse({}).device, scale: 4, writeNoise: false, readNoise: 'off' as const, drift: false }
const at = { now: 1000, sequence: 1, estimate: 'stored' as const }

const make = (options: Partial<ConstructorParameters<typeof Crossbar>[0]> = {}) =>
  new Crossbar({
    post: 3, pre: 3, pairs: 1, device: quiet, seed: 1, array: 0, selfConnected: true, kernels: referenceKernels, ...options,
  })

/** Current that one spike of `column` adds to the membranes, [post]. */
function currentOf(crossbar: Crossbar, column: number, kernels: Kernels): Numbers {
  const current = kernels.numbers(strideOf(crossbar.post))
  const spikes = Raster.within(kernels, 1, crossbar.pre)
  spikes.copy(rasterOf(1, crossbar.pre, (_, i) => i === column))
  crossbar.beginSequence({ sequence: 1, presentedAt: 100, secondsPerStep: 1e-3, steps: 1 })
  crossbar.addSpikes(spikes, 0, 0, current)
  crossbar.endSequence()
  return current.subarray(0, crossbar.post)
}

describe.each(arithmetics)('a crossbar in %s', (arithmetic) => {
  it('adds (ΣG⁺ − ΣG⁻)/scale of the spiking column', () => {
    fc.assert(fc.property(
      fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 5 }), fc.nat(4),
      (pairs, post, pre, column) => {
        fc.pre(column < pre)
        const kernels = roomyKernels(arithmetic)
        const crossbar = make({ post, pre, pairs, kernels })
        const { conductance } = crossbar.devices
        conductance.forEach((_, device) => { conductance[device] = 0.1 + (device * 1.37) % 11 })
        currentOf(crossbar, column, kernels).forEach((weight, j) => {
          const first = 2 * pairs * (j * pre + column)
          let difference = 0
          for (let p = 0; p < pairs; p++) difference += conductance[first + 2 * p]! - conductance[first + 2 * p + 1]!
          expect(weight).toBeCloseTo(difference / 4, arithmetic === 'float64' ? 10 : 5)
        })
      },
    ))
  })

  it('READs a column like its single pairs, with the same noise and drift', () => {
    const kernels = roomyKernels(arithmetic)
    const crossbar = make({ post: 7, pre: 5, pairs: 2, device: specSchema.parse({}).device, kernels })
    for (let device = 0; device < 140; device++) for (let k = 0; k < device % 6; k++) crossbar.devices.set(device, device % 40)
    const current = currentOf(crossbar, 3, kernels)
    const pair = new Float64Array(2)
    current.forEach((weight, j) => {
      let difference = 0
      for (let p = 0; p < 2; p++) {
        crossbar.devices.readPair((j * 5 + 3) * 2 + p, 100, 0, pair)
        difference += pair[0]! - pair[1]!
      }
      expect(weight).toBeCloseTo(difference / crossbar.scale, arithmetic === 'float64' ? 12 : 5)
    })
  })

  const writeTimes = [['just written', 99.999], ['written long ago', 10]] as const
  it.each(writeTimes)('follows the drift law during a long sequence: %s', (_, written) => {
    const kernels = roomyKernels(arithmetic)
    const device = { ...quiet, drift: true, driftExponent: 0.2 }
    const crossbar = make({ post: 3, pre: 2, device, kernels })
    crossbar.devices.conductance.fill(8)
    for (let pair = 0; pair < 6; pair++) crossbar.devices.reset(2 * pair + 1, written)
    crossbar.devices.state.programmedAt!.fill(written)
    const spikes = Raster.within(kernels, 1, 2)
    spikes.copy(rasterOf(1, 2, (_, i) => i === 1))
    crossbar.beginSequence({ sequence: 1, presentedAt: 100, secondsPerStep: 1e-3, steps: 2000 })
    const current = kernels.numbers(strideOf(3))
    crossbar.addSpikes(spikes, 0, 1900, current)
    const drift = ((100 + 1.9 - written) / 38.6) ** -0.2
    const shown = (g: number) => Math.min(Math.max(g * drift, 0.1), 12)
    for (const weight of current.subarray(0, 3)) expect(weight).toBeCloseTo((shown(8) - shown(0.1)) / 4, 5)
  })

  it('has no weight and no READ on a masked diagonal', () => {
    const kernels = roomyKernels(arithmetic)
    const crossbar = make({ selfConnected: false, kernels })
    crossbar.devices.conductance.fill(5)
    crossbar.devices.conductance[2 * 4] = 9
    expect(currentOf(crossbar, 1, kernels)[1]).toBe(0)
    expect(crossbar.devices.ledger.read[2 * 4]).toBe(0)
    expect(crossbar.devices.ledger.read[2 * 1]).toBe(1)
    expect(crossbar.devices.ledger.read[2 * 2]).toBe(0)
  })
})

describe('refresh', () => {
  const rule = { every: 1, above: 9, below: 2.25 }

  it('lowers a saturated pair and restores the sign of its difference', () => {
    fc.assert(fc.property(fc.nat(), fc.double({ min: -2.2, max: 2.2, noNaN: true }), (seed, difference) => {
      const crossbar = make({ seed, device: specSchema.parse({}).device })
      const { conductance, ledger } = crossbar.devices
      conductance[0] = difference > 0 ? 10 + difference : 10
      conductance[1] = difference > 0 ? 10 : 10 - difference
      refresh(crossbar, rule, 0.75, at)
      expect([ledger.reset[0], ledger.reset[1], ledger.refresh[0]]).toEqual([1, 1, 1])
      expect(Math.max(conductance[0], conductance[1])).toBeLessThan(9)
      const held = conductance[0] - conductance[1]
      if (ledger.set[0]! + ledger.set[1]! === 0) expect(Math.abs(held)).toBeLessThan(0.1)
      else expect(Math.sign(ledger.set[0]! - ledger.set[1]!)).toBe(Math.sign(difference))
    }))
  })

  it('fires no more SETs once the difference is reached', () => {
    const crossbar = make()
    crossbar.devices.conductance[0] = 11.5
    crossbar.devices.conductance[1] = 9.5
    refresh(crossbar, rule, 0.75, at)
    // The first SET after a RESET jumps by 1.82 µS, which is within 0.75/2 µS of the wanted 2 µS.
    expect(crossbar.devices.ledger.set[0]).toBe(1)
    expect(crossbar.devices.ledger.set[1]).toBe(0)
  })

  it.each([
    ['a low pair', 8, 8], ['a large difference', 11, 2],
  ])('does not touch %s', (_, plus, minus) => {
    const crossbar = make()
    crossbar.devices.conductance[0] = plus
    crossbar.devices.conductance[1] = minus
    refresh(crossbar, rule, 0.75, at)
    expect(crossbar.devices.ledger.reset[0]).toBe(0)
  })

  it('runs every `every` sequences, and never with 0', () => {
    const count = (every: number) => {
      const crossbar = make()
      let refreshed = 0
      for (let sequence = 1; sequence <= 12; sequence++) {
        crossbar.devices.conductance.fill(10, 0, 2)
        const before = crossbar.devices.ledger.refresh[0]!
        refresh(crossbar, { ...rule, every }, 0.75, { ...at, sequence })
        refreshed += crossbar.devices.ledger.refresh[0]! - before
      }
      return refreshed
    }
    expect([count(0), count(1), count(4)]).toEqual([0, 12, 3])
  })
})
