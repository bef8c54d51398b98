import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Crossbar } from '../../../../src-engine/crossbar/crossbar.ts'
import { refresh } from '../../../../src-engine/crossbar/program.ts'
import { specSchema } from '../../../../src-engine/spec/spec.ts'

const quiet = { ...specSchema.parse({}).device, scale: 4, writeNoise: false, readNoise: false, drift: false }
const at = { now: 1000, sequence: 1, estimate: 'stored' as const }

const make = (options: Partial<ConstructorParameters<typeof Crossbar>[0]> = {}) =>
  new Crossbar({ post: 3, pre: 3, pairs: 1, device: quiet, seed: 1, array: 0, selfConnected: true, ...options })

describe('a crossbar', () => {
  it('adds (ΣG⁺ − ΣG⁻)/scale of the spiking column', () => {
    fc.assert(fc.property(
      fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 }), fc.nat(4),
      (pairs, post, pre, column) => {
        fc.pre(column < pre)
        const crossbar = make({ post, pre, pairs })
        const { conductance } = crossbar.devices
        conductance.forEach((_, device) => { conductance[device] = 0.1 + (device * 1.37) % 11 })
        const current = new Float64Array(post)
        crossbar.addSpike(column, 0, current)
        current.forEach((weight, j) => {
          const first = 2 * pairs * (j * pre + column)
          let difference = 0
          for (let p = 0; p < pairs; p++) difference += conductance[first + 2 * p] - conductance[first + 2 * p + 1]
          expect(weight).toBeCloseTo(difference / 4, 10)
        })
      },
    ))
  })

  it('has no devices on a masked diagonal: no weight, no READ', () => {
    const crossbar = make({ selfConnected: false })
    crossbar.devices.conductance.fill(5)
    crossbar.devices.conductance[2 * 4] = 9
    const current = new Float64Array(3)
    crossbar.addSpike(1, 0, current)
    expect(current[1]).toBe(0)
    expect(crossbar.devices.ledger.read[2 * 4]).toBe(0)
    expect(crossbar.devices.ledger.read[2 * 1]).toBe(1)
  })
})

describe('refresh', () => {
  const rule = { every: 1, above: 9, below: 2.25 }

  it('frees a saturated pair and keeps its difference to within one jump', () => {
    fc.assert(fc.property(fc.nat(), fc.double({ min: -2.2, max: 2.2, noNaN: true }), (seed, difference) => {
      const crossbar = make({ seed, device: specSchema.parse({}).device })
      const { conductance, ledger } = crossbar.devices
      conductance[0] = difference > 0 ? 10 + difference : 10
      conductance[1] = difference > 0 ? 10 : 10 - difference
      refresh(crossbar, rule, 0.75, at)
      expect([ledger.reset[0], ledger.reset[1], ledger.refresh[0]]).toEqual([1, 1, 1])
      expect(Math.max(conductance[0], conductance[1])).toBeLessThan(9)
      const held = conductance[0] - conductance[1]
      if (ledger.set[0] + ledger.set[1] === 0) expect(Math.abs(held)).toBeLessThan(0.1)
      else expect(Math.sign(ledger.set[0] - ledger.set[1])).toBe(Math.sign(difference))
    }))
  })

  it('writes nothing back once the difference is reached', () => {
    const crossbar = make()
    crossbar.devices.conductance[0] = 11.5
    crossbar.devices.conductance[1] = 9.5
    refresh(crossbar, rule, 0.75, at)
    // The first SET after a RESET jumps by 1.82 µS: 2 µS within half of 0.75.
    expect(crossbar.devices.ledger.set[0]).toBe(1)
    expect(crossbar.devices.ledger.set[1]).toBe(0)
  })

  it.each([
    ['a low pair', 8, 8], ['a large difference', 11, 2],
  ])('leaves %s alone', (_, plus, minus) => {
    const crossbar = make()
    crossbar.devices.conductance[0] = plus
    crossbar.devices.conductance[1] = minus
    refresh(crossbar, rule, 0.75, at)
    expect(crossbar.devices.ledger.reset[0]).toBe(0)
  })

  it('comes every so many sequences, never with 0', () => {
    const count = (every: number) => {
      const crossbar = make()
      let refreshed = 0
      for (let sequence = 1; sequence <= 12; sequence++) {
        crossbar.devices.conductance.fill(10, 0, 2)
        const before = crossbar.devices.ledger.refresh[0]
        refresh(crossbar, { ...rule, every }, 0.75, { ...at, sequence })
        refreshed += crossbar.devices.ledger.refresh[0] - before
      }
      return refreshed
    }
    expect([count(0), count(1), count(4)]).toEqual([0, 12, 3])
  })
})
