import { expect, it } from 'vitest'
import { parseSpec } from '../../../../src-engine/spec/parse.ts'
import type { SpecInput } from '../../../../src-engine/spec/spec.ts'
import { warningsOf } from '../../../../src-engine/spec/warnings.ts'

const warnedPaths = (spec: SpecInput & { conventions?: unknown }) => warningsOf(parseSpec(spec, 'test')).map(({ path }) => path)

it('warns of READs before the drift law holds, but only if devices drift', () => {
  const conventions = { timeline: 'immediate' as const }
  expect(warnedPaths({ scheme: { kind: 'sign' }, conventions })).toEqual(['conventions.timeline'])
  expect(warnedPaths({ scheme: { kind: 'sign' } })).toEqual([])
  expect(warnedPaths({ scheme: { kind: 'fp32' }, conventions })).toEqual([])
  expect(warnedPaths({ scheme: { kind: 'sign' }, device: { drift: false }, conventions })).toEqual([])
  expect(warnedPaths({ scheme: { kind: 'sign' }, device: { model: 'performance' }, conventions })).toEqual([])
})

it('warns of a switch that has no effect', () => {
  const conventions = { pulseCounts: 'round-up' as const }
  const performance = { model: 'performance' as const, nonlinearity: false }
  expect(warnedPaths({ scheme: { kind: 'sign' }, device: { granularity: false } })).toEqual(['device.granularity'])
  expect(warnedPaths({ scheme: { kind: 'multi-memristor' }, device: { granularity: false }, conventions })).toEqual([])
  expect(warnedPaths({ scheme: { kind: 'mixed-precision' }, device: { granularity: false }, conventions })).toEqual(['conventions.pulseCounts'])
  expect(warnedPaths({ scheme: { kind: 'mixed-precision' }, conventions })).toEqual([])
  expect(warnedPaths({ scheme: { kind: 'sign' }, device: performance })).toEqual(['device.nonlinearity'])
  expect(warnedPaths({ scheme: { kind: 'fp32' }, device: { ...performance, granularity: false } })).toEqual([])
})
