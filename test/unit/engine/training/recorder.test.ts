import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseSpec } from '../../../../src-engine/experiment/parse.ts'
import { UPDATES_PER_ARRAY } from '../../../../src-engine/experiment/recording.ts'
import { type SchemeKind, schemeKinds } from '../../../../src-engine/experiment/scheme.ts'
import type { Spec } from '../../../../src-engine/experiment/spec.ts'
import type { Numbers } from '../../../../src-engine/kernels/kernels.ts'
import type { NeuronRecord } from '../../../../src-engine/network/neurons/neuron.ts'
import type { NamedArray, RecordingEvent, TrainingEvent } from '../../../../src-engine/training/events.ts'
import { kernelsFor } from '../../../../src-engine/training/kernels-for.ts'
import type { ObserverHook } from '../../../../src-engine/training/observer-hook.ts'
import { neuronTraces } from '../../../../src-engine/training/synapse-traces.ts'
import { Trainer } from '../../../../src-engine/training/trainer.ts'
import { arithmetics, kernelsModule } from '../../../fixtures/kernels.ts'
import { schemeSettings, small } from './small.ts'

const trainerOf = (spec: Spec) => new Trainer(spec, kernelsFor(spec, kernelsModule))

function finish(trainer: Trainer): TrainingEvent[] {
  const events: TrainingEvent[] = []
  while (!trainer.done) events.push(...trainer.step())
  return events
}

const recordings = (events: readonly TrainingEvent[]) => events.filter((event): event is RecordingEvent => event.kind === 'recording')
const find = (arrays: readonly NamedArray[], kind: string, name: string) =>
  [...arrays.find((array) => array.kind === kind && array.name === name)!.data]

const traces = {
  neurons: [7], every: 2,
  synapses: [{ layer: 'input', from: 3, to: 5 }, { layer: 'recurrent', from: 2, to: 4 }, { layer: 'output', from: 1, to: 0 }],
}
const recording = (kind: SchemeKind, arithmetic = 'float64', more: object = {}) =>
  small({ scheme: schemeSettings(kind), training: { epochs: 5, arithmetic }, recording: { traces }, ...more })

/** Sum over all earlier steps, by the definition of e-prop with one decay per filter. */
function eligibilityByDefinition(
  psi: number[], spikes: boolean[], { alpha, kappa, delay }: { alpha: number; kappa: number; delay: number },
): number[] {
  const trace = psi.map((_, t) =>
    spikes.slice(0, Math.max(0, t + 1 - delay)).reduce((sum, spike, s) => sum + (spike ? alpha ** (t - delay - s) : 0), 0))
  return psi.map((_, t) => psi.slice(0, t + 1).reduce((sum, value, s) => sum + kappa ** (t - s) * value * trace[s]!, 0))
}

