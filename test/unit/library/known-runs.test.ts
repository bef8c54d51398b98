import { expect, it } from 'vitest'
import { KnownRuns, knownRuns } from '../../../src-main/library/known-runs.ts'
import { openConnection } from '../../../src-main/library/connection.ts'
import { join } from 'node:path'
import { temporaryFolder } from '../../fixtures/temporary-folder.ts'

/** Two finished runs and one without a digest, each with the id as its spec. */
function known(): KnownRuns {
  const { db, close } = openConnection(join(temporaryFolder(), 'library.chalcogen'))
  const insert = db.prepare(`
    INSERT INTO runs (run_id, status, created_at, queued_at, sequences, digest, environment, spec)
    VALUES (?, 'done', '2026-01-01T00:00:00.000Z', '2026-01-01T00:00:00.000Z', 1, ?, '{}', ?)
  `)
  insert.run('0run0000a', 'aa', 'spec a')
  insert.run('0run0000b', null, 'spec b')
  const runs = new KnownRuns(knownRuns(db))
  close()
  return runs
}

it.for([
  ['the same id', '0run0000a', 'other', 'other spec', '0run0000a'],
  ['the same id without a digest', '0run0000b', null, 'spec b', '0run0000b'],
  ['the same spec and digest', '0run0000x', 'aa', 'spec a', '0run0000a'],
  ['another spec', '0run0000x', 'aa', 'spec b', null],
  ['another digest', '0run0000x', 'bb', 'spec a', null],
  ['the same spec without a digest', '0run0000x', null, 'spec b', null],
] as const)('a run with %s is found only if it is in the library', ([, runId, digest, spec, found]) => {
  expect(known().find({ runId, digest }, spec)).toBe(found)
})
