import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { EpochEvent, TrainingEvent } from '../../../../src-engine/training/events.ts'
import { schemeKinds } from '../../../../src-engine/experiment/scheme.ts'
import type { Spec } from '../../../../src-engine/experiment/spec.ts'
import { isScheduled } from '../../../../src-engine/experiment/snapshots.ts'
import { kernelsFor } from '../../../../src-engine/training/kernels-for.ts'
import { sequenceTimes } from '../../../../src-engine/training/timeline.ts'
import { Trainer } from '../../../../src-engine/training/trainer.ts'
import { arithmetics, kernelsModule } from '../../../fixtures/kernels.ts'
import { schemeSettings, small } from './small.ts'

const trainerOf = (spec: Spec) => new Trainer(spec, kernelsFor(spec, kernelsModule))

function finish(trainer: Trainer): TrainingEvent[] {
  const events: TrainingEvent[] = []
  while (!trainer.done) events.push(...trainer.step())
  return events
}

const cases = arithmetics.flatMap((arithmetic) => schemeKinds.map((kind) => ({ kind, arithmetic })))

describe.each(cases)('a run of $kind in $arithmetic', ({ kind, arithmetic }) => {
  const spec = small({ scheme: schemeSettings(kind), training: { epochs: 6, arithmetic }, recording: { snapshotBest: true } })

  it('gives the same bits every time', () => {
    const [first, second] = [trainerOf(spec), trainerOf(spec)]
    expect(finish(first)).toEqual(finish(second))
    expect(first.digest()).toEqual(second.digest())
    expect(first.digest()).not.toEqual(trainerOf(spec).digest())
  })

  it('resumes from any sequence as if it had never stopped', () => {
    const whole = trainerOf(spec)
    const events = finish(whole)
    fc.assert(fc.property(fc.nat(whole.totalSequences), (stop) => {
      const before = trainerOf(spec)
      const seen: TrainingEvent[] = []
      while (before.sequencesDone < stop) seen.push(...before.step())
      const after = Trainer.restore(spec, structuredClone(before.snapshot()), kernelsFor(spec, kernelsModule))
      if (!before.done) before.step()
      expect([...seen, ...finish(after)]).toEqual(events)
      expect(after.digest()).toEqual(whole.digest())
    }), { numRuns: 8 })
  })

  it('changes weights or conductances', () => {
    const trainer = trainerOf(spec)
    const start = trainer.arrays()
    finish(trainer)
    const moved = trainer.arrays().filter(({ data }, k) =>
      data.some((value, i) => value !== start[k]!.data[i] && !Number.isNaN(value)))
    expect(moved.map(({ kind: array }) => array)).toContain(kind === 'fp32' || kind === 'accumulator' ? 'weight' : 'conductance')
  })
})

