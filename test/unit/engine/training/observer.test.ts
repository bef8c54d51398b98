import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MOST_POINTS, type UpdateAudit } from '../../../../src-engine/analysis/observation.ts'
import { type SchemeKind, schemeKinds } from '../../../../src-engine/experiment/scheme.ts'
import type { Spec } from '../../../../src-engine/experiment/spec.ts'
import { kernelsFor } from '../../../../src-engine/training/kernels-for.ts'
import { Observer } from '../../../../src-engine/training/observer.ts'
import type { ObserverHook } from '../../../../src-engine/training/observer-hook.ts'
import { fullTraces, synapseTraces } from '../../../../src-engine/training/synapse-traces.ts'
import { Trainer } from '../../../../src-engine/training/trainer.ts'
import { MOST_CHANGES } from '../../../../src-engine/training/update-audit.ts'
import { arithmetics, kernelsModule } from '../../../fixtures/kernels.ts'
import { schemeSettings, small } from './small.ts'

const trainerOf = (spec: Spec) => new Trainer(spec, kernelsFor(spec, kernelsModule))
const sum = (values: Iterable<number>) => [...values].reduce((total, value) => total + value, 0)

const rates = { rateInput: 0.02, rateRecurrent: 0.02, rateOutput: 0.02, regularisation: 0.01 }

/** Runs an experiment with an observer and collects the audits of all sequences. */
function observe(spec: Spec): { trainer: Trainer; audits: UpdateAudit[] } {
  const trainer = trainerOf(spec)
  const observer = new Observer(spec)
  const audits: UpdateAudit[] = []
  while (!trainer.done) {
    trainer.step(observer)
    audits.push(...observer.observation.audits)
  }
  return { trainer, audits }
}

const cases = arithmetics.flatMap((arithmetic) => schemeKinds.map((kind) => ({ kind, arithmetic })))

describe.each(cases)('a run of $kind in $arithmetic, observed at every step,', ({ kind, arithmetic }) => {
  it('gives the same bits as an unobserved run', () => {
    fc.assert(fc.property(fc.nat(1000), fc.constantFrom('corrected', 'published', 'nest'), (seed, conventions) => {
      const spec = small({ seed, conventions, scheme: schemeSettings(kind), training: { epochs: 6, arithmetic } })
      const unobserved = trainerOf(spec)
      while (!unobserved.done) unobserved.step()
      const { trainer } = observe(spec)
      expect(trainer.digest()).toEqual(unobserved.digest())
      expect(trainer.snapshot()).toEqual(unobserved.snapshot())
    }), { numRuns: 4 })
  })
})

describe('the traces of a synapse', () => {
  it.each(arithmetics)('sum up to the gradient of e-prop, in %s', (arithmetic) => {
    const wide = fc.record({
      seed: fc.nat(1000), neuron: fc.nat(8), input: fc.nat(11),
      conventions: fc.constantFrom('corrected', 'published', 'nest'), gradientForm: fc.constantFrom('filtered', 'running'),
    })
    fc.assert(fc.property(wide, ({ seed, neuron, input, conventions, gradientForm }) => {
      const learning = { ...rates, gradientForm, gradientClip: 1e12 }
      const spec = small({ seed, conventions, learning, training: { epochs: 2, arithmetic } })
      let calls = 0
      let traced = { input: 0, recurrent: 0 }
      const observer: ObserverHook = {
        learned(record, target, options) {
          calls += 1
          traced = {
            input: fullTraces({ layer: 'input', neuron, presynaptic: input }, record, target, options).gradient,
            recurrent: synapseTraces({ layer: 'recurrent', neuron, presynaptic: input % 9 }, record, target, options).gradient,
          }
        },
        beforeUpdate: () => {},
        afterUpdate({ name }, gradient) {
          if (name === 'output') return
          const largest = Math.max(...gradient.map(Math.abs))
          const found = gradient[name === 'input' ? neuron * 12 + input : neuron * 9 + (input % 9)]!
          const tolerance = (arithmetic === 'float64' ? 1e-9 : 1e-4) * largest
          expect(Math.abs(traced[name] - found)).toBeLessThanOrEqual(tolerance)
        },
      }
      const trainer = trainerOf(spec)
      while (!trainer.done) trainer.step(observer)
      expect(calls).toBe(4)
    }), { numRuns: 20 })
  })

  it('of a long sequence are thinned to their extremes but keep every spike', () => {
    const spec = small({ task: { kind: 'sinusoids', patterns: 1, steps: 20_000, inputChannels: 3, inputRate: 100 }, training: { epochs: 1 } })
    let largest = -Infinity
    const observer = new Observer(spec)
    const trainer = trainerOf(spec)
    const learned = observer.learned.bind(observer)
    observer.learned = (record, target, options) => {
      learned(record, target, options)
      largest = Math.max(...fullTraces(observer.synapse, record, target, options).membrane)
      expect(observer.observation.traces!.spikes).toHaveLength(record.spikeCounts[0]!)
    }
    trainer.step(observer)
    const { membrane } = observer.observation.traces!
    expect(membrane.bucket).toBeGreaterThan(1)
    expect(membrane.values.length).toBeLessThanOrEqual(MOST_POINTS)
    expect(Math.max(...membrane.values)).toBe(Math.fround(largest))
  })

  it('of a missing self-connection have gradient 0', () => {
    const spec = small()
    const observer = new Observer(spec)
    observer.synapse = { layer: 'recurrent', neuron: 2, presynaptic: 2 }
    trainerOf(spec).step(observer)
    expect(observer.observation.traces).toMatchObject({ connected: false, gradient: 0 })
  })

  it('of an input with the number of its neuron are those of a connection', () => {
    const spec = small()
    const observer = new Observer(spec)
    observer.synapse = { layer: 'input', neuron: 2, presynaptic: 2 }
    trainerOf(spec).step(observer)
    expect(observer.observation.traces!.connected).toBe(true)
  })
})

