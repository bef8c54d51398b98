import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { conventionSets } from '../../../../src-engine/spec/conventions.ts'
import { memoryEstimate } from '../../../../src-engine/spec/estimate.ts'
import { checkSpec, parseSpec } from '../../../../src-engine/spec/parse.ts'
import { BadInput } from '../../../../src-engine/spec/problem.ts'

const problemsOf = (document: unknown) => {
  const parsed = checkSpec(document)
  return parsed.ok ? [] : parsed.problems
}

describe('a spec', () => {
  it('is complete with nothing but defaults, and corrected', () => {
    const spec = parseSpec({}, 'test')
    expect(spec.conventions).toEqual(conventionSets.corrected)
    expect([spec.task.steps, spec.network.recurrentNeurons, spec.training.epochs]).toEqual([1000, 100, 250])
    expect(parseSpec(spec, 'again')).toEqual(spec)
  })

  it.each(Object.keys(conventionSets) as (keyof typeof conventionSets)[])('takes the set of conventions "%s" by name', (name) => {
    expect(parseSpec({ conventions: name }, 'test').conventions).toEqual(conventionSets[name])
  })

  it.each([
    ['an unknown name', { network: { neurons: 3 } }, { path: 'network.neurons', found: 'an unknown name', allowed: 'only the names of the schema; check the spelling' }],
    ['NaN', { seed: NaN }, { path: 'seed', found: 'NaN', allowed: 'a number' }],
    ['1e999', JSON.parse('{"network":{"threshold":1e999}}'), { path: 'network.threshold', found: 'Infinity', allowed: 'a number' }],
    ['a negative size', { network: { recurrentNeurons: -3 } }, { path: 'network.recurrentNeurons', found: '-3', allowed: 'at least 1' }],
    ['a huge value', { training: { epochs: 1e12 } }, { path: 'training.epochs', found: '1000000000000', allowed: 'at most 1000000' }],
    ['a fraction', { training: { epochs: 1.5 } }, { path: 'training.epochs', found: '1.5', allowed: 'a whole number' }],
    ['a wrong choice', { conventions: { equations: 'maths' } }, { path: 'conventions.equations', found: '"maths"', allowed: '"paper", "nest"' }],
    ['an unknown scheme', { scheme: { kind: 'magic' } }, { path: 'scheme.kind', found: '"magic"', allowed: '"fp32", "accumulator", "sign", "stochastic", "multi-memristor", "mixed-precision", "update-ready"' }],
    ['a text for a number', { device: { scale: '12' } }, { path: 'device.scale', found: '"12"', allowed: 'a number' }],
    ['reversed amplitudes', { task: { kind: 'sinusoids', amplitudeMin: 3 } }, { path: 'task.amplitudeMax', found: '2', allowed: 'at least amplitudeMin, 3' }],
  ])('refuses %s and says where, what and what is allowed', (_, document, problem) => {
    expect(problemsOf(document)).toEqual([problem])
  })

  it('names every problem at once, and the source', () => {
    expect(() => parseSpec({ seed: -1, training: { epochs: 0 } }, 'my.json')).toThrow(BadInput)
    expect(() => parseSpec({ seed: -1, training: { epochs: 0 } }, 'my.json'))
      .toThrow(/my\.json cannot be used:\n {2}seed: found -1; allowed: at least 0\n {2}training\.epochs: found 0/)
  })

  it('refuses more than the memory budget before anything is allocated', () => {
    const huge = { network: { recurrentNeurons: 4096 }, scheme: { kind: 'multi-memristor', pairs: 64 } }
    expect(problemsOf(huge)[0]).toMatchObject({ path: 'network.recurrentNeurons', allowed: expect.stringContaining('at most 4 GiB') })
    expect(memoryEstimate(parseSpec({}, 'test'))).toBeLessThan(20e6)
  })

  it('answers any document without throwing and leaves prototypes clean', () => {
    fc.assert(fc.property(fc.anything(), (document) => {
      const parsed = checkSpec(document)
      if (!parsed.ok) expect(parsed.problems.length).toBeGreaterThan(0)
    }))
    for (const name of ['__proto__', 'constructor', 'prototype']) {
      expect(problemsOf(JSON.parse(`{"${name}": {"polluted": true}}`))[0].path).toBe(name)
    }
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
  })

  it('refuses 20,000 levels', () => {
    const deep = JSON.parse(`${'{"task":'.repeat(20_000)}1${'}'.repeat(20_000)}`)
    expect(problemsOf(deep).length).toBeGreaterThan(0)
  })
})
