import { expect, it } from 'vitest'
import { kernelsFor } from '../../../../src-engine/training/kernels-for.ts'
import { silentShare } from '../../../../src-engine/training/silent-share.ts'
import { Trainer } from '../../../../src-engine/training/trainer.ts'
import { kernelsModule } from '../../../fixtures/kernels.ts'
import { small } from './small.ts'

/** Spikes as (step, neuron) pairs. */
const sequence = (...pairs: [step: number, neuron: number][]) => ({ spikes: Uint16Array.from(pairs.flat()) })

it('is the fraction of neurons without a spike in any sequence', () => {
  expect(silentShare([], 4)).toBe(1)
  expect(silentShare([sequence([3, 0], [3, 0], [7, 2])], 4)).toBe(0.5)
  expect(silentShare([sequence([3, 0]), sequence(), sequence([0, 1], [9, 3])], 4)).toBe(0.25)
  expect(silentShare([sequence([0, 0], [1, 1], [2, 2])], 3)).toBe(0)
})

it('is a metric of every epoch, over all of its patterns', () => {
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
