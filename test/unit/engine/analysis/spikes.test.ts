import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { firingRates, MOST_MARKS, spikeCounts, spikeMarks } from '../../../../src-engine/analysis/spikes.ts'

describe('firing rates', () => {
  const counts = spikeCounts(Uint16Array.of(0, 0, 3, 2, 7, 2), 3)

  it('divide the spikes of each neuron by the duration', () => {
    expect([...counts]).toEqual([1, 0, 2])
    expect([...firingRates(counts, 500, 1)]).toEqual([2, 0, 4])
    expect([...firingRates(counts, 500, 0.5)]).toEqual([4, 0, 8])
  })
})

describe('spike marks', () => {
  it('are the spikes themselves up to the limit', () => {
    const spikes = Uint16Array.of(0, 0, 3, 2)
    expect(spikeMarks(spikes, 3, 5)).toEqual({ spikes, stepsPerMark: 1, neuronsPerMark: 1 })
  })

  it('mark every cell that has a spike and never exceed the limit', () => {
    const [manyNeurons, manySteps] = [fc.integer({ min: 1, max: 4096 }), fc.integer({ min: 200, max: 20_000 })]
    fc.assert(fc.property(manyNeurons, manySteps, fc.nat(), (neurons, steps, seed) => {
      const spikes = new Uint16Array(2 * (MOST_MARKS + 50_000))
      for (let k = 0, state = seed; k < spikes.length; k += 2) {
        state = (Math.imul(state, 1664525) + 1013904223) >>> 0
        spikes[k] = state % steps
        spikes[k + 1] = (state >>> 13) % neurons
      }
      const marks = spikeMarks(spikes, neurons, steps)
      const cell = (step: number, neuron: number) =>
        Math.floor(step / marks.stepsPerMark) * 8192 + Math.floor(neuron / marks.neuronsPerMark)
      const marked = new Set<number>()
      for (let k = 0; k < marks.spikes.length; k += 2) marked.add(cell(marks.spikes[k]!, marks.spikes[k + 1]!))
      let unseen = 0
      for (let k = 0; k < spikes.length; k += 2) if (!marked.has(cell(spikes[k]!, spikes[k + 1]!))) unseen += 1
      expect(unseen).toBe(0)
      expect(marks.spikes.length).toBeLessThanOrEqual(2 * MOST_MARKS)
    }), { numRuns: 10 })
  })
})
