import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseSpec } from '../../../../../src-engine/experiment/parse.ts'
import { runCharts } from '../../../../../src-engine/charts/run-charts.ts'
import { chosenCharts, columnsFor, offeredCharts } from '../../../../../src-renderer/views/run/chart-list.ts'
import { comparedBits, isSameSpec } from '../../../../../src-renderer/views/run/same-spec.ts'
import { withinReach } from '../../../../../src-renderer/views/run/watched.ts'
import { summaryOf } from '../../fixtures.ts'

describe('chosen charts', () => {
  const everything = runCharts.map(({ name }) => name)

  it('keep their order, without unknown names', () => {
    expect(chosenCharts(['audit', 'of a later version', 'loss'], everything)).toEqual(['loss', 'audit'])
    expect(chosenCharts(['audit', 'loss'], ['loss'])).toEqual(['loss'])
    expect(new Set(everything).size).toBe(14)
  })

  it('are offered only if they have something to show', () => {
    const nothing = { epochs: [], neurons: [], synapses: [] }
    const stored = { isLive: false, hasSnapshots: true, hasDevices: true, recorded: nothing }
    const without = (...names: string[]) => everything.filter((name) => !names.includes(name))
    const recordings = ['membrane', 'signal', 'eligibility', 'audit', 'updates', 'update-pulses']
    expect(offeredCharts({ ...stored, isLive: true, hasSnapshots: false })).toEqual(without('updates', 'update-pulses'))
    expect(offeredCharts(stored)).toEqual(without(...recordings))
    expect(offeredCharts({ ...stored, hasDevices: false })).toEqual(without(...recordings, 'sets', 'saturation'))
    expect(offeredCharts({ ...stored, hasSnapshots: false, hasDevices: false })).toEqual(['loss'])
    const neuron = { ...nothing, epochs: [5], neurons: [4] }
    expect(offeredCharts({ ...stored, recorded: neuron })).toEqual(without('eligibility', 'audit', 'updates', 'update-pulses'))
    const output = { ...nothing, synapses: [{ layer: 'output' as const, from: 1, to: 0 }] }
    expect(offeredCharts({ ...stored, recorded: output })).toEqual(without('membrane', 'signal', 'eligibility', 'audit'))
    const input = { ...neuron, synapses: [{ layer: 'input' as const, from: 1, to: 4 }] }
    expect(offeredCharts({ ...stored, recorded: input })).toEqual(without('audit'))
    expect(offeredCharts({ ...stored, hasDevices: false, recorded: input })).toEqual(without('audit', 'sets', 'saturation', 'update-pulses'))
  })

  it.each([[1, 900, 1], [6, 900, 2], [12, 1000, 3], [12, 700, 2], [12, 200, 1], [6, 0, 2]])(
    '%i charts in %i px have %i columns', (charts, width, columns) => expect(columnsFor(charts, width)).toBe(columns),
  )
})

describe('the watched synapse', () => {
  const spec = parseSpec({ task: { kind: 'sinusoids', inputChannels: 12 }, network: { recurrentNeurons: 9 } }, 'test')

  it('exists for any indices', () => {
    fc.assert(fc.property(fc.double(), fc.double(), fc.constantFrom('input', 'recurrent'), (neuron, presynaptic, layer) => {
      const synapse = withinReach({ layer, neuron, presynaptic }, spec)
      expect(synapse.neuron).toBeGreaterThanOrEqual(0)
      expect(synapse.neuron).toBeLessThan(9)
      expect(synapse.presynaptic).toBeLessThan(layer === 'input' ? 12 : 9)
      expect(Number.isInteger(synapse.neuron) && Number.isInteger(synapse.presynaptic)).toBe(true)
    }))
    expect(withinReach({ layer: 'input', neuron: 3, presynaptic: 11 }, spec)).toEqual({ layer: 'input', neuron: 3, presynaptic: 11 })
  })
})

describe('runs of the same spec', () => {
  const spec = parseSpec({ seed: 7 }, 'test')
  const environment = { application: '', node: '', electron: null, v8: '', sqlite: '', os: '', cpu: 'one', cores: 2, engineDigest: 'e' }
  const run = (runId: string, digest: string, changes: Partial<typeof environment> = {}) =>
    ({ summary: summaryOf({ runId, digest }), spec, environment: { ...environment, ...changes } })

  it('may differ in name only', () => {
    expect(isSameSpec(spec, { ...spec, name: 'again', preset: 'x' })).toBe(true)
    expect(isSameSpec(spec, { ...spec, seed: 8 })).toBe(false)
  })

  it('are bit-identical if their digests are equal', () => {
    expect(comparedBits(run('a', 'd'), run('b', 'd', { cpu: 'two' }))).toEqual({ same: true, text: 'Bit-identical to b' })
    expect(comparedBits(run('a', 'd'), run('b', 'x', { engineDigest: 'f' })))
      .toEqual({ same: false, text: 'Differs from b: different engine, same processor' })
  })
})
