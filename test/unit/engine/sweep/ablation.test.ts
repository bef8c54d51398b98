import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { changesBetween } from '../../../../src-engine/experiment/change.ts'
import { conventionSets } from '../../../../src-engine/experiment/conventions.ts'
import { parseSpec } from '../../../../src-engine/experiment/parse.ts'
import { schemeKinds } from '../../../../src-engine/experiment/scheme.ts'
import type { Spec } from '../../../../src-engine/experiment/spec.ts'
import type { SweepInput } from '../../../../src-engine/experiment/sweep.ts'
import {
  ablationLabels, ablationOf, conventionsOf, defects, nonIdealities, seedsFrom, whyNoAblation,
} from '../../../../src-engine/sweep/ablation.ts'
import { expandSweep } from '../../../../src-engine/sweep/expand-sweep.ts'
import { referenceKernels } from '../../../../src-engine/kernels/reference.ts'
import { Trainer } from '../../../../src-engine/training/trainer.ts'
import { schemeSettings, small } from '../training/small.ts'

const onDevices = schemeKinds.filter((kind) => kind !== 'fp32' && kind !== 'accumulator')
const specOf = (document: unknown) => parseSpec(document, 'test')

function armsOf(document: SweepInput) {
  const expanded = expandSweep(document)
  if (!expanded.ok) throw new Error(JSON.stringify(expanded.problems))
  return expanded.arms.map(({ label, spec }) => ({ label, spec }))
}
const labelsOf = (document: SweepInput) => document.variants!.map(({ label }) => label)

/** Paths in which two arms differ. */
const between = (one: Spec, other: Spec) => changesBetween(one, other, specOf).map(({ path }) => path)

const switches = fc.record(Object.fromEntries(nonIdealities.map(({ setting, on, off }) => [setting, fc.constantFrom(on, off)])))

describe('an ablation', () => {
  it('switches off each non-ideality alone, then all of them', () => {
    const document = ablationOf(specOf({ name: 'Mine', seed: 7, scheme: { kind: 'mixed-precision' } }))
    expect(labelsOf(document)).toEqual(
      ['all on', 'no write noise', 'no nonlinearity', 'no granularity', 'no READ noise', 'no drift', 'all off'],
    )
    expect(document).toMatchObject({
      name: 'Mine · non-idealities', seeds: [7, 8, 9, 10, 11], comparison: { budget: { kind: 'epochs' }, reference: 'all on' },
    })
    expect(armsOf(document).map(({ spec }) => nonIdealities.map(({ setting }) => spec.device[setting]))).toEqual([
      [true, true, true, 'exact', true],
      [false, true, true, 'exact', true],
      [true, false, true, 'exact', true],
      [true, true, false, 'exact', true],
      [true, true, true, 'off', true],
      [true, true, true, 'exact', false],
      [false, false, false, 'off', false],
    ])
  })

  it('switches on the non-idealities that the spec has off', () => {
    const document = ablationOf(specOf({ scheme: { kind: 'update-ready' }, device: { drift: false, readNoise: 'off' } }), [1, 2])
    expect(labelsOf(document)).toEqual([
      'as designed', 'no write noise', 'no nonlinearity', 'no granularity', 'with READ noise', 'with drift', 'all on', 'all off',
    ])
    expect(document.comparison).toMatchObject({ reference: 'as designed' })
  })

  it('keeps summed READ noise, and switches it on as exact', () => {
    const ofReadNoise = (readNoise: string) => armsOf(ablationOf(specOf({ scheme: { kind: 'sign' }, device: { readNoise } })))
      .filter(({ label }) => /all|READ/.test(label)).map(({ label, spec }) => [label, spec.device.readNoise])
    expect(ofReadNoise('summed')).toEqual([['all on', 'summed'], ['no READ noise', 'off'], ['all off', 'off']])
    expect(ofReadNoise('off')).toEqual([['with READ noise', 'exact'], ['all off', 'off']])
  })

  it('has only different experiments as arms, for every scheme with devices', () => {
    const someSeeds = fc.uniqueArray(fc.nat(), { minLength: 1, maxLength: 5 })
    fc.assert(fc.property(fc.constantFrom(...onDevices), switches, someSeeds, (kind, device, seeds) => {
      const spec = specOf({ scheme: { kind }, device })
      const document = ablationOf(spec, seeds)
      const arms = armsOf(document)
      expect(document.seeds).toEqual(seeds)
      expect(arms[0]!.label).toBe(document.comparison!.reference)
      expect(between(spec, arms[0]!.spec)).toEqual([])
      expect(new Set(arms.map((arm) => JSON.stringify(arm.spec.device))).size).toBe(arms.length)
      for (const { label, spec: arm } of arms.slice(1)) {
        const changed = between(spec, arm)
        if (label !== ablationLabels.allOn && label !== ablationLabels.allOff) expect(changed).toHaveLength(1)
      }
    }))
  })

  it.each(onDevices)('leaves out only what does not change the results of %s', (kind) => {
    const spec = small({ scheme: schemeSettings(kind), training: { epochs: 4, arithmetic: 'float64' } })
    const kept = new Set(ablationOf(spec).variants!.flatMap(({ changes }) => Object.keys(changes)))
    const allOn = digestOf(spec)
    for (const { setting, off } of nonIdealities) {
      const without = { ...spec, device: { ...spec.device, [setting]: off } }
      expect([setting, digestOf(without) !== allOn]).toEqual([setting, kept.has(`device.${setting}`)])
    }
  })

  it('starts all arms of a seed at the same conductances', () => {
    const spec = small({ scheme: schemeSettings('mixed-precision'), training: { epochs: 1, arithmetic: 'float64' } })
    const starts = armsOf(ablationOf(spec)).map((arm) => new Trainer(arm.spec, referenceKernels).arrays())
    for (const start of starts.slice(1)) expect(start).toEqual(starts[0])
  })

  it('is refused with a reason if there is nothing to switch', () => {
    for (const kind of ['fp32', 'accumulator']) expect(() => ablationOf(specOf({ scheme: { kind } }))).toThrow('scheme uses no devices')
    const ideal = specOf({ scheme: { kind: 'sign' }, device: { model: 'performance' } })
    expect(() => ablationOf(ideal)).toThrow(RangeError)
    expect(whyNoAblation(ideal)).toMatch('Choose PCM model (device.model=pcm).')
    expect(whyNoAblation(specOf({ scheme: { kind: 'sign' } }))).toBeNull()
  })
})

