import fc from 'fast-check'
import { expect, it } from 'vitest'
import { Crossbar } from '../../../../src-engine/crossbar/crossbar.ts'
import { program, refresh } from '../../../../src-engine/crossbar/program.ts'
import { referenceKernels } from '../../../../src-engine/kernels/reference.ts'
import { specSchema } from '../../../../src-engine/experiment/spec.ts'

const crossbarOf = (changes: object = {}) => new Crossbar({
  post: 1, pre: 2, pairs: 1, device: { ...specSchema.parse({}).device, ...changes }, seed: 1, array: 0, selfConnected: true,
  kernels: referenceKernels,
})

it('fires a whole number of SETs one by one', () => {
  fc.assert(fc.property(fc.nat(12), fc.constantFrom(-1, 1), (pulses, change) => {
    const [together, apart] = [crossbarOf(), crossbarOf()]
    program(together, 1, change, pulses, 5)
    for (let k = 0; k < pulses; k++) apart.devices.set(change > 0 ? 2 : 3, 5)
    expect(together.devices.state).toEqual(apart.devices.state)
    expect(together.devices.ledger).toEqual(apart.devices.ledger)
  }))
})

it('fires a fractional last SET for a fractional number of pulses', () => {
  const changes = { writeNoise: false, nonlinearity: false, maxConductance: 100 }
  fc.assert(fc.property(fc.double({ min: 0, max: 20, noNaN: true }), (pulses) => {
    const { devices } = ((crossbar) => (program(crossbar, 0, 1, pulses, 5), crossbar))(crossbarOf(changes))
    const start = crossbarOf(changes).devices.conductance[0]!
    expect(devices.conductance[0]).toBeCloseTo(Math.max(start + 0.75 * pulses, pulses > 0 ? 0.1 : 0), 10)
    expect(devices.ledger.set[0]).toBe(Math.ceil(pulses))
  }))
})

it('a refresh writes the difference of a saturated pair back to within half a jump', () => {
  const ideal = { writeNoise: false, nonlinearity: false, readNoise: 'off' as const, drift: false, maxConductance: 100 }
  fc.assert(fc.property(fc.nat(10), fc.nat(10), (plus, minus) => {
    const crossbar = crossbarOf(ideal)
    program(crossbar, 0, 1, 40 + plus, 5)
    program(crossbar, 0, -1, 40 + minus, 5)
    const { conductance, ledger } = crossbar.devices
    const difference = conductance[0]! - conductance[1]!
    refresh(crossbar, { every: 1, above: 20, below: 50 }, 0.75, { now: 6, sequence: 3, estimate: 'stored' })
    expect(Math.abs(conductance[0]! - conductance[1]! - difference)).toBeLessThanOrEqual(0.375 + 1e-9)
    expect(Math.min(conductance[0]!, conductance[1]!)).toBeCloseTo(0.1)
    expect(ledger.refresh[0]! + ledger.refresh[1]!).toBe(2)
  }))
})