describe('a recording', () => {
  it('has the traces that follow from the definition of e-prop, of the first pattern', () => {
    const spec = recording('mixed-precision')
    const { network, task, learning } = spec
    const [alpha, kappa] = [Math.exp(-task.dt / network.tauRecurrent), Math.exp(-task.dt / network.tauOutput)]
    const expected: Record<string, number[]>[] = []
    let seen = {} as Record<string, number[]>
    const observer: ObserverHook = {
      learned(record, target, { feedback, steps, neurons, outputs, equations }) {
        const membrane = Array.from({ length: steps }, (_, t) => record.membrane[t * neurons + 5]!)
        const psi = membrane.map((v) =>
          network.surrogateHeight * Math.max(0, 1 - Math.abs(v - network.threshold) / network.threshold))
        const fired = (raster: typeof record.spikes, neuron: number) => Array.from({ length: steps }, (_, t) =>
          raster.neurons.slice(raster.offsets[t], raster.offsets[t + 1]).includes(neuron))
        const rate = record.spikeCounts[5]! / (steps * task.dt / 1000)
        const errorOf = (t: number) => Array.from({ length: outputs }, (_, o) =>
          feedback[o * neurons + 5]! * (record.output[t * outputs + o]! - target[t * outputs + o]!))
        const signal = psi.map((_, t) =>
          errorOf(t).reduce((sum, each) => sum + each, learning.regularisation * (rate - learning.targetRate)))
        const filters = { alpha, kappa, delay: equations.inputTraceDelay }
        const eligibility = eligibilityByDefinition(psi, fired(record.input, 3), filters)
        seen = { membrane, signal, eligibility, spikes: fired(record.spikes, 5).flatMap((spike, t) => (spike ? [t] : [])) }
      },
      beforeUpdate: () => {},
      afterUpdate: () => {},
    }
    const trainer = trainerOf(spec)
    const events: TrainingEvent[] = []
    while (!trainer.done) {
      const made = trainer.step(observer)
      const [sequence] = made
      if (sequence?.kind === 'sequence' && sequence.pattern === 0) expected[sequence.epoch] = seen
      events.push(...made)
    }
    const recorded = recordings(events)
    expect(recorded.map(({ epoch }) => epoch)).toEqual([2, 4, 5])
    for (const { epoch, arrays } of recorded) {
      const near = (found: number[], wanted: number[]) => found.forEach((value, t) => expect(value).toBeCloseTo(wanted[t]!, 6))
      const { membrane, signal, eligibility, spikes } = expected[epoch]!
      expect(find(arrays, 'recorded.membrane', 'neuron-5')).toEqual(membrane!.map(Math.fround))
      expect(find(arrays, 'recorded.spikes', 'neuron-5')).toEqual(spikes)
      expect(new Set(find(arrays, 'recorded.threshold', 'neuron-5'))).toEqual(new Set([Math.fround(network.threshold)]))
      near(find(arrays, 'recorded.signal', 'neuron-5'), signal!)
      near(find(arrays, 'recorded.eligibility', 'input-3-5'), eligibility!)
    }
    expect(Math.max(...expected[2]!.eligibility!)).toBeGreaterThan(0)
    expect(recorded[0]!.arrays.map(({ kind, name }) => `${kind} ${name}`).filter((name) => name.includes('membrane'))).toEqual(
      ['recorded.membrane neuron-4', 'recorded.membrane neuron-5', 'recorded.membrane neuron-7'])
    expect(recorded[0]!.arrays.filter(({ kind }) => kind === 'recorded.eligibility').map(({ name }) => name)).toEqual(['input-3-5', 'recurrent-2-4'])
  })

  it('has the threshold at every step where a neuron model changes it', () => {
    let found: ArrayLike<number> = []
    let expected: number[] = []
    const observer: ObserverHook = {
      learned(record, target, options) {
        // A threshold that follows the membrane potential.
        const neuron = Object.create(options.equations.neuron, {
          thresholds: { value: ({ membrane }: NeuronRecord, out: Numbers) => out.set(membrane.map((value) => 1 + value)) },
        }) as typeof options.equations.neuron
        found = neuronTraces(3, record, target, { ...options, equations: { ...options.equations, neuron } }).threshold
        expected = Array.from({ length: options.steps }, (_, t) => 1 + record.membrane[t * options.neurons + 3]!)
      },
      beforeUpdate: () => {},
      afterUpdate: () => {},
    }
    trainerOf(recording('fp32')).step(observer)
    expect([...found as Float64Array]).toEqual(expected)
    expect(new Set(expected).size).toBeGreaterThan(1)
  })

  it.each(schemeKinds)('of %s has the changes and pulses that the states before and after each update give', (kind) => {
    const synapses = Array.from({ length: 9 }, (_, to) => ({ layer: 'input', from: 3, to }))
    const spec = recording(kind, 'float64', { recording: { traces: { synapses, every: 2 } } })
    const trainer = trainerOf(spec)
    let gradients = new Float64Array(9 * 12)
    const observer: ObserverHook = {
      learned: () => {},
      beforeUpdate({ name }, all) { if (name === 'input') gradients = Float64Array.from(all) },
      afterUpdate: () => {},
    }
    /** Value, SETs on G⁺, SETs on G⁻, RESETs and refreshes of a synapse. */
    const stateOf = (synapse: number) => {
      const state = trainer.snapshot()
      const sum = (name: string, first: 0 | 1) => {
        const values = state[`input.${name}`] ?? new Uint32Array()
        const each = values.length / (9 * 12)
        return [...values.slice(synapse * each, (synapse + 1) * each)]
          .reduce((total, value, k) => total + (k % 2 === first ? value : 0), 0)
      }
      const weight = () => (sum('device.conductance', 0) - sum('device.conductance', 1)) / spec.device.scale
      const value = state['input.weights']?.[synapse] ?? weight()
      const resets = sum('ledger.reset', 0) + sum('ledger.reset', 1)
      return [value, sum('ledger.set', 0), sum('ledger.set', 1), resets, sum('ledger.refresh', 0)]
    }
    const places = synapses.map(({ to }) => to * 12 + 3)
    /** [synapse][epoch][gradient, requested and actual change, pulses] */
    const rows: number[][][] = places.map(() => [])
    const recorded: RecordingEvent[] = []
    while (!trainer.done) {
      for (const each of rows) each.push(new Array<number>(7).fill(0))
      for (let k = 0; k < spec.task.patterns; k++) {
        const before = places.map(stateOf)
        recorded.push(...recordings(trainer.step(observer)))
        places.forEach((synapse, index) => {
          const grown = stateOf(synapse).map((value, part) => value - before[index]![part]!)
          const parts = [gradients[synapse]!, -spec.learning.rateInput * gradients[synapse]!, ...grown]
          parts.forEach((value, part) => { rows[index]!.at(-1)![part]! += value })
        })
      }
    }
    const hasDevices = spec.scheme.kind !== 'fp32' && spec.scheme.kind !== 'accumulator'
    let changed = 0
    synapses.forEach(({ to }, index) => {
      const name = `input-3-${to}`
      const changes = recorded.flatMap(({ arrays }) => find(arrays, 'recorded.change', name))
      expect(changes).toHaveLength(4 * 5)
      rows[index]!.forEach((row, epoch) => {
        expect(changes[4 * epoch]).toBeCloseTo(row[0]!, 5)
        expect(changes[4 * epoch + 1]).toBeCloseTo(row[1]!, 6)
        expect(changes[4 * epoch + 3]).toBeCloseTo(row[2]!, 6)
        if (row[0] !== 0 && row[2] !== 0) changed += 1
      })
      if (hasDevices) {
        expect(recorded.flatMap(({ arrays }) => find(arrays, 'recorded.pulses', name))).toEqual(rows[index]!.flatMap((row) => row.slice(3)))
      }
    })
    expect(changed).toBeGreaterThan(0)
    expect(recorded.some(({ arrays }) => arrays.some((array) => array.kind === 'recorded.pulses'))).toBe(hasDevices)
  })

  it.each(arithmetics)('is the same after a resume from any sequence, in %s', (arithmetic) => {
    const spec = recording('mixed-precision', arithmetic, { recording: { traces: { ...traces, every: 4 } } })
    const whole = trainerOf(spec)
    const events = finish(whole)
    fc.assert(fc.property(fc.nat(whole.totalSequences), (stop) => {
      const before = trainerOf(spec)
      const seen: TrainingEvent[] = []
      while (before.sequencesDone < stop) seen.push(...before.step())
      const after = Trainer.restore(spec, structuredClone(before.snapshot()), kernelsFor(spec, kernelsModule))
      if (!before.done) before.step()
      expect([...seen, ...finish(after)]).toEqual(events)
    }), { numRuns: 10 })
  })

  it('changes no result', () => {
    const [recorded, plain] = [trainerOf(recording('stochastic')), trainerOf(recording('stochastic', 'float64', { recording: {} }))]
    const events = finish(recorded)
    expect(events.filter(({ kind }) => kind !== 'recording')).toEqual(finish(plain))
    expect(recorded.digest()).toEqual(plain.digest())
    expect(Object.keys(plain.snapshot()).filter((name) => name.startsWith('recorder'))).toEqual([])
  })

  it('keeps the traces of the last epoch alone by default, also if a run is ended early', () => {
    const lastOnly = { traces: { neurons: [1] } }
    expect(recordings(finish(trainerOf(recording('fp32', 'float64', { recording: lastOnly })))).map(({ epoch }) => epoch)).toEqual([5])
    const diverging = recording('fp32', 'float64', {
      recording: lastOnly, network: { recurrentNeurons: 9, threshold: 0.3, weightGain: 100 }, learning: { rateOutput: 1000 },
      training: { epochs: 50, giveUpAfter: 3, arithmetic: 'float64' },
    })
    const events = finish(trainerOf(diverging))
    const last = events.filter(({ kind }) => kind === 'epoch').length
    expect(last).toBeLessThan(50)
    expect(recordings(events).map(({ epoch, arrays }) => [epoch, arrays.map(({ kind }) => kind)])).toEqual(
      [[last, ['recorded.membrane', 'recorded.threshold', 'recorded.signal', 'recorded.spikes']]])
  })

  it('saves the updates of a long run in pieces', () => {
    const synapses = [{ layer: 'output', from: 1, to: 0 }]
    const task = { kind: 'sinusoids', patterns: 1, steps: 10, inputChannels: 3, inputRate: 100 }
    const spec = recording('fp32', 'float64', { task, recording: { traces: { synapses } }, training: { epochs: 230, arithmetic: 'float64' } })
    const found = recordings(finish(trainerOf(spec)))
    expect(found.map(({ epoch, arrays }) => [epoch, arrays[0]!.shape])).toEqual(
      [[UPDATES_PER_ARRAY, [100, 4]], [2 * UPDATES_PER_ARRAY, [100, 4]], [230, [30, 4]]])
  })

  it('has a synapse that is named twice once', () => {
    const twice = { synapses: [traces.synapses[0]!, traces.synapses[0]!] }
    const [found] = recordings(finish(trainerOf(recording('fp32', 'float64', { recording: { traces: twice } }))))
    expect(found!.arrays.filter(({ kind }) => kind === 'recorded.change')).toHaveLength(1)
  })
})

describe('the spec of a recording', () => {
  it('is absent where nothing is recorded, so that equal experiments have equal documents', () => {
    expect(Object.keys(parseSpec({}, 'test').recording)).not.toContain('traces')
    expect(parseSpec({ recording: { traces: { every: 5 } } }, 'test')).toEqual(parseSpec({}, 'test'))
  })

  it('refuses neurons and synapses that the network does not have', () => {
    const parse = (chosen: object) => () => small({ recording: { traces: chosen } })
    expect(parse({ neurons: [8] })).not.toThrow()
    expect(parse({ neurons: [0, 9] })).toThrow('recording.traces.neurons.1 must be below 9, the number of recurrent neurons. Found 9.')
    expect(parse({ synapses: [{ layer: 'input', from: 12, to: 0 }] })).toThrow('synapses.0.from must be below 12, the number of input channels')
    expect(parse({ synapses: [{ layer: 'output', from: 0, to: 1 }] })).toThrow('synapses.0.to must be below 1, the number of outputs')
    expect(parse({ neurons: Array.from({ length: 65 }, () => 0) })).toThrow('a list of up to 64')
  })
})