describe('published against corrected conventions', () => {
  it('has all defects for a scheme with all of them', () => {
    const spec = specOf({ scheme: { kind: 'mixed-precision' }, conventions: 'published' })
    expect(labelsOf(conventionsOf(spec))).toEqual([
      'corrected', 'early input trace', 'floored accumulator', 'pulses rounded up', 'READ right after the WRITE', 'noisy self-connections',
      'published', 'published, floored',
    ])
    expect(labelsOf(conventionsOf(specOf({ scheme: { kind: 'multi-memristor' } })))).toContain('step of the mean')
    expect(labelsOf(conventionsOf(specOf({ scheme: { kind: 'multi-memristor', pairs: 1 } })))).not.toContain('step of the mean')
    expect(labelsOf(conventionsOf(specOf({})))).toEqual(['corrected', 'early input trace'])
    expect(labelsOf(conventionsOf(specOf({ scheme: { kind: 'accumulator' } }))))
      .toEqual(['corrected', 'early input trace', 'floored accumulator', 'published, floored'])
  })

  it('is a sweep for any spec, and its reference is always corrected', () => {
    const models = fc.constantFrom('pcm', 'performance')
    const sets = fc.constantFrom(...Object.keys(conventionSets))
    fc.assert(fc.property(fc.constantFrom(...schemeKinds), models, sets, switches, (kind, model, conventions, device) => {
      const document = conventionsOf(specOf({ scheme: { kind }, conventions, device: { ...device, model } }))
      const arms = armsOf(document)
      expect(document.comparison!.reference).toBe('corrected')
      expect(arms[0]!.spec.conventions).toEqual({
        ...conventionSets.corrected, equations: conventions === 'nest' ? 'nest' : 'paper',
      })
      expect(new Set(arms.map(({ spec }) => JSON.stringify(spec.conventions))).size).toBe(arms.length)
      for (const { label, spec } of arms.slice(1)) {
        if (!label.startsWith('published')) expect(between(arms[0]!.spec, spec)).toHaveLength(1)
      }
    }))
  })

  const cases = schemeKinds.flatMap((kind) => [{ kind, model: 'pcm' }, { kind, model: 'performance' }])
  it.each(cases)('leaves out only what does not change the results of $kind on $model', ({ kind, model }) => {
    const spec = small({
      scheme: schemeSettings(kind), device: { model, initialConductance: 0.4, scale: 20 }, training: { epochs: 4, arithmetic: 'float64' },
    })
    const kept = new Set(conventionsOf(spec).variants!.flatMap(({ changes }) => Object.keys(changes)))
    const corrected = digestOf(spec)
    for (const { setting } of defects) {
      const defective = { ...spec, conventions: { ...spec.conventions, [setting]: conventionSets['published-floored'][setting] } }
      expect([setting, digestOf(defective) !== corrected]).toEqual([setting, kept.has(`conventions.${setting}`)])
    }
  })
})

it('uses seeds from the spec\'s own on by default', () => {
  expect(seedsFrom({ seed: 42 })).toEqual([42, 43, 44, 45, 46])
  const last = Number.MAX_SAFE_INTEGER
  expect(seedsFrom({ seed: last })).toEqual([last - 4, last - 3, last - 2, last - 1, last])
})

function digestOf(spec: Spec): string {
  const trainer = new Trainer(spec, referenceKernels)
  while (!trainer.done) trainer.step()
  return Buffer.from(trainer.digest()).toString('hex')
}
