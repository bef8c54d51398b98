import fc from 'fast-check'
import { expect, it } from 'vitest'
import { bytesOf, type Kernels } from '../../../../src-engine/kernels/kernels.ts'
import { referenceKernels } from '../../../../src-engine/kernels/reference.ts'
import { memoryEstimate } from '../../../../src-engine/spec/estimate.ts'
import { parseSpec } from '../../../../src-engine/spec/parse.ts'
import { schemeKinds } from '../../../../src-engine/spec/scheme.ts'
import { kernelBytes } from '../../../../src-engine/training/memory.ts'
import { Trainer } from '../../../../src-engine/training/trainer.ts'

/** Kernels that add up what is taken of their memory. */
function counting(): { kernels: Kernels; taken: () => number } {
  let bytes = 0
  const count = <View>(length: number, bytesPerElement: number, view: View) => {
    bytes += bytesOf(length, bytesPerElement)
    return view
  }
  const { numbers, counts, indices } = referenceKernels
  const kernels: Kernels = {
    ...referenceKernels,
    numbers: (length) => count(length, 4, numbers(length)),
    counts: (length) => count(length, 4, counts(length)),
    indices: (length) => count(length, 2, indices(length)),
  }
  return { kernels, taken: () => bytes }
}

it('is exactly what the trainer of any spec takes', () => {
  const size = fc.integer({ min: 1, max: 40 })
  const form = fc.constantFrom('filtered', 'running')
  const kinds = fc.constantFrom(...schemeKinds)
  fc.assert(fc.property(kinds, size, size, size, form, (kind, neurons, inputChannels, steps, gradientForm) => {
    const spec = parseSpec({
      task: { kind: 'sinusoids', patterns: 1, steps: steps + 1, inputChannels },
      network: { recurrentNeurons: neurons },
      learning: { gradientForm },
      scheme: { kind },
    }, 'test')
    const { kernels, taken } = counting()
    new Trainer(spec, kernels)
    expect(taken()).toBe(kernelBytes(spec))
    expect(memoryEstimate(spec)).toBeGreaterThan(kernelBytes(spec))
  }))
})

it('stays below 400 MB for 1,000 recurrent neurons on PCM', () => {
  const spec = parseSpec({ network: { recurrentNeurons: 1000 }, scheme: { kind: 'mixed-precision' } }, 'test')
  expect(memoryEstimate(spec)).toBeLessThan(400e6)
})
