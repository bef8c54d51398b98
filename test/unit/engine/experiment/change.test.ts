import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { changesBetween, withChanges } from '../../../../src-engine/experiment/change.ts'
import { conventionSets } from '../../../../src-engine/experiment/conventions.ts'
import { parseSpec } from '../../../../src-engine/experiment/parse.ts'
import { schemeKinds } from '../../../../src-engine/experiment/scheme.ts'
import type { Spec, SpecInput } from '../../../../src-engine/experiment/spec.ts'

const complete = (document: unknown): Spec => parseSpec(document, 'test')

const document = fc.record({
  scheme: fc.constantFrom(...schemeKinds).map((kind) => ({ kind })),
  learning: fc.record({ rateInput: fc.double({ min: 1e-6, max: 1, noNaN: true }) }, { requiredKeys: [] }),
  device: fc.record({ writeNoise: fc.boolean(), scale: fc.integer({ min: 1, max: 100 }) }, { requiredKeys: [] }),
  conventions: fc.constantFrom(...Object.values(conventionSets)),
  seed: fc.nat(),
}, { requiredKeys: ['scheme'] }) as fc.Arbitrary<SpecInput>

describe('changesBetween', () => {
  it('turns one spec into the other, except for seed and labels', () => {
    fc.assert(fc.property(document, document, (from, to) => {
      const [before, after] = [complete(from), complete(to)]
      const changed = complete(withChanges(before, changesBetween(before, after, complete)))
      expect({ ...changed, seed: after.seed }).toEqual(after)
    }))
  })

  it('is empty between a spec and itself', () => {
    fc.assert(fc.property(document, (one) => {
      expect(changesBetween(complete(one), complete(one), complete)).toEqual([])
    }))
  })

  it('has a new kind first, then only values that differ from its defaults', () => {
    const to = complete({ scheme: { kind: 'mixed-precision', accumulatorStep: 0.05 } })
    expect(changesBetween(complete({}), to, complete)).toEqual([
      { path: 'scheme.kind', value: 'mixed-precision' }, { path: 'scheme.accumulatorStep', value: 0.05 },
    ])
  })
})
