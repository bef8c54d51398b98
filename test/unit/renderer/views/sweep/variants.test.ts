import fc from 'fast-check'
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { type Spec, specSchema } from '../../../../../src-engine/experiment/spec.ts'
import { expandSweep } from '../../../../../src-engine/sweep/expand-sweep.ts'
import { fewSeedsText } from '../../../../../src-renderer/views/design/sweep/few-seeds.ts'
import { changesIn, changesTo, freeLabel } from '../../../../../src-renderer/views/design/sweep/variants.ts'

const folder = 'resources/presets/pattern-generation'
const presets = readdirSync(folder).map((file): Spec => specSchema.parse(JSON.parse(readFileSync(`${folder}/${file}`, 'utf8')).spec))
const quick = { training: { epochs: 3 }, task: { kind: 'sinusoids', patterns: 1, steps: 60 } }
const anyPreset = fc.constantFrom(...presets)

describe('a variant from a preset', () => {
  test('is the preset with the task, training and recording of the experiment', () => {
    fc.assert(fc.property(anyPreset, anyPreset, (from, goal) => {
      const base = specSchema.parse({ ...from, ...quick })
      const expanded = expandSweep({ spec: base, seeds: [base.seed], variants: [{ label: 'goal', changes: changesTo(base, goal) }] })
      const { task, training, recording, name } = base
      expect(expanded.ok && { ...expanded.arms[0]!.spec, name, preset: '' })
        .toEqual({ ...goal, task, training, recording, name, preset: '', seed: base.seed })
    }))
  })

  test('lists values that differ from the defaults of another scheme, even if the experiment has the same value', () => {
    const base = specSchema.parse({ scheme: { kind: 'mixed-precision', accumulatorStep: 0.5 } })
    const goal = specSchema.parse({ scheme: { kind: 'update-ready', accumulatorStep: 0.5 } })
    expect(changesTo(base, goal)).toEqual({ 'scheme.kind': 'update-ready', 'scheme.accumulatorStep': 0.5 })
  })

  test('omits equal values', () => {
    for (const preset of presets) expect(changesTo(preset, preset)).toEqual({})
    const preset = presets[0]!
    const other = { ...preset, network: { ...preset.network, threshold: 0.5 }, seed: 7, name: 'other' }
    expect(changesTo(preset, other)).toEqual({ 'network.threshold': 0.5 })
  })
})

test('labels are unique and never too long', () => {
  fc.assert(fc.property(fc.array(fc.constantFrom('sign', 'a'.repeat(80), 'b'.repeat(100))), (wanted) => {
    const variants: { label: string }[] = []
    for (const label of wanted) variants.push({ label: freeLabel(label, variants) })
    expect(new Set(variants.map(({ label }) => label)).size).toBe(wanted.length)
    expect(variants.every(({ label }) => label.length <= 80)).toBe(true)
  }))
})

test('changes that are not an object count as none', () => {
  expect(changesIn({ changes: { 'scheme.kind': 'sign' } })).toEqual([['scheme.kind', 'sign']])
  for (const changes of [undefined, null, 3, 'sign', ['sign']]) expect(changesIn({ changes })).toEqual([])
})

test('warns about few seeds and names the smallest possible p', () => {
  expect(fewSeedsText([1, 2, 3, 4, 5])).toContain('5 seeds: intervals are wide and no paired test can go below p = 0.0625')
  expect(fewSeedsText([1])).toContain('no interval and no test')
  expect(fewSeedsText(Array.from({ length: 10 }, (_, seed) => seed))).toBe(null)
  expect(fewSeedsText('five')).toBe(null)
})
