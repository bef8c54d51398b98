import type { Database } from 'better-sqlite3'
import { expect, test } from 'vitest'
import type { EpochMetrics } from '../../../src-main/contract/run.ts'
import { Epochs } from '../../../src-main/library/epochs.ts'
import { importRun } from '../../../src-main/library/imports.ts'
import { Outcomes } from '../../../src-main/library/outcomes.ts'
import type { ImportedRun } from '../../../src-main/library/protocol.ts'
import { Checkpoints } from '../../../src-main/library/checkpoints.ts'
import { repair } from '../../../src-main/library/repair.ts'
import { Runs } from '../../../src-main/library/runs.ts'
import { addFullRun, addRuns, memoryLibrary, metricsOf, partOf } from './support.ts'
import { requireReadable } from '../../../src-main/library/stored-texts.ts'

/** Adds finished runs without an outcome, as earlier versions left them. */
function addFinished(db: Database, metrics: Partial<EpochMetrics>, ...runIds: string[]): void {
  addRuns(db, ...runIds)
  for (const runId of runIds) {
    new Epochs(db).append(runId, [1, 2, 3].map((epoch) => ({ ...metricsOf(epoch), ...metrics })))
    new Runs(db).finish(runId, { status: 'done', endedAt: '2026-03-01T12:00:00.000Z', digest: null, secondsPerSequence: 1, error: null })
  }
}

const summaryOf = (db: Database, runId: string) => new Runs(db).get(runId).summary

test.each([
  [{ loss: 0.01 }, 'learned', []],
  [{ loss: 0.2 }, 'untrained', []],
  [{ loss: NaN }, 'diverged', ['not a number']],
  [{ loss: 0.01, silent: 39 / 40 }, 'silent', ['few active neurons']],
  [{ loss: 0.01, silent: null, meanRateHz: 0 }, 'silent', ['no spikes']],
  [{ loss: 0.01, silent: null, meanRateHz: 5 }, 'learned', []],
])('a run with %o has %s', (metrics, outcome, reasons) => {
  const db = memoryLibrary()
  addFinished(db, metrics, 'run00001')
  expect(summaryOf(db, 'run00001')).toMatchObject({ outcome: null, reasons: [] })
  new Outcomes(db).judge('run00001')
  expect(summaryOf(db, 'run00001')).toMatchObject({ outcome, reasons })
})

test('only finished runs without an outcome are judged, each once, and one that cannot be read does not stop the rest', () => {
  const db = memoryLibrary()
  addFinished(db, { loss: 0.01 }, 'run00001', 'run00002', 'run00003')
  addRuns(db, 'run00004')
  db.exec(`UPDATE runs SET spec = json_set(spec, '$.task.kind', 'other') WHERE run_id = 'run00002'`)
  const looked: number[] = []
  for (let after: string | null = ''; after !== null;) {
    const judged = new Outcomes(db).judgeNext(after)
    looked.push(judged.looked)
    after = judged.last
  }
  expect(looked.reduce((sum, count) => sum + count)).toBe(3)
  const outcomes = db.prepare('SELECT outcome FROM runs ORDER BY run_id').pluck().all()
  expect(outcomes).toEqual(['learned', null, 'learned', null])
})

test('runs without an outcome are found by their index', () => {
  const plan = memoryLibrary().prepare(`
    EXPLAIN QUERY PLAN SELECT run_id FROM runs WHERE status = 'done' AND outcome IS NULL AND run_id > ? ORDER BY run_id LIMIT 1
  `).all('') as { detail: string }[]
  expect(plan.map(({ detail }) => detail)).toEqual([expect.stringContaining('runs_unjudged')])
})

test('an imported run is judged by its epochs, whatever its file claims, and keeps its computed time', () => {
  const db = memoryLibrary()
  addFinished(db, { loss: NaN }, 'run00001')
  const { summary, spec, environment } = requireReadable(new Runs(db).get('run00001'))
  const run: ImportedRun = {
    summary: { ...summary, runId: 'run00002', outcome: 'learned', reasons: [], secondsComputed: 12.5 },
    texts: { spec: JSON.stringify(spec), environment: JSON.stringify(environment) }, samples: null, epochs: new Epochs(db).all('run00001'), arrays: [],
  }
  importRun(db, run)
  expect(summaryOf(db, 'run00002')).toMatchObject({ outcome: 'diverged', reasons: ['not a number'], secondsComputed: 12.5 })
})

test('a repair of the listed metrics judges a finished run again', () => {
  const db = memoryLibrary()
  addFinished(db, { loss: 0.01 }, 'run00001')
  addRuns(db, 'run00002')
  db.exec(`UPDATE runs SET outcome = 'silent', reasons = '["no spikes"]' WHERE run_id = 'run00001'`)
  const faults = ['run00001', 'run00002'].map((runId) => ({ kind: 'summary' as const, runId, message: '', array: null, checkpoint: null }))
  repair(db, 'none.chalcogen', faults)
  expect(summaryOf(db, 'run00001')).toMatchObject({ outcome: 'learned', reasons: [] })
  expect(summaryOf(db, 'run00002')).toMatchObject({ outcome: null, reasons: [] })
})

test('a repair deletes a damaged checkpoint, and says where the run can be resumed from', () => {
  const db = memoryLibrary()
  addFullRun(db, 'run00001')
  new Checkpoints(db).put('run00001', 8, [partOf('a', 1)])
  const repaired = [8, 4].map((checkpoint) =>
    repair(db, 'none.chalcogen', [{ kind: 'checkpoint', runId: 'run00001', message: '', array: null, checkpoint }]))
  expect(repaired.flat()).toEqual(['the checkpoint after sequence 4', 'the start'].map((from) =>
    `Deleted this checkpoint. The run can be resumed from ${from}.`))
  expect(new Checkpoints(db).newest('run00001')).toBeNull()
})
