import fc from 'fast-check'
import { expect, it } from 'vitest'
import { layerNames } from '../../../../src-engine/experiment/layers.ts'
import { parseSynapses, synapsesText } from '../../../../src-engine/experiment/recorded-synapses.ts'
import { changedParameters } from '../../../../src-engine/experiment/parameters.ts'
import { parseSpec } from '../../../../src-engine/experiment/parse.ts'
import { valueText } from '../../../../src-engine/experiment/value-text.ts'

const index = fc.nat(65_535)

it('synapses are read from the text that is written of them', () => {
  const synapse = fc.record({ layer: fc.constantFrom(...layerNames), from: index, to: index }, { noNullPrototype: true })
  fc.assert(fc.property(fc.array(synapse), (synapses) => {
    expect(parseSynapses(synapsesText(synapses))).toEqual(synapses)
  }))
})

it.each(['input 3→5', 'Input 3->5', 'input 3 > 5;', ' input 3-5,\n', 'input 3 to 5'])('%j is a synapse', (text) =>
  expect(parseSynapses(text)).toEqual([{ layer: 'input', from: 3, to: 5 }]))

it.each(['3→5', 'input 3', 'input 3→x', 'readout 3→5', 'input 3→5 7', 'input 3→5, x'])('%j is none', (text) =>
  expect(parseSynapses(text)).toBeNull())

it('synapses are shown as text in tables of parameters', () => {
  const synapses = [{ layer: 'recurrent', from: 1, to: 2 }, { layer: 'output', from: 0, to: 0 }]
  expect(valueText('recording.traces.synapses', synapses)).toBe('recurrent 1→2, output 0→0')
  const changed = changedParameters(parseSpec({ recording: { traces: { synapses } } }, 'test'))
  expect(changed.find(({ path }) => path === 'recording.traces.synapses')).toMatchObject({
    title: 'Recording · Neurons and synapses · Recorded synapses', value: 'recurrent 1→2, output 0→0',
  })
})
