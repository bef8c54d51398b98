import { describe, expect, it } from 'vitest'
import { groupReplicates, replicateKey } from '../../../../src-engine/experiment/replicates.ts'
import { specSchema, type SpecInput } from '../../../../src-engine/experiment/spec.ts'

const run = (id: string, spec: SpecInput) => ({ id, spec: specSchema.parse(spec) })

describe('groupReplicates', () => {
  it('groups runs that differ only in seed and labels, in the order of their first run', () => {
    const groups = groupReplicates([
      run('a', { seed: 1, name: 'first' }),
      run('b', { seed: 1, network: { threshold: 0.2 } }),
      run('c', { seed: 2, name: 'second', preset: 'p' }),
    ])
    expect(groups.map(({ runs }) => runs.map(({ id }) => id))).toEqual([['a', 'c'], ['b']])
  })

  it('separates runs that differ in the last digit of one learning rate', () => {
    const runs = [run('a', { learning: { rateInput: 2e-5 } }), run('b', { learning: { rateInput: 2.0000001e-5 } })]
    expect(groupReplicates(runs)).toHaveLength(2)
  })

  it('does not depend on the order of keys', () => {
    const spec = specSchema.parse({})
    expect(replicateKey(Object.fromEntries(Object.entries(spec).reverse()) as typeof spec)).toBe(replicateKey(spec))
  })
})
