import { describe, expect, it } from 'vitest'
import { firingRates } from '../../../../src-engine/analysis/spikes.ts'

describe('firingRates', () => {
  it('counts spikes of each neuron per second', () => {
    const spikes = Uint16Array.from([0, 2, 5, 0, 5, 2])
    expect([...firingRates(spikes, 3, 500, 1)]).toEqual([2, 0, 4])
    expect([...firingRates(spikes, 3, 500, 0.5)]).toEqual([4, 0, 8])
  })
})
