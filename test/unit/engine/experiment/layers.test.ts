import { describe, expect, it } from 'vitest'
import {
  hasSelfConnections, layerNames, populationSizes, projectionOf, projections, rateOf, scaleOf, synapseCount, tracedLayers,
} from '../../../../src-engine/experiment/layers.ts'
import { parseSpec } from '../../../../src-engine/experiment/parse.ts'

const spec = parseSpec({
  task: { inputChannels: 7 }, network: { recurrentNeurons: 5 }, learning: { rateInput: 1, rateRecurrent: 2, rateOutput: 3 },
  device: { scale: 10, scaleRecurrent: 2, scaleOutput: 0.5 },
}, 'test')

describe('the layers', () => {
  // A layer's index is part of its random keys.
  it('have a fixed order', () => {
    expect(layerNames).toEqual(['input', 'recurrent', 'output'])
  })

  it('have their own rates and scales', () => {
    expect(layerNames.map((name) => rateOf(spec.learning, name))).toEqual([1, 2, 3])
    expect(layerNames.map((name) => scaleOf(spec.device, name))).toEqual([10, 20, 5])
  })

  it('have self-connections where a population projects to itself', () => {
    expect(layerNames.filter(hasSelfConnections)).toEqual(['recurrent'])
  })

  it('have eligibility traces onto recurrent neurons', () => {
    expect(projections.filter(({ to }) => to === 'recurrent').map(({ name }) => name)).toEqual(tracedLayers)
  })

  it('have the sizes of their populations', () => {
    expect(populationSizes(spec)).toEqual({ input: 7, recurrent: 5, output: 1 })
    expect(synapseCount(spec)).toBe(5 * 7 + 5 * 5 + 5)
  })

  it('reject a name that no layer has', () => {
    expect(() => projectionOf('hidden')).toThrow('There is no layer hidden. It must be input, recurrent or output.')
  })
})
