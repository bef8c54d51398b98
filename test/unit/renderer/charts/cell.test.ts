import { expect, it } from 'vitest'
import { cellText } from '../../../../src-renderer/charts/cell.ts'
import type { Image, Plot } from '../../../../src-engine/figure/figure.ts'

const scale = { from: 0, to: 1, colours: ['#000000', '#ffffff'], missing: '#888888' }
const plot = (image: Partial<Image>, y: Partial<Plot['y']> = {}): Plot => ({
  title: '', x: { scale: 'linear', name: 'Input channel', isWhole: true }, y: { scale: 'linear', name: 'Neuron', isWhole: true, ...y } as Plot['y'],
  marks: [{ kind: 'image', name: 'G⁺ (µS)', values: [1, 2.345, 3, NaN], columns: 2, x: [-0.5, 1.5], y: [-0.5, 1.5], scale, ...image }],
})

it('tells the value, the neurons and their units', () => {
  expect(cellText(plot({}), { x: 1.2, y: -0.2 })).toBe('G⁺ 2.35 µS · Input channel 1 · Neuron 0')
  expect(cellText(plot({}), { x: 1, y: 1 })).toBe('G⁺ none µS · Input channel 1 · Neuron 1')
})

it('tells the ends of blocks and bins', () => {
  expect(cellText(plot({ x: [-0.5, 7.5] }), { x: 5, y: 0 })).toBe('G⁺ 2.35 µS · Input channel 4 to 7 · Neuron 0')
  expect(cellText(plot({ y: [0, 0.5], name: 'Synapses' }, { name: 'Weight', isWhole: false }), { x: 0, y: 0.3 }))
    .toBe('Synapses 3 · Input channel 0 · Weight 0.250 to 0.500')
})

it('tells nothing beside the image', () => {
  for (const at of [{ x: -0.6, y: 0 }, { x: 1.6, y: 0 }, { x: 0, y: 2 }]) expect(cellText(plot({}), at)).toBeNull()
  expect(cellText({ ...plot({}), marks: [] }, { x: 0, y: 0 })).toBeNull()
})
