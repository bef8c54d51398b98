import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { settingPaths } from '../../../../../src-engine/experiment/paths.ts'
import { expandSweep } from '../../../../../src-engine/sweep/expand-sweep.ts'
import type { ChoiceField, NumberField } from '../../../../../src-renderer/components/spec-form/form-model.ts'
import { fieldProblem } from '../../../../../src-renderer/components/spec-form/problems.ts'
import { specSchemaNode } from '../../../../../src-engine/experiment/schema-walk.ts'
import {
  newAxis, ofKind, parseValues, partField, ticksOf, valuesText, withTick,
} from '../../../../../src-renderer/views/design/sweep/axis.ts'
import { parametersOf } from '../../../../../src-renderer/views/design/sweep/parameters.ts'
import { numberProblem, countField, firstField, seedsOf, seriesOf } from '../../../../../src-renderer/views/design/sweep/seeds.ts'

const parameters = parametersOf(specSchemaNode())
const parameter = (path: string) => parameters.find((one) => one.path === path)!
const spec = { scheme: { kind: 'mixed-precision' } }

describe('parameters to vary', () => {
  test('are leaves of the spec, each once, except labels and seeds', () => {
    const paths = parameters.map(({ path }) => path)
    const known = new Set(settingPaths())
    expect(new Set(paths).size).toBe(paths.length)
    expect(paths.filter((path) => !known.has(path))).toEqual([])
    expect(paths).toEqual(expect.arrayContaining(['scheme.kind', 'task.kind', 'scheme.refresh.above', 'training.epochs']))
    for (const never of ['seed', 'name', 'preset', 'task.samples']) expect(paths).not.toContain(never)
  })

  test('are not the layout of a signal file, which means nothing for another file', () => {
    const paths = parameters.map(({ path }) => path)
    expect(paths.filter((path) => path.startsWith('task.layout.') || path === 'task.time')).toEqual([])
    expect(paths).toEqual(expect.arrayContaining(['task.file', 'task.column', 'task.gaps']))
  })

  test('name the schemes that have them, unless all do', () => {
    expect(parameter('scheme.smallestJump')).toMatchObject({ title: 'Update scheme · Smallest jump ε', unit: 'µS' })
    expect(parameter('scheme.smallestJump').kinds).toEqual(['Multi-memristor', 'Mixed precision', 'Update-ready'])
    expect(parameter('task.dt').kinds).toEqual([])
    expect(parameter('training.epochs').kinds).toEqual([])
  })

  test('schemes are a choice', () => {
    const { field } = parameter('scheme.kind')
    expect(ticksOf(field as ChoiceField).map(({ value }) => value)).toContain('sign')
  })

  test('each starts as an axis that the engine accepts', () => {
    for (const one of parameters.filter(({ path, kinds }) => kinds.length === 0 && !path.startsWith('task.'))) {
      const axis = newAxis(one, undefined)
      const expanded = expandSweep({ spec, axes: [axis] })
      expect(expanded.ok ? [] : [one.path, expanded.problems]).toEqual([])
    }
  })
})

describe('values of an axis', () => {
  test('separates numbers by commas and lists by semicolons', () => {
    const numbers = parameter('task.frequencies').field
    expect(parseValues('1, 2; 3', numbers)).toEqual([[1, 2], [3]])
    expect(valuesText([[1, 2], [3]], numbers)).toBe('1, 2; 3')
    expect(parseValues('0.5, 1', parameter('scheme.smallestJump').field)).toEqual([0.5, 1])
  })

  test('keeps an invalid number as typed and shows the problem beside the field', () => {
    const { field } = parameter('scheme.smallestJump')
    expect(parseValues('1, abc', field)).toBe('1, abc')
    const expanded = expandSweep({ spec, axes: [{ kind: 'list', path: 'scheme.smallestJump', values: '1, abc' }] })
    expect(expanded.ok).toBe(false)
    const text = fieldProblem(partField(0, 'values', field), expanded.ok ? [] : expanded.problems)
    expect(text).toBe('Values must be 1 to 1000 numbers from 0.001 to 12 µS, separated by commas.')
  })

  test('shows a value out of range beside the field', () => {
    const { field } = parameter('scheme.smallestJump')
    const expanded = expandSweep({ spec, axes: [{ kind: 'list', path: 'scheme.smallestJump', values: [1, 99] }] })
    expect(fieldProblem(partField(0, 'values', field), expanded.ok ? [] : expanded.problems)).toBe('Value 2 must be between 0.001 and 12 µS. Found 99.')
  })

  test('keeps the order of the choice, whatever the order of selection', () => {
    const all = ['a', 'b', 'c'].map((value) => ({ value }))
    expect(withTick(['c'], all, 'a', true)).toEqual(['a', 'c'])
    expect(withTick(['a', 'c'], all, 'a', false)).toEqual(['c'])
    expect(withTick('nonsense', all, 'b', true)).toEqual(['b'])
  })

  test('a range takes the ends of the list and a list takes the ends of the range', () => {
    const field = parameter('scheme.smallestJump').field as NumberField
    const list = { kind: 'list', path: 'scheme.smallestJump', values: [1, 0.5, 2] }
    const range = ofKind(list, 'range', field)
    expect(range).toEqual({ kind: 'range', path: 'scheme.smallestJump', from: 0.5, to: 2, scale: 'linear', count: 5 })
    expect(ofKind(range, 'sample', field)).toEqual({ kind: 'sample', path: 'scheme.smallestJump', from: 0.5, to: 2, scale: 'linear' })
    expect(ofKind(range, 'list', field)).toEqual({ kind: 'list', path: 'scheme.smallestJump', values: [0.5, 2] })
    expect(ofKind({ ...list, values: [0.01, 10] }, 'range', field)).toMatchObject({ scale: 'logarithmic' })
  })

  test('every number varied from its default gives a valid range', () => {
    for (const one of parameters.filter(({ field, kinds, path }) => field.kind === 'number' && kinds.length === 0 && path !== 'network.recurrentNeurons')) {
      const range = ofKind(newAxis(one, undefined), 'range', one.field as NumberField)
      expect(Number(range.to), one.path).toBeGreaterThan(Number(range.from))
      const { min, max } = one.field as NumberField
      expect(Number(range.from) >= min && Number(range.to) <= max, one.path).toBe(true)
    }
  })
})

describe('seeds', () => {
  test('consecutive seeds survive a round trip', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 1000 }), fc.integer({ min: 0, max: firstField.max }), (count, first) => {
      expect(seriesOf(seedsOf(count, first))).toEqual({ count, first })
    }))
  })

  test('other seeds are a list', () => {
    expect(seriesOf([1, 3])).toBe(null)
    expect(seriesOf([])).toBe(null)
    expect(seriesOf('abc')).toBe(null)
  })

  test('an invalid number makes no seeds, and a huge one allocates nothing', () => {
    for (const count of [0, -1, 1.5, 1e9, 'five', '']) {
      expect(expandSweep({ spec, seeds: seedsOf(count, 42) }).ok).toBe(false)
      expect(numberProblem(count, countField)).not.toBe(null)
    }
    expect(numberProblem(1e9, countField)).toBe('Number of seeds must be a whole number from 1 to 1000.')
    expect(numberProblem('five', firstField)).toBe('First seed must be a whole number of 0 or more.')
  })
})
