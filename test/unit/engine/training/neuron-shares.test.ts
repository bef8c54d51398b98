import { expect, it } from 'vitest'
import { kernelsFor } from '../../../../src-engine/training/kernels-for.ts'
import { alwaysFiringShare, silentShare } from '../../../../src-engine/training/neuron-shares.ts'
import { Trainer } from '../../../../src-engine/training/trainer.ts'
import { kernelsModule } from '../../../fixtures/kernels.ts'
import { small } from './small.ts'

/** Spikes as (step, neuron) pairs. */
const sequence = (...pairs: [step: number, neuron: number][]) => ({ spikes: Uint16Array.from(pairs.flat()) })

it('the silent share is the fraction of neurons without a spike in any sequence', () => {
  expect(silentShare([], 4)).toBe(1)
  expect(silentShare([sequence([3, 0], [3, 0], [7, 2])], 4)).toBe(0.5)
  expect(silentShare([sequence([3, 0]), sequence(), sequence([0, 1], [9, 3])], 4)).toBe(0.25)
  expect(silentShare([sequence([0, 0], [1, 1], [2, 2])], 3)).toBe(0)
})

it('the silent share is a metric of every epoch, over all of its patterns', () => {
  const spec = small({ network: { recurrentNeurons: 9, threshold: 1.2, weightGain: 0.6 } })
  const trainer = new Trainer(spec, kernelsFor(spec, kernelsModule))
  const shares: number[] = []
  while (!trainer.done) {
    const spikes = [...trainer.step(), ...trainer.step()]
    const sequences = spikes.filter((event) => event.kind === 'sequence')
    const epoch = spikes.find((event) => event.kind === 'epoch')!
    expect(epoch.silent).toBe(silentShare(sequences, 9))
    shares.push(epoch.silent)
  }
  expect(Math.min(...shares)).toBeLessThan(1)
  expect(Math.max(...shares)).toBeGreaterThan(0)
})

it('the always-firing share is the fraction of neurons with at least nine tenths of the possible spikes', () => {
  const firing = (count: number, neuron: number, every = 1) =>
    sequence(...Array.from({ length: count }, (_, k): [number, number] => [k * every, neuron]))
  expect(alwaysFiringShare([], 4, 10, 0)).toBe(0)
  expect(alwaysFiringShare([firing(9, 0)], 4, 10, 0)).toBe(0.25)
  expect(alwaysFiringShare([firing(8, 0)], 4, 10, 0)).toBe(0)
  expect(alwaysFiringShare([firing(9, 0), firing(8, 0)], 4, 10, 0)).toBe(0)
  expect(alwaysFiringShare([firing(5, 1, 2)], 4, 10, 1)).toBe(0.25)
  expect(alwaysFiringShare([firing(4, 1, 2)], 4, 10, 1)).toBe(0)
})

it.each(['float32', 'float64'] as const)('a network that only fires has no gradient, and says so in every epoch, in %s', (arithmetic) => {
  // Inhibition is absent and input is strong, so that every potential is soon above twice the threshold.
  const spec = small({
    network: { recurrentNeurons: 9, threshold: 0.01, weightGain: 0 }, training: { epochs: 1, arithmetic },
    device: { model: 'performance', initialConductance: 0.1 },
  })
  const trainer = new Trainer(spec, kernelsFor(spec, kernelsModule))
  const state = trainer.snapshot()
  for (const layer of ['input', 'recurrent']) state[`${layer}.weights`]!.fill(1)
  const driven = Trainer.restore(spec, state, kernelsFor(spec, kernelsModule))
  const events = []
  while (!driven.done) events.push(...driven.step())
  const epoch = events.find((event) => event.kind === 'epoch')!
  expect(epoch.alwaysFiring).toBe(1)
  expect(epoch.zeroSurrogate).toBeGreaterThan(0.99)
})

it('the share of neuron-steps without gradient survives a resume in the middle of an epoch', () => {
  const spec = small({ training: { epochs: 2 } })
  const run = (trainer: Trainer) => {
    const events = []
    while (!trainer.done) events.push(...trainer.step())
    return events.flatMap((event) => (event.kind === 'epoch' ? [event.zeroSurrogate] : []))
  }
  const unbroken = new Trainer(spec, kernelsFor(spec, kernelsModule))
  unbroken.step()
  const resumed = Trainer.restore(spec, unbroken.snapshot(), kernelsFor(spec, kernelsModule))
  const expected = run(unbroken)
  expect(expected[0]).toBeGreaterThan(0)
  expect(run(resumed)).toEqual(expected)
})
