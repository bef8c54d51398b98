import { describe, expect, it } from 'vitest'
import { defineName, type Measured } from '../../../src-engine/query/name.ts'
import type { EpochMetrics } from '../../../src-main/contract/run.ts'
import { Epochs } from '../../../src-main/library/epochs.ts'
import { Binder } from '../../../src-main/library/query/binder.ts'
import { cellOf, cellSql, sqlOfName } from '../../../src-main/library/query/name-sql.ts'
import { memoryLibrary } from './support.ts'

const spec = '{"name":"","preset":"","task":{"kind":"chords"},"scheme":{"kind":"fp32"},"seed":1,"training":{"epochs":9}}'

const epochOf = (epoch: number, loss: number, agreement: number | null): EpochMetrics => ({
  epoch, loss, patternLosses: [loss], metrics: agreement === null ? {} : { agreement }, meanRateHz: 10 * epoch, silent: 0,
  zeroSurrogate: 0, alwaysFiring: 0, saturated: 0, ledger: { set: 0, reset: 0, refresh: 0, read: 0 },
})

/** Runs of a task that reports a metric of which larger values are better. */
function library() {
  const db = memoryLibrary()
  const add = (runId: string) => {
    db.prepare(`INSERT INTO runs (run_id, status, created_at, queued_at, sequences, environment, spec) VALUES (?, 'done', '', '', 0, '{}', ?)`)
      .run(runId, spec)
    return (...epochs: EpochMetrics[]) => new Epochs(db).append(runId, epochs)
  }
  const learns = add('learns')
  learns(epochOf(1, 0.5, 0.25), epochOf(2, 0.125, 0.75))
  learns(epochOf(3, 0.25, 0.5))
  // As a run that resumes from a checkpoint.
  learns(epochOf(2, 0.125, 0.75), epochOf(3, 0.25, 0.5), epochOf(4, 0.75, NaN))
  add('diverges')(epochOf(1, 0.5, 0.5), epochOf(2, NaN, NaN), epochOf(3, NaN, NaN))
  add('is NaN')(epochOf(1, NaN, NaN))
  add('has no metric')(epochOf(1, 0.5, null))
  add('has no epoch')
  return db
}

describe('a metric of the epochs', () => {
  const db = library()
  const values = (metric: string, better: Measured['better'], measure: Measured['measure']) => {
    const name = defineName({ name: 'metric', title: '', kind: 'number', measured: { metric, better, measure } })
    const binder = new Binder()
    const sql = cellSql(sqlOfName(name, binder))
    return db.prepare<[object], string | number | null>(`SELECT ${sql} FROM runs ORDER BY rowid`).pluck().all(binder.values)
      .map((stored) => cellOf(name, stored))
  }

  it.each([
    ['agreement', 'higher', { of: 'last' }, [NaN, NaN, NaN, null, null]],
    ['agreement', 'higher', { of: 'best' }, [0.75, 0.5, NaN, null, null]],
    ['agreement', 'lower', { of: 'best' }, [0.25, 0.5, NaN, null, null]],
    ['agreement', 'higher', { of: 'epoch', epochs: 2 }, [0.75, NaN, null, null, null]],
    ['agreement', 'higher', { of: 'mean', epochs: 2 }, [NaN, NaN, NaN, null, null]],
    ['loss', 'lower', { of: 'best' }, [0.125, 0.5, NaN, 0.5, null]],
    ['loss', 'lower', { of: 'last' }, [0.75, NaN, NaN, 0.5, null]],
    ['loss', 'lower', { of: 'mean', epochs: 2 }, [0.5, NaN, NaN, 0.5, null]],
    ['loss', 'lower', { of: 'mean', epochs: 4 }, [0.40625, NaN, NaN, 0.5, null]],
    ['loss', 'lower', { of: 'mean', epochs: 1_000_000 }, [0.40625, NaN, NaN, 0.5, null]],
    ['loss', 'lower', { of: 'epoch', epochs: 4 }, [0.75, null, null, null, null]],
    ['rate', null, { of: 'mean', epochs: 2 }, [35, 25, 10, 10, null]],
    ['rate', null, { of: 'epoch', epochs: 3 }, [30, 30, null, null, null]],
    // None of the tasks of this version has these runs' kind.
    ['mse', 'lower', { of: 'best' }, [null, null, null, null, null]],
  ] as const)('%s, if %s is better, %j', (metric, better, measure, expected) => {
    expect(values(metric, better, measure)).toEqual(expected)
  })

  it('has the extremes of the new epochs alone once a run begins again', () => {
    const again = library()
    again.prepare(`DELETE FROM epochs WHERE run_id = 'learns'`).run()
    for (const table of ['epoch_metrics', 'pattern_losses']) again.prepare(`DELETE FROM ${table} WHERE run_id = 'learns'`).run()
    new Epochs(again).append('learns', [epochOf(1, 0.375, null)])
    expect(again.prepare(`SELECT metric, smallest, largest FROM metric_extremes WHERE run_id = 'learns'`).raw().all()).toEqual([['loss', 0.375, 0.375]])
  })
})
