import { expect, it } from 'vitest'
import { parseSpec } from '../../../../src-engine/experiment/parse.ts'
import type { SpecInput } from '../../../../src-engine/experiment/spec.ts'
import { sequenceTimes } from '../../../../src-engine/training/timeline.ts'
import { FIRST_READ, warningsOf } from '../../../../src-engine/experiment/warnings.ts'

const warnedPaths = (spec: SpecInput & { conventions?: unknown }) => warningsOf(parseSpec(spec, 'test')).map(({ path }) => path)

it('warns of READs before the drift law holds, but only if devices drift', () => {
  const conventions = { timeline: 'immediate' as const }
  expect(warnedPaths({ scheme: { kind: 'sign' }, conventions })).toEqual(['conventions.timeline'])
  expect(warnedPaths({ scheme: { kind: 'sign' } })).toEqual([])
  expect(warnedPaths({ scheme: { kind: 'fp32' }, conventions })).toEqual([])
  expect(warnedPaths({ scheme: { kind: 'sign' }, device: { drift: false }, conventions })).toEqual([])
  expect(warnedPaths({ scheme: { kind: 'sign' }, device: { model: 'performance' }, conventions })).toEqual([])
})

const warned = (spec: SpecInput & { conventions?: unknown }) => warningsOf(parseSpec(spec, 'test')).map(({ message }) => message).join(' ')

it('names by how much early READs are too large at this drift exponent', () => {
  const early = (driftExponent: number) => warned({ scheme: { kind: 'sign' }, device: { driftExponent }, conventions: { timeline: 'immediate' } })
  expect(early(0.04)).toContain('With a drift exponent of 0.04, conductances are up to 1.57 times too large.')
  expect(early(0.2)).toContain('With a drift exponent of 0.2, conductances are up to 9.50 times too large.')
  expect(early(0)).toBe('')
  expect(FIRST_READ).toBe(sequenceTimes(1, { steps: 1000, dt: 1 }, 'immediate').presentedAt)
})

it('warns of frequencies above half of the sampling rate, and names what they look like', () => {
  const task = (frequencies: number[], dt = 1) => warned({ scheme: { kind: 'fp32' }, task: { kind: 'sinusoids', frequencies, dt } })
  expect(task([1, 600])).toBe('600 Hz is above 500 Hz, half of the sampling rate at a time step of 1 ms. In the target, it looks like 400 Hz.')
  expect(task([300, 400], 2)).toBe('300 and 400 Hz are above 250 Hz, half of the sampling rate at a time step of 2 ms. '
    + 'In the target, they look like 200 and 100 Hz.')
  expect(task([1, 500])).toBe('')
  expect(task([600], 0.5)).toBe('')
  expect(warnedPaths({ scheme: { kind: 'fp32' }, task: { kind: 'sinusoids', frequencies: [999] } })).toEqual(['task.frequencies'])
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