describe('a trainer', () => {
  it('emits epochs with metrics of every pattern, and the snapshots set in the recording', () => {
    const events = finish(trainerOf(small({ recording: { snapshotEvery: 4 } })))
    expect(events.filter(({ kind }) => kind === 'sequence')).toHaveLength(12)
    const epochs = events.filter((event): event is EpochEvent => event.kind === 'epoch')
    expect(epochs.map(({ epoch }) => epoch)).toEqual([1, 2, 3, 4, 5, 6])
    for (const { loss, patternLosses } of epochs) expect(loss).toBeCloseTo((patternLosses[0]! + patternLosses[1]!) / 2, 12)
    const snapshots = events.filter((event) => event.kind === 'snapshot')
    expect(snapshots.map(({ epoch }) => epoch)).toEqual([1, 4, 6])
    expect(snapshots[0]!.arrays.map(({ kind, name, shape }) => `${kind} ${name} ${shape}`)).toEqual([
      'weight input 9,12', 'weight recurrent 9,9', 'weight output 1,9',
      ...[0, 1].flatMap((p) => [
        `output pattern-${p} 60,1`, `target pattern-${p} 60,1`, expect.stringContaining(`spikes pattern-${p} `),
      ]),
    ])
  })

  it('puts the conductances and the ledger of every device into a snapshot', () => {
    const events = finish(trainerOf(small({ scheme: { kind: 'multi-memristor', pairs: 3 } })))
    const snapshot = events.findLast((event) => event.kind === 'snapshot')!
    const metrics = events.findLast((event) => event.kind === 'epoch')!
    const devices = snapshot.arrays.filter(({ name }) => ['input', 'recurrent', 'output'].includes(name))
    expect(new Set(devices.map(({ kind }) => kind)))
      .toEqual(new Set(['conductance', 'age', 'pulses.set', 'pulses.reset', 'pulses.refresh', 'pulses.read']))
    const conductances = devices.filter(({ kind }) => kind === 'conductance')
    expect(conductances.map(({ shape }) => shape.join())).toEqual(['9,12,3,2', '9,9,3,2', '1,9,3,2'])
    const total = (kind: string) => devices.filter((array) => array.kind === `pulses.${kind}`)
      .reduce((sum, { data }) => sum + [...data].reduce((part, count) => part + count, 0), 0)
    expect([total('set'), total('reset'), total('read')]).toEqual([metrics.ledger.set, metrics.ledger.reset, metrics.ledger.read])
  })

  it('tells the age of every device that drifts: the time of the experiment since its last pulse', () => {
    const trainer = trainerOf(small({ scheme: { kind: 'mixed-precision', accumulatorStep: 0.02 }, recording: { snapshotEvery: 1 } }))
    const pulsesOf = (layer: string) => {
      const [sets, resets] = ['set', 'reset'].map((kind) => trainer.snapshot()[`${layer}.ledger.${kind}`]!)
      return Array.from(sets!, (count, device) => count + resets![device]!)
    }
    const layers = ['input', 'recurrent', 'output'].map((name) => {
      const pulses = pulsesOf(name)
      return { name, pulses, writtenAt: pulses.map(() => 0) }
    })
    for (let sequence = 1; !trainer.done; sequence++) {
      const snapshot = trainer.step().find((event) => event.kind === 'snapshot')
      // With the timeline of this experiment, sequences begin 38.6 s after the WRITE before them, and are written 38.6 s later.
      const now = sequence * 2 * 38.6
      for (const layer of layers) {
        const pulses = pulsesOf(layer.name)
        layer.writtenAt = layer.writtenAt.map((time, device) => (pulses[device] === layer.pulses[device] ? time : now))
        layer.pulses = pulses
      }
      if (!snapshot) continue
      const ages = snapshot.arrays.filter(({ kind }) => kind === 'age')
      expect(ages.map(({ name }) => name)).toEqual(layers.map(({ name }) => name))
      ages.forEach(({ data }, layer) => data.forEach((age, device) => {
        if (!Number.isNaN(age)) expect(age).toBeCloseTo(now - layers[layer]!.writtenAt[device]!, 3)
      }))
      if (trainer.done) expect(Math.max(...ages.map(({ data }) => new Set(data).size))).toBeGreaterThan(3)
    }
  })

  it('presents every pattern once per epoch, in a new random order', () => {
    const task = { kind: 'sinusoids', patterns: 5, steps: 10, inputChannels: 2 }
    const events = finish(trainerOf(small({ task, training: { epochs: 8 } })))
    const orders = new Set<string>()
    for (let epoch = 1; epoch <= 8; epoch++) {
      const order = events.flatMap((event) => (event.kind === 'sequence' && event.epoch === epoch ? [event.pattern] : []))
      expect([...order].sort()).toEqual([0, 1, 2, 3, 4])
      orders.add(order.join())
    }
    expect(orders.size).toBeGreaterThan(3)
  })

  it('presents the same patterns to every scheme', () => {
    const [first, second] = ['fp32', 'sign'].map((kind) => trainerOf(small({ scheme: { kind } })).step()[0])
    if (first?.kind !== 'sequence' || second?.kind !== 'sequence') throw new Error('A run begins with a sequence')
    expect([second.pattern, second.target]).toEqual([first.pattern, first.target])
  })

  it('counts pulses cumulatively and READs only spiking columns', () => {
    const epochs = finish(trainerOf(small({ scheme: { kind: 'sign' } }))).filter((event) => event.kind === 'epoch')
    for (let k = 1; k < epochs.length; k++) {
      for (const pulse of ['set', 'reset', 'refresh', 'read'] as const) {
        expect(epochs[k]!.ledger[pulse]).toBeGreaterThanOrEqual(epochs[k - 1]!.ledger[pulse])
      }
    }
    const silent = trainerOf(small({ scheme: { kind: 'mixed-precision' }, task: { kind: 'sinusoids', patterns: 1, steps: 20, inputRate: 0 } }))
    expect(finish(silent).filter((event) => event.kind === 'epoch').at(-1)?.ledger.read).toBe(0)
  })

  it('RESETs the self-connections before each sequence only if they are read as noise', () => {
    const resets = (selfConnections: string) => finish(trainerOf(small({
      scheme: { kind: 'mixed-precision', refresh: { every: 0 } }, conventions: { selfConnections },
    }))).filter((event) => event.kind === 'epoch').at(-1)?.ledger.reset
    expect(resets('masked')).toBe(0)
    expect(resets('noise')).toBe(12 * 9 * 2)
  })

  describe('of a diverging network', () => {
    const lost = (giveUpAfter: number) => small({
      network: { recurrentNeurons: 9, threshold: 0.01, weightGain: 0.6 },
      learning: { rateInput: 1, rateRecurrent: 1, rateOutput: 1, regularisation: 0 },
      training: { epochs: 12, giveUpAfter },
    })
    const unended = finish(trainerOf(lost(0)))

    it('stops after `giveUpAfter` diverged epochs in a row, with a last snapshot', () => {
      const losses = unended.filter((event) => event.kind === 'epoch').map(({ loss }) => loss)
      const trainer = trainerOf(lost(3))
      const events = finish(trainer)
      const last = events.findLast((event) => event.kind === 'epoch')!.epoch
      expect(last).toBeLessThan(12)
      expect(losses.slice(last - 3, last).every((loss) => loss > 1000)).toBe(true)
      expect(events.at(-1)).toMatchObject({ kind: 'snapshot', epoch: last })
      expect(events.slice(0, -1)).toEqual(unended.slice(0, events.length - 1))
      expect(() => trainer.step()).toThrow(/ended/)
    })

    it('runs to the end if giving up is off or the limit is not reached', () => {
      expect(unended.filter(({ kind }) => kind === 'epoch')).toHaveLength(12)
      expect(finish(trainerOf(lost(13)))).toEqual(unended)
    })

    it('stops at the same epoch after resuming in between', () => {
      const events = finish(trainerOf(lost(3)))
      const before = trainerOf(lost(3))
      while (!before.done) {
        const after = Trainer.restore(before.spec, structuredClone(before.snapshot()), kernelsFor(before.spec, kernelsModule))
        expect(finish(after).at(-1)).toEqual(events.at(-1))
        before.step()
      }
      expect(Trainer.restore(before.spec, before.snapshot(), kernelsFor(before.spec, kernelsModule)).done).toBe(true)
    })
  })

  it('saves each new best epoch and marks the previous best as superseded unless another rule keeps it', () => {
    const spec = small({ training: { epochs: 16 }, recording: { snapshotEvery: 5, snapshotBest: true } })
    const events = finish(trainerOf(spec))
    const losses = events.filter((event) => event.kind === 'epoch').map(({ loss }) => loss)
    const kept = events.filter((event) => event.kind === 'snapshot')
    let best: number | null = null
    for (const [index, loss] of losses.entries()) {
      const epoch = index + 1
      const isBest = best === null || loss < losses[best - 1]!
      const snapshot = kept.find((one) => one.epoch === epoch)
      expect(snapshot !== undefined).toBe(isBest || isScheduled(epoch, spec))
      if (isBest) expect(snapshot!.supersedes).toBe(best !== null && !isScheduled(best, spec) ? best : null)
      else if (snapshot) expect(snapshot.supersedes).toBeNull()
      if (isBest) best = epoch
    }
    expect(kept.some(({ supersedes }) => supersedes !== null)).toBe(true)
  })

  it('restores a run of 200,000 epochs', () => {
    const epochs = 200_000
    const spec = small({ training: { epochs: epochs + 1 }, task: { kind: 'sinusoids', patterns: 1, steps: 5, inputChannels: 2 } })
    const metrics = new Float64Array(epochs).fill(0.5)
    const state = { ...trainerOf(spec).snapshot(), 'sequences': Float64Array.of(epochs), 'epoch.loss': metrics, 'epoch.rate': metrics }
    const trainer = Trainer.restore(spec, state, kernelsFor(spec, kernelsModule))
    finish(trainer)
    expect(trainer.sequencesDone).toBe(epochs + 1)
  })

  it('refuses the state of another spec and a step past the end', () => {
    const trainer = trainerOf(small())
    const smaller = small({ network: { recurrentNeurons: 8 } })
    const restore = () => Trainer.restore(smaller, trainer.snapshot(), kernelsFor(smaller, kernelsModule))
    expect(restore).toThrow(/input\.weights has 108 values.*96/)
    finish(trainer)
    expect(() => trainer.step()).toThrow(/has ended/)
  })
})

describe('the timeline', () => {
  const task = { steps: 1000, dt: 1 }

  it('waits 38.6 s after each WRITE with the corrected convention', () => {
    const [first, second] = [sequenceTimes(1, task, 'wait'), sequenceTimes(2, task, 'wait')]
    expect(first.presentedAt).toBe(38.6)
    expect(first.writtenAt - first.presentedAt).toBeCloseTo(38.6, 10)
    expect(second.presentedAt - first.writtenAt).toBeCloseTo(38.6, 10)
  })

  it('presents 0.5 ms after the WRITE with the published convention', () => {
    expect(sequenceTimes(2, task, 'immediate').presentedAt - sequenceTimes(1, task, 'immediate').writtenAt).toBeCloseTo(5e-4, 10)
  })

  it('never writes before a long sequence has ended', () => {
    expect(sequenceTimes(3, { steps: 20_000, dt: 10 }, 'immediate').writtenAt).toBe(600)
  })
})
