import { expect, it } from 'vitest'
import { referenceKernels } from '../../../../src-engine/kernels/reference.ts'
import { makeLayers } from '../../../../src-engine/learning/layer.ts'
import { parseSpec } from '../../../../src-engine/experiment/parse.ts'

it('has its own scale in each layer, and the same devices', () => {
  const layersOf = (device: object) => {
    const spec = parseSpec({ task: { inputChannels: 3 }, network: { recurrentNeurons: 3 }, scheme: { kind: 'sign' }, device: { scale: 10, ...device } }, 'test')
    return makeLayers(spec, referenceKernels).map(({ crossbar }) => crossbar!)
  }
  const [one, own] = [layersOf({}), layersOf({ scaleRecurrent: 2, scaleOutput: 0.5 })]
  expect(one.map(({ scale }) => scale)).toEqual([10, 10, 10])
  expect(own.map(({ scale }) => scale)).toEqual([10, 20, 5])
  expect(own.map(({ devices }) => devices.conductance)).toEqual(one.map(({ devices }) => devices.conductance))
})
