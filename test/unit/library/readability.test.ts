import { expect, test } from 'vitest'
import { Readability } from '../../../src-main/library/readability.ts'
import { addRuns, memoryLibrary } from './support.ts'

const unreadable = (runId: string) => `UPDATE runs SET spec = json_set(spec, '$.training.epochs', -1) WHERE run_id = '${runId}'`

test('a run that cannot be read is named until it is deleted and imported again by whatever connection', () => {
  const db = memoryLibrary()
  addRuns(db, 'run00001', 'run00002', 'run00003')
  db.exec(unreadable('run00002'))
  db.exec(unreadable('run00003'))
  const readability = new Readability(db)
  while (!readability.findNext().done);
  const named = () => readability.known(['run00001', 'run00002', 'run00003']).map((reason) => reason !== null)
  expect(named()).toEqual([false, true, true])
  for (const runId of ['run00002', 'run00003']) {
    db.exec(`DELETE FROM runs WHERE run_id = '${runId}'`)
    addRuns(db, runId)
  }
  expect(named()).toEqual([false, false, false])
})
