import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Crossbar } from '../../../../src-engine/crossbar/crossbar.ts'
import { referenceKernels } from '../../../../src-engine/kernels/reference.ts'
import { Accumulator, pulsesFor } from '../../../../src-engine/learning/quantise.ts'
import { Changes } from '../../../../src-engine/learning/changes.ts'
import type { LayerContext, MakeScheme } from '../../../../src-engine/learning/make-scheme.ts'
import { schemeLaws } from '../../../../src-engine/learning/schemes/registry.ts'
import { DigitalWeights } from '../../../../src-engine/network/synapses.ts'
import { type Conventions, conventionSets } from '../../../../src-engine/experiment/conventions.ts'
import { type SchemeKind, type SchemeOf, schemeSchema } from '../../../../src-engine/experiment/scheme.ts'
import { type DeviceSpec, specSchema } from '../../../../src-engine/experiment/spec.ts'

const { corrected, published } = conventionSets
const device = { ...specSchema.parse({}).device, scale: 10 }
const at = { now: 1000, sequence: 1, estimate: 'stored' as const }

const options = <Kind extends SchemeKind>(kind: Kind, settings: object = {}) =>
  schemeSchema.parse({ kind, ...settings }) as SchemeOf<Kind>

interface Setting extends Partial<LayerContext> {
  rate?: number
}

/** A scheme that is updated by gradients, as a layer does it. */
function schemeOf<Kind extends SchemeKind>(
  kind: Kind, synapses: Parameters<MakeScheme<Kind>>[0], settings: object = {}, { rate = 1, ...layer }: Setting = {},
) {
  const law: MakeScheme<Kind> = schemeLaws[kind]
  const scheme = law(synapses, options(kind, settings), { name: 'input', index: 0, seed: 9, conventions: corrected, ...layer })
  const step = scheme.fromWeight?.(rate) ?? rate
  const update = (...gradient: number[]) => scheme.update(new Changes(Float64Array.from(gradient), step), at)
  return { state: scheme.state, update }
}

const crossbarOf = (post: number, pre: number, pairs = 1, selfConnected = true, changes: Partial<DeviceSpec> = {}) =>
  new Crossbar({
    post, pre, pairs, device: { ...device, ...changes }, seed: 3, array: 0, selfConnected, kernels: referenceKernels,
  })

const sets = (crossbar: Crossbar) => [...crossbar.devices.ledger.set]

describe('FP32', () => {
  it('descends by η·gradient', () => {
    const weights = new DigitalWeights(1, 2, Float64Array.of(0.5, -0.5), referenceKernels)
    schemeOf('fp32', weights, {}, { rate: 0.1 }).update(2, -3)
    expect([...weights.weights]).toEqual([0.3, -0.2].map((w) => expect.closeTo(w, 14)))
  })
})

describe('the accumulator', () => {
  it('conserves the sum of what was added and releases whole steps', () => {
    fc.assert(fc.property(
      fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { maxLength: 50 }), fc.constantFrom('truncate' as const, 'floor' as const),
      (amounts, rounding) => {
        const accumulator = new Accumulator(1, 0.125, rounding)
        const left = amounts.reduce((sum, amount) => sum + accumulator.add(0, amount), 0)
        expect(left + accumulator.values[0]!).toBeCloseTo(amounts.reduce((sum, x) => sum + x, 0), 10)
        expect((left / 0.125) % 1).toBeCloseTo(0, 10)
        expect(Math.abs(accumulator.values[0]!)).toBeLessThanOrEqual(0.125)
      },
    ))
  })

  it('waits for a whole step if it truncates, but releases a step for a tiny negative if it floors', () => {
    expect(new Accumulator(1, 0.125, 'truncate').add(0, -1e-9)).toBe(-0)
    expect(new Accumulator(1, 0.125, 'floor').add(0, -1e-9)).toBe(-0.125)
  })

  it('moves digital weights in whole steps', () => {
    const weights = new DigitalWeights(1, 2, Float64Array.of(0, 0), referenceKernels)
    const scheme = schemeOf('accumulator', weights, {}, { rate: 0.1 })
    for (let k = 0; k < 3; k++) scheme.update(-0.5, 0.5)
    expect([...weights.weights]).toEqual([0.125, -0.125])
  })
})

