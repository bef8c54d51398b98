import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { conventionSets } from '../../../../src-engine/experiment/conventions.ts'
import { memoryEstimate } from '../../../../src-engine/experiment/estimate.ts'
import { checkSpec, parseSpec } from '../../../../src-engine/experiment/parse.ts'
import { BadInput } from '../../../../src-engine/experiment/problem.ts'

const problemsOf = (document: unknown) => {
  const parsed = checkSpec(document)
  return parsed.ok ? [] : parsed.problems
}

describe('a spec', () => {
  it('is complete with defaults alone, and has the corrected conventions', () => {
    const spec = parseSpec({}, 'test')
    expect(spec.conventions).toEqual(conventionSets.corrected)
    expect([spec.task.steps, spec.network.recurrentNeurons, spec.training.epochs]).toEqual([1000, 100, 250])
    expect(parseSpec(spec, 'again')).toEqual(spec)
  })

  it('has the default kind where a task or scheme gives none', () => {
    expect(parseSpec({ task: { steps: 20 }, scheme: {} }, 'test')).toEqual(parseSpec({ task: { kind: 'sinusoids', steps: 20 } }, 'test'))
    expect(problemsOf({ task: { file: 'a.csv' } })).toEqual([{ path: 'task.file', rule: 'is not a setting of the chosen task', found: '' }])
    expect(problemsOf({ scheme: { kind: undefined } })).toMatchObject([{ path: 'scheme.kind' }])
  })

  it.each(Object.keys(conventionSets) as (keyof typeof conventionSets)[])('accepts the set of conventions "%s" by name', (name) => {
    expect(parseSpec({ conventions: name }, 'test').conventions).toEqual(conventionSets[name])
  })

  it('truncates the accumulator with published conventions, as torch.floor_divide did until PyTorch 1.12, and floors it only by its own set', () => {
    const { published, 'published-floored': floored } = conventionSets
    expect(published.rounding).toBe('truncate')
    expect(floored).toEqual({ ...published, rounding: 'floor' })
  })

  it.each([
    ['an unknown name', { network: { neurons: 3 } }, { path: 'network.neurons', rule: 'is not a setting. Check the spelling', found: '' }],
    ['a typing error', { training: { epoch: 3 } }, { path: 'training.epoch', rule: 'is not a setting. Did you mean training.epochs?', found: '' }],
    ['a setting of another scheme', { scheme: { kind: 'sign', pairs: 3 } }, { path: 'scheme.pairs', rule: 'is not a setting of the chosen scheme', found: '' }],
    ['NaN', { seed: NaN }, { path: 'seed', rule: 'must be a whole number between 0 and 9007199254740991', found: 'NaN' }],
    ['1e999', JSON.parse('{"network":{"threshold":1e999}}'), { path: 'network.threshold', rule: 'must be a number between 0.0001 and 1000', found: 'Infinity' }],
    ['a negative size', { network: { recurrentNeurons: -3 } }, { path: 'network.recurrentNeurons', rule: 'must be between 1 and 4096', found: '-3' }],
    ['a huge value', { training: { epochs: 1e12 } }, { path: 'training.epochs', rule: 'must be between 1 and 1000000', found: '1000000000000' }],
    ['a fraction', { training: { epochs: 1.5 } }, { path: 'training.epochs', rule: 'must be a whole number between 1 and 1000000', found: '1.5' }],
    ['a wrong choice', { conventions: { equations: 'maths' } }, { path: 'conventions.equations', rule: 'must be "paper" or "nest"', found: '"maths"' }],
    ['an unknown scheme', { scheme: { kind: 'magic' } }, {
      path: 'scheme.kind', found: '"magic"',
      rule: 'must be "fp32", "accumulator", "sign", "stochastic", "multi-memristor", "mixed-precision" or "update-ready"',
    }],
    ['a text for a number', { device: { scale: '12' } }, { path: 'device.scale', rule: 'must be a number between 0.001 and 1000000 µS', found: '"12"' }],
    ['reversed amplitudes', { task: { kind: 'sinusoids', amplitudeMin: 3 } }, { path: 'task.amplitudeMax', rule: 'must be at least the smallest amplitude, 3', found: '2' }],
  ])('refuses %s with the path, the rule and what was found', (_, document, problem) => {
    expect(problemsOf(document)).toEqual([problem])
  })

  it('lists all problems at once, and names the source', () => {
    expect(() => parseSpec({ seed: -1, training: { epochs: 0 } }, 'my.json')).toThrow(BadInput)
    expect(() => parseSpec({ seed: -1, training: { epochs: 0 } }, 'my.json'))
      .toThrow(/^my\.json cannot be used:\n {2}seed must be .*\. Found -1\.\n {2}training\.epochs must be .*\. Found 0\.$/)
  })

  it('refuses more than the memory budget before anything is allocated', () => {
    const huge = { network: { recurrentNeurons: 4096 }, scheme: { kind: 'multi-memristor', pairs: 64 } }
    expect(problemsOf(huge)[0]).toMatchObject({ path: 'network.recurrentNeurons', rule: expect.stringContaining('the limit is 4.3 GB') })
    expect(memoryEstimate(parseSpec({}, 'test'))).toBeLessThan(20e6)
  })

  it('checks any document without throwing and leaves prototypes clean', () => {
    fc.assert(fc.property(fc.anything(), (document) => {
      const parsed = checkSpec(document)
      if (!parsed.ok) expect(parsed.problems.length).toBeGreaterThan(0)
    }))
    for (const name of ['__proto__', 'constructor', 'prototype']) {
      expect(problemsOf(JSON.parse(`{"${name}": {"polluted": true}}`))[0]!.path).toBe(name)
    }
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
  })

  it('refuses a document of 20,000 levels', () => {
    const deep = JSON.parse(`${'{"task":'.repeat(20_000)}1${'}'.repeat(20_000)}`)
    expect(problemsOf(deep).length).toBeGreaterThan(0)
  })
})
