import * as z from 'zod'
import { expect, it, vi } from 'vitest'
import { parseSpec } from '../../../../src-engine/experiment/parse.ts'
import { settingPaths } from '../../../../src-engine/experiment/paths.ts'
import { referenceKernels } from '../../../../src-engine/kernels/reference.ts'
import { Trainer } from '../../../../src-engine/training/trainer.ts'
import { small } from '../training/small.ts'

// What a second optimiser adds: one line in each list.
vi.mock(import('../../../../src-engine/experiment/optimisers/registry.ts'), async (original) => {
  const { optimisers } = await original()
  const schema = z.strictObject({ kind: z.literal('momentum'), decay: z.number().default(0.9) }).meta({ title: 'Momentum', help: 'A test.' })
  return { optimisers: [...optimisers, { schema }] } as never
})
vi.mock(import('../../../../src-engine/learning/optimisers/registry.ts'), async (original) => {
  const { optimiserLaws } = await original()
  const momentum = (synapses: number, { decay }: { decay: number }) => {
    const mean = new Float64Array(synapses)
    const direction = (gradient: ArrayLike<number>) => {
      mean.forEach((m, k) => { mean[k] = decay * m + gradient[k]! })
      return mean
    }
    return { state: { mean }, direction }
  }
  return { optimiserLaws: { ...optimiserLaws, momentum } } as never
})

const momentum = { kind: 'momentum' } as const
const trainerOf = (overrides: object) => new Trainer(small({ training: { epochs: 4, arithmetic: 'float64' }, ...overrides }), referenceKernels)
function trained(trainer: Trainer): Uint8Array {
  while (!trainer.done) trainer.step()
  return trainer.digest()
}

it('is a choice of every spec, whose default is gradient descent', () => {
  expect(parseSpec({}, 'test')).toMatchObject({ optimiser: { kind: 'descent' } })
  expect(parseSpec({ optimiser: momentum }, 'test')).toMatchObject({ optimiser: { kind: 'momentum', decay: 0.9 } })
  expect(settingPaths()).toEqual(expect.arrayContaining(['optimiser.kind', 'optimiser.decay']))
})

it('changes what is learned, unless it is gradient descent', () => {
  const plain = trained(trainerOf({}))
  expect(trained(trainerOf({ optimiser: { kind: 'momentum', decay: 0 } }))).toEqual(plain)
  expect(trained(trainerOf({ optimiser: momentum }))).not.toEqual(plain)
})

it('continues from a checkpoint with its state', () => {
  const trainer = trainerOf({ optimiser: momentum })
  for (let k = 0; k < 3; k++) trainer.step()
  const restored = Trainer.restore(trainer.spec, trainer.snapshot(), referenceKernels)
  expect(trained(restored)).toEqual(trained(trainer))
})
