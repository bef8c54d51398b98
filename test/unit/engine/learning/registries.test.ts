import { describe, expect, it } from 'vitest'
import { optimisers } from '../../../../src-engine/experiment/optimisers/registry.ts'
import { pairsOf, type SchemeKind, schemeColour, schemeKinds, schemeSchema, schemeTitle, traitsOf } from '../../../../src-engine/experiment/scheme.ts'
import { schemes } from '../../../../src-engine/experiment/schemes/registry.ts'
import type { Spec } from '../../../../src-engine/experiment/spec.ts'
import { referenceKernels } from '../../../../src-engine/kernels/reference.ts'
import { makeLayers } from '../../../../src-engine/learning/layer.ts'
import { optimiserLaws } from '../../../../src-engine/learning/optimisers/registry.ts'
import { schemeLaws } from '../../../../src-engine/learning/schemes/registry.ts'
import { Trainer } from '../../../../src-engine/training/trainer.ts'
import { schemeSettings, small } from '../training/small.ts'

function digestOf(spec: Spec): Uint8Array {
  const trainer = new Trainer(spec, referenceKernels)
  while (!trainer.done) trainer.step()
  return trainer.digest()
}

const specOf = (kind: SchemeKind, learning: object = {}): Spec => {
  const rates = { rateInput: 0.02, rateRecurrent: 0.02, rateOutput: 0.02, regularisation: 0.01, ...learning }
  return small({ scheme: schemeSettings(kind), learning: rates, training: { epochs: 4, arithmetic: 'float64' } })
}

describe('the lists of update schemes', () => {
  it('have the same kinds', () => {
    expect(Object.keys(schemeLaws).sort()).toEqual(schemes.map(({ kind }) => kind).sort())
  })

  it.each(['light', 'dark'] as const)('give each scheme a colour of its own on a %s background', (background) => {
    const colours = schemeKinds.map((kind) => schemeColour(kind, background))
    expect(new Set(colours).size).toBe(schemeKinds.length)
    expect(colours.filter((colour) => !/^#[0-9a-f]{6}$/.test(colour))).toEqual([])
  })

  it('reject a kind that no scheme has', () => {
    expect(() => traitsOf({ kind: 'hebbian' } as never)).toThrow('There is no update scheme hebbian. It must be fp32, accumulator,')
    expect(() => makeLayers({ ...small(), scheme: { kind: 'constructor' } } as never, referenceKernels)).toThrow('no update scheme constructor')
  })
})

describe.each(schemeKinds)('the scheme %s', (kind) => {
  it('has a title, and settings with defaults', () => {
    expect(schemeTitle(kind)).toMatch(/^[A-Z]/)
    expect(schemeSchema.parse({ kind })).toMatchObject({ kind })
  })

  it('has its weights where its traits say', () => {
    const spec = specOf(kind)
    for (const { crossbar, weights } of makeLayers(spec, referenceKernels)) {
      expect(crossbar === null).toBe(traitsOf({ kind }).substrate === 'digital')
      expect(weights === null).toBe(traitsOf({ kind }).substrate === 'crossbar')
      expect(crossbar?.pairs ?? 0).toBe(pairsOf(spec.scheme))
    }
  })

  it('learns in one epoch', () => {
    const trainer = new Trainer(specOf(kind), referenceKernels)
    const before = trainer.digest()
    while (trainer.sequencesDone < 2) trainer.step()
    expect(trainer.digest()).not.toEqual(before)
  })

  it('depends on the learning rate if its traits say so', () => {
    const isSame = Buffer.compare(digestOf(specOf(kind)), digestOf(specOf(kind, { rateOutput: 1e-5 }))) === 0
    expect(isSame).toBe(!traitsOf({ kind }).usesRate)
  })
})

it('the lists of optimisers have the same kinds', () => {
  expect(Object.keys(optimiserLaws).sort()).toEqual(optimisers.map(({ schema }) => schema.shape.kind.value).sort())
})