describe('sign', () => {
  it('fires one SET against the gradient if |gradient| is above the threshold', () => {
    const crossbar = crossbarOf(1, 4)
    schemeOf('sign', crossbar, { stopThreshold: 1 }).update(-2, 2, 0.5, -1)
    expect(sets(crossbar)).toEqual([1, 0, 0, 1, 0, 0, 0, 0])
  })

  it.each([['input', 2], ['recurrent', 1], ['output', 4]] as const)('has its own threshold in the %s layer', (name, fired) => {
    const crossbar = crossbarOf(1, 4)
    const thresholds = { stopThreshold: 2, thresholdRecurrent: 2, thresholdOutput: 0.1 }
    schemeOf('sign', crossbar, thresholds, { name }).update(-1, 1.5, 3, -5)
    expect(sets(crossbar).reduce((sum, n) => sum + n, 0)).toBe(fired)
  })
})

describe('stochastic', () => {
  it('fires with probability |ΔW|·scale/p_scale', () => {
    const crossbar = crossbarOf(100, 100)
    schemeOf('stochastic', crossbar, { probabilityScale: 0.5 }, { rate: 0.01 }).update(...new Float64Array(10_000).fill(-1))
    const fired = crossbar.devices.ledger.set.reduce((sum, n) => sum + n, 0)
    expect(Math.abs(fired - 2000)).toBeLessThan(4 * Math.sqrt(10_000 * 0.2 * 0.8))
    expect(sets(crossbar).every((n, d) => d % 2 === 0 || n === 0)).toBe(true)
  })
})

describe('multi-memristor', () => {
  it('fires its pulses at the pairs in turn', () => {
    const counts = fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 1, maxLength: 8 })
    fc.assert(fc.property(fc.integer({ min: 1, max: 8 }), counts, (pairs, pulses) => {
      const crossbar = crossbarOf(1, 1, pairs)
      const scheme = schemeOf('multi-memristor', crossbar, { pairs, refresh: { every: 0 } })
      for (const count of pulses) scheme.update(-(count + 0.5) * 0.075)
      const plus = sets(crossbar).filter((_, d) => d % 2 === 0)
      expect(plus.reduce((sum, n) => sum + n, 0)).toBe(pulses.reduce((sum, n) => sum + n, 0))
      expect(Math.max(...plus) - Math.min(...plus)).toBeLessThanOrEqual(1)
    }))
  })

  it('fires N times as many pulses if the change is planned for the mean', () => {
    const fired = (conventions: typeof corrected | typeof published) => {
      const crossbar = crossbarOf(1, 1, 4)
      schemeOf('multi-memristor', crossbar, { refresh: { every: 0 } }, { conventions }).update(0.76)
      return sets(crossbar).reduce((sum, n) => sum + n, 0)
    }
    expect([fired(corrected), fired(published)]).toEqual([10, 40])
  })
})

describe('mixed precision', () => {
  it('fires no pulse until a step is due, then trunc(δ·scale/ε)', () => {
    const crossbar = crossbarOf(1, 1)
    const scheme = schemeOf('mixed-precision', crossbar, {}, { rate: 0.05 })
    scheme.update(2)
    expect(sets(crossbar)).toEqual([0, 0])
    scheme.update(2)
    // δ·scale/ε = 0.125·10/0.75 = 1.67
    expect(sets(crossbar)).toEqual([0, 1])
    expect(scheme.state.accumulator![0]).toBeCloseTo(0.075, 12)
  })

  it('rounds a fraction of a pulse up with the published convention', () => {
    const pulses = (counts: Conventions['pulseCounts'], granular = true) => pulsesFor(1.25, { smallestJump: 0.75, counts, granular })
    expect([pulses('per-synapse'), pulses('round-up'), pulses('round-up', false)]).toEqual([1, 2, 1.25 / 0.75])
  })

  it('never fires at a masked device', () => {
    const crossbar = crossbarOf(2, 2, 1, false)
    schemeOf('mixed-precision', crossbar).update(-1, -1, -1, -1)
    expect(sets(crossbar).map((n) => n > 0)).toEqual([false, false, true, false, true, false, false, false])
  })
})