describe('the audit of an update', () => {
  const auditOf = (kind: SchemeKind, overrides: Record<string, unknown> = {}) =>
    observe(small({ scheme: schemeSettings(kind), training: { epochs: 6, arithmetic: 'float64' }, ...overrides }))

  it('measures exactly the wanted change if nothing is quantised', () => {
    for (const { wanted, due, realised, synapses, layer } of auditOf('fp32', { learning: { ...rates, weightClip: 1000 } }).audits) {
      expect(due).toBe(wanted)
      expect(realised).toBeCloseTo(wanted, 9)
      expect(synapses).toBe({ input: 108, recurrent: 72, output: 9 }[layer])
    }
  })

  it.each(['accumulator', 'mixed-precision', 'update-ready'] as const)('shows whole steps as due in %s', (kind) => {
    const { audits } = auditOf(kind)
    expect(sum(audits.map(({ due }) => due))).toBeGreaterThan(0)
    for (const { changes } of audits) {
      changes.due.forEach((due) => expect(Math.abs(due / 0.02 - Math.round(due / 0.02))).toBeLessThan(1e-4))
    }
  })

  it('measures exactly the due change of digital weights', () => {
    for (const { due, realised } of auditOf('accumulator', { learning: { ...rates, weightClip: 1000 } }).audits) expect(realised).toBeCloseTo(due, 9)
  })

  const withDevices = schemeKinds.filter((kind) => kind !== 'fp32' && kind !== 'accumulator')

  it.each(withDevices)('counts the same pulses as the ledger in %s', (kind) => {
    const { trainer, audits } = auditOf(kind)
    const ledger = (pulse: string) => sum(Object.entries(trainer.snapshot())
      .flatMap(([name, values]) => (name.endsWith(`.ledger.${pulse}`) ? [sum(values)] : [])))
    expect(sum(audits.map(({ sets }) => sets))).toBe(ledger('set'))
    expect(sum(audits.map(({ resets }) => resets))).toBe(ledger('reset'))
    expect(ledger('set')).toBeGreaterThan(0)
  })

  it('lists one pulse in the wanted direction for each change of sign', () => {
    for (const { changes, scale, refreshed } of auditOf('sign', { scheme: { kind: 'sign', refresh: { every: 0 } } }).audits) {
      expect([scale, refreshed]).toEqual([20, 0])
      changes.pulses.forEach((pulses, k) => {
        expect(Math.abs(pulses)).toBe(1)
        expect(Math.sign(pulses)).toBe(Math.sign(changes.wanted[k]!))
        expect(changes.due[k]).toBeCloseTo((pulses * 0.75) / 20, 6)
      })
    }
  })

  it('excludes refreshed synapses', () => {
    const refresh = { every: 1, above: 0.1, below: 25 }
    const { audits } = auditOf('sign', { scheme: { kind: 'sign', refresh } })
    expect(sum(audits.map(({ refreshed }) => refreshed))).toBeGreaterThan(0)
    for (const { synapses, refreshed, changes } of audits) {
      expect(changes.synapse.length).toBeLessThanOrEqual(synapses - refreshed)
    }
  })

  it('samples synapses of every presynaptic neuron in a large layer and limits the listed changes', () => {
    const network = { recurrentNeurons: 512, threshold: 0.3, weightGain: 0.6 }
    const task = { kind: 'sinusoids', patterns: 1, steps: 20, inputChannels: 12, inputRate: 100 }
    const recurrent = auditOf('fp32', { network, task, training: { epochs: 1 } }).audits[1]!
    expect(recurrent.every).toBe(5)
    expect(recurrent.synapses).toBeLessThanOrEqual(2 ** 16)
    expect(recurrent.changes.synapse.length).toBeLessThanOrEqual(MOST_CHANGES)
    const columns = new Set(Array.from({ length: Math.ceil(512 * 512 / 5) }, (_, k) => (5 * k) % 512))
    expect(columns.size).toBe(512)
  })
})
