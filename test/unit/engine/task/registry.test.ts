import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anyLoss, formatMetric, formatMetricWithError, type MetricKind, mse, titleWithUnit } from '../../../../src-engine/experiment/metrics.ts'
import { withNamedEpochLoss, withNamedLoss } from '../../../../src-engine/experiment/named-loss.ts'
import { checkSpec } from '../../../../src-engine/experiment/parse.ts'
import { lossNamed, lossOf, outputsOf, sharedLoss, sharedMetrics, taskKind, taskKinds, taskSchema, type TaskSpec } from '../../../../src-engine/experiment/task.ts'
import { baselinesOf, lawOf, targetOf } from '../../../../src-engine/task/laws.ts'
import { meanSquaredError } from '../../../../src-engine/task/mean-squared-error.ts'

const smallestOf = (kind: string) => taskSchema.parse({ kind, ...(kind === 'signal' && { file: 'a.csv', samples: [1, 2, 3, 5] }), patterns: 1 }) as TaskSpec

describe.each(taskKinds.map(({ kind }) => kind))('the task %s', (name) => {
  const task = smallestOf(name)
  const kind = taskKind(task)

  it('has a law for every metric that it describes, and a title and help', () => {
    expect(Object.keys(lawOf(task).metrics).sort()).toEqual(kind.reports.map(({ id }) => id).sort())
    expect(kind.schema.meta()).toMatchObject({ title: expect.any(String), help: expect.any(String) })
  })

  it('has a target of as many values per step as it has outputs', () => {
    expect(targetOf(task, 1, 0)).toHaveLength(task.steps * outputsOf(task))
  })

  it('needs what it says it needs', () => {
    const given = { kind: name }
    const missing = checkSpec({ task: given })
    expect(missing.ok ? [] : missing.problems.map(({ path }) => path)).toEqual(kind.required.map((field) => `task.${field}`))
  })
})

describe('the registry of tasks', () => {
  it('names a kind that it does not know', () => {
    expect(() => taskKind({ kind: 'chess' })).toThrow(`no task of the kind 'chess'`)
    expect(lossOf('chess')).toBe(anyLoss)
    expect(checkSpec({ task: { kind: 'chess' } })).toMatchObject({ ok: false, problems: [{ path: 'task.kind' }] })
  })

  it('has the loss that tasks share, and a general name for those that do not', () => {
    expect(sharedLoss(['sinusoids', 'signal', 'signal'])).toBe(mse)
    expect(sharedLoss([])).toBe(mse)
    expect(sharedLoss(['sinusoids', 'chess'])).toBe(anyLoss)
    expect([lossNamed('mse'), lossNamed('elo')]).toEqual([mse, anyLoss])
    expect(sharedMetrics(['sinusoids', 'chess'])).toEqual([])
  })

  it('gives other programs the loss under its own name, too', () => {
    expect(withNamedLoss({ task: 'signal', loss: 0.5, lossLast20: NaN })).toEqual({ task: 'signal', loss: 0.5, lossLast20: NaN, mse: 0.5, mseLast20: NaN })
    expect(withNamedEpochLoss({ loss: 0.5, patternLosses: [0.5] }, 'sinusoids')).toEqual({ loss: 0.5, patternLosses: [0.5], mse: 0.5, patternMse: [0.5] })
    expect(withNamedLoss({ task: 'chess', loss: 1, lossLast20: null })).toEqual({ task: 'chess', loss: 1, lossLast20: null })
  })
})

describe('a metric', () => {
  const accuracy: MetricKind = { id: 'accuracy', title: 'Accuracy', name: 'Accuracy', better: 'higher', print: 'percentage', equation: '' }

  it('is printed in its own way', () => {
    expect([0.03125, NaN, null, undefined].map((value) => formatMetric(mse, value))).toEqual(['0.0313', 'NaN', '–', '–'])
    expect(formatMetric(accuracy, 0.875)).toBe('87.5 %')
    expect(formatMetricWithError(accuracy, 0.875, 0.0125)).toBe('87.5 ± 1.3 %')
    expect([titleWithUnit(accuracy), titleWithUnit({ ...accuracy, unit: 'ms' })]).toEqual(['Accuracy', 'Accuracy (ms)'])
  })
})

describe('a signal of several columns', () => {
  const columnsOf = (...columns: number[][]) => taskSchema.parse({
    kind: 'signal', file: 'a.csv', columns: columns.map((_, index) => `column ${index}`), samples: columns.flat(), patterns: 2, steps: 7,
  }) as TaskSpec
  const value = fc.double({ min: -10, max: 10, noNaN: true })
  const columns = fc.integer({ min: 4, max: 12 }).chain((length) =>
    fc.array(fc.array(value, { minLength: length, maxLength: length }), { minLength: 2, maxLength: 4 }))

  it('has each column as its own signal has it', () => {
    fc.assert(fc.property(columns, fc.nat(1), (values, pattern) => {
      const whole = targetOf(columnsOf(...values), 1, pattern)
      values.forEach((samples, output) => {
        const alone = taskSchema.parse({ kind: 'signal', file: 'a.csv', samples, patterns: 2, steps: 7 }) as TaskSpec
        expect(Array.from({ length: 7 }, (_, t) => whole[t * values.length + output])).toEqual([...targetOf(alone, 1, pattern)])
      })
    }), { numRuns: 30 })
  })

  it('has the mean of the baselines of its columns', () => {
    fc.assert(fc.property(columns, (values) => {
      const alone = values.map((samples) => baselinesOf(taskSchema.parse({ kind: 'signal', file: 'a.csv', samples, patterns: 2, steps: 7 }) as TaskSpec, 1))
      const { zero, constant } = baselinesOf(columnsOf(...values), 1)
      expect(zero).toBeCloseTo(alone.reduce((sum, one) => sum + one.zero, 0) / values.length, 9)
      expect(constant).toBeCloseTo(alone.reduce((sum, one) => sum + one.constant, 0) / values.length, 9)
    }), { numRuns: 30 })
  })

  it('is refused with a single column beside the list, or with samples that do not fit', () => {
    const task = { kind: 'signal', file: 'a.csv', columns: ['a', 'b'] }
    expect(checkSpec({ task })).toMatchObject({ ok: true })
    expect(checkSpec({ task: { ...task, column: 'a' } })).toMatchObject({ ok: false, problems: [{ path: 'task.column' }] })
    expect(checkSpec({ task: { ...task, samples: [1, 2, 3] } })).toMatchObject({ ok: false, problems: [{ path: 'task.samples' }] })
    expect(checkSpec({ task: { ...task, columns: ['a'] } })).toMatchObject({ ok: false, problems: [{ path: 'task.columns' }] })
  })
})

it('the error of the mean squared error is half of its gradient, times the number of values', () => {
  const numbers = fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: 3, maxLength: 3 })
  fc.assert(fc.property(numbers, numbers, (output, target) => {
    const error = [0, 0, 0]
    meanSquaredError.error(output, target, error)
    output.forEach((_, k) => {
      const moved = (by: number) => meanSquaredError.of(output.map((y, index) => (index === k ? y + by : y)), target)
      expect((moved(1e-4) - moved(-1e-4)) / 2e-4).toBeCloseTo((2 * error[k]!) / output.length, 6)
    })
  }))
})