describe('update-ready', () => {
  const change = (plus: number, minus: number) => {
    const crossbar = crossbarOf(1, 1)
    crossbar.devices.conductance.set([plus, minus])
    schemeOf('update-ready', crossbar).update(-0.25)
    const { set, reset } = crossbar.devices.ledger
    return { set: [...set], reset: [...reset] }
  }

  it('programs the device if it can take the change', () => {
    // 0.25·10/0.75 = 3.3 pulses
    expect(change(5, 5)).toEqual({ set: [3, 0], reset: [0, 0] })
  })

  it('RESETs the opposite device if the change is too large, then programs the pair to the wanted difference', () => {
    // Wanted: 9 − 1 + 2.5 = 10.5. After the RESET of G⁻: 9 − 0.1. So about 1.6 µS are missing.
    expect(change(9, 1)).toEqual({ set: [2, 0], reset: [0, 1] })
  })
})

describe('devices without granularity', () => {
  const linear = { writeNoise: false, nonlinearity: false, granularity: false, initialConductance: 1, maxConductance: 100 }
  const moved = (crossbar: Crossbar, run: () => void) => {
    const difference = () => [...crossbar.devices.conductance].reduce((sum, g, device) => sum + (device % 2 === 0 ? g : -g), 0)
    const before = difference()
    run()
    return difference() - before
  }
  const gradients = fc.double({ min: -3, max: 3, noNaN: true })

  it('apply exactly the change that multi-memristor wants and share the pulses among the pairs', () => {
    const conventionsOf = fc.constantFrom(corrected, published)
    fc.assert(fc.property(gradients, fc.integer({ min: 1, max: 8 }), conventionsOf, (gradient, pairs, conventions) => {
      const crossbar = crossbarOf(1, 1, pairs, true, linear)
      const scheme = schemeOf('multi-memristor', crossbar, { pairs, refresh: { every: 0 } }, { conventions })
      const share = conventions === published ? pairs : 1
      expect(moved(crossbar, () => scheme.update(gradient))).toBeCloseTo(-gradient * 10 * share, 9)
      const side = sets(crossbar).filter((_, device) => device % 2 === (gradient < 0 ? 0 : 1))
      expect(Math.max(...side) - Math.min(...side)).toBeLessThanOrEqual(1)
      // A fraction counts as a turn: the next change begins at the pair after it.
      expect(Math.max(...scheme.state.turn!)).toBe(side.reduce((sum, n) => sum + n, 0) % pairs)
    }))
  })

  it('apply the exact steps δ of mixed precision and update-ready with either pulse-count convention', () => {
    const made = [
      (crossbar: Crossbar, conventions: Conventions) => schemeOf('mixed-precision', crossbar, {}, { conventions }),
      (crossbar: Crossbar, conventions: Conventions) => schemeOf('update-ready', crossbar, { limit: 25 }, { conventions }),
    ]
    fc.assert(fc.property(fc.double({ min: -1, max: 1, noNaN: true }), fc.constantFrom(...made), (gradient, make) => {
      for (const pulseCounts of ['per-synapse', 'round-up'] as const) {
        const crossbar = crossbarOf(1, 1, 1, true, linear)
        const scheme = make(crossbar, { ...corrected, pulseCounts })
        const change = moved(crossbar, () => scheme.update(gradient))
        expect(change).toBeCloseTo((scheme.state.accumulator![0]! - gradient) * 10, 9)
      }
    }))
  })

  it('receive whole pulses from sign and stochastic', () => {
    const sign = crossbarOf(1, 1, 1, true, linear)
    expect(moved(sign, () => schemeOf('sign', sign).update(-1e-3))).toBeCloseTo(0.75, 12)
    const stochastic = crossbarOf(1, 1, 1, true, linear)
    expect(moved(stochastic, () => schemeOf('stochastic', stochastic).update(-5))).toBeCloseTo(0.75, 12)
  })
})
