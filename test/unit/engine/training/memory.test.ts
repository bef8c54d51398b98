import fc from 'fast-check'
import { expect, it } from 'vitest'
import { bytesOf, type Kernels } from '../../../../src-engine/kernels/kernels.ts'
import { referenceKernels } from '../../../../src-engine/kernels/reference.ts'
import { memoryEstimate } from '../../../../src-engine/experiment/estimate.ts'
import { parseSpec } from '../../../../src-engine/experiment/parse.ts'
import { schemeKinds } from '../../../../src-engine/experiment/scheme.ts'
import { kernelBytes } from '../../../../src-engine/training/memory.ts'
import { Trainer } from '../../../../src-engine/training/trainer.ts'

/** Reference kernels that count the bytes allocated in them. */
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

it('kernelBytes equals the memory that the trainer of any spec allocates', () => {
  const size = fc.integer({ min: 1, max: 40 })
  const form = fc.constantFrom('filtered', 'running')
  const kinds = fc.constantFrom(...schemeKinds)
  const readNoises = fc.constantFrom('exact', 'summed')
  const sizes = fc.tuple(size, size, size)
  fc.assert(fc.property(kinds, sizes, form, readNoises, (kind, [neurons, inputChannels, steps], gradientForm, readNoise) => {
    const spec = parseSpec({
      task: { kind: 'sinusoids', patterns: 1, steps: steps + 1, inputChannels },
      network: { recurrentNeurons: neurons },
      learning: { gradientForm },
      scheme: { kind },
      device: { readNoise },
    }, 'test')
    const { kernels, taken } = counting()
    new Trainer(spec, kernels)
    expect(taken()).toBe(kernelBytes(spec))
    expect(memoryEstimate(spec)).toBeGreaterThan(kernelBytes(spec))
  }))
})

it('the memory estimate stays below 400 MB for 1,000 recurrent neurons on PCM', () => {
  const spec = parseSpec({ network: { recurrentNeurons: 1000 }, scheme: { kind: 'mixed-precision' } }, 'test')
  expect(memoryEstimate(spec)).toBeLessThan(400e6)
})
