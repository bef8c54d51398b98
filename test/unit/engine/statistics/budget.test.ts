import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { countedEpochs, energyOf, pulsesAfter, readEnergyOf, writeEnergyOf, writeTimeOf } from '../../../../src-engine/statistics/budget.ts'
import { learningCurveOf } from '../../../fixtures/learning-curves.ts'

const costs = { set: 50, reset: 100, read: 0.1 }
const curve = learningCurveOf(250)
const sets = (pulses: number) => ({ kind: 'set' as const, pulses })
const energy = (microjoules: number) => ({ kind: 'energy' as const, microjoules })
const writeEnergy = (microjoules: number) => ({ kind: 'write-energy' as const, microjoules })

describe('the energy of pulses', () => {
  it('is their number times the energy of each, in µJ', () => {
    // 2e5·50 pJ + 1e4·100 pJ + 1e7·0.1 pJ = 10 + 1 + 1 µJ.
    expect(energyOf({ set: 200_000, reset: 10_000, read: 10_000_000 }, costs)).toBeCloseTo(12, 12)
  })

  it('is that of WRITEs and that of READs', () => {
    const pulses = { set: 200_000, reset: 10_000, read: 10_000_000 }
    expect(writeEnergyOf(pulses, costs)).toBeCloseTo(11, 12)
    expect(readEnergyOf(pulses, costs)).toBeCloseTo(1, 12)
  })

  it('uses separate costs for SET, RESET and READ', () => {
    expect(energyOf({ set: 1e6, reset: 1e3, read: 1 }, { set: 2, reset: 3, read: 5 })).toBeCloseTo(2.003005, 12)
  })
})

test('the time of WRITEs is that of SETs and RESETs one after the other, in ms', () => {
  // 2e6·50 ns + 1e4·100 ns = 100 + 1 ms.
  expect(writeTimeOf({ set: 2e6, reset: 1e4 }, { set: 50, reset: 100 })).toBeCloseTo(101, 12)
})

describe('a budget', () => {
  it.each([
    { budget: { kind: 'epochs' as const }, epochs: 250 },
    // 10 SETs per epoch.
    { budget: sets(9), epochs: 0 },
    { budget: sets(10), epochs: 1 },
    { budget: sets(99), epochs: 9 },
    { budget: sets(100), epochs: 10 },
    { budget: sets(2499), epochs: 249 },
    { budget: sets(1e9), epochs: 250 },
    // 500 + 100 + 100 pJ per epoch.
    { budget: energy(0.0006), epochs: 0 },
    { budget: energy(0.00701), epochs: 10 },
    { budget: energy(1), epochs: 250 },
    // Without the 100 pJ of READs.
    { budget: writeEnergy(0.0005), epochs: 0 },
    { budget: writeEnergy(0.00601), epochs: 10 },
    { budget: writeEnergy(1), epochs: 250 },
  ])('of $budget pays for $epochs epochs', ({ budget, epochs }) => {
    expect(countedEpochs(curve, budget, costs)).toBe(epochs)
  })

  it('counts all epochs of digital weights', () => {
    const none = () => 0
    const digital = learningCurveOf(250, { set: none, reset: none, read: none })
    for (const budget of [sets(1), energy(1e-9), writeEnergy(1e-9)]) expect(countedEpochs(digital, budget, costs)).toBe(250)
  })

  it('includes epochs without pulses after the last one that fits', () => {
    const stairs = learningCurveOf(9, { set: (epoch) => 10 * Math.ceil(epoch / 3) })
    expect(countedEpochs(stairs, sets(20), costs)).toBe(6)
  })

  it('is met, and one more epoch would exceed it', () => {
    const pulses = fc.array(fc.nat(50), { minLength: 1, maxLength: 40 })
    fc.assert(fc.property(pulses, fc.integer({ min: 1, max: 1000 }), (each, most) => {
      const total = (epoch: number) => each.slice(0, epoch).reduce((sum, n) => sum + n, 0)
      const run = learningCurveOf(each.length, { set: total })
      const epochs = countedEpochs(run, sets(most), costs)
      expect(pulsesAfter(run, epochs).set).toBeLessThanOrEqual(most)
      if (epochs < each.length) expect(pulsesAfter(run, epochs + 1).set).toBeGreaterThan(most)
    }))
  })
})

describe('the pulses of a run', () => {
  it('are cumulative up to an epoch', () => {
    expect(pulsesAfter(curve, 0)).toEqual({ set: 0, reset: 0, read: 0 })
    expect(pulsesAfter(curve, 3)).toEqual({ set: 30, reset: 3, read: 3000 })
  })
})
