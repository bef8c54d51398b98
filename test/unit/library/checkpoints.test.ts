import { expect, test } from 'vitest'
import { Checkpoints } from '../../../src-main/library/checkpoints.ts'
import { addRuns, memoryLibrary, partOf } from './support.ts'

const RUN = 'run00001'

function newCheckpoints(...sequences: number[]) {
  const db = memoryLibrary()
  addRuns(db, RUN, 'run00002')
  const checkpoints = new Checkpoints(db)
  for (const count of sequences) checkpoints.put(RUN, count, [partOf('a', count), partOf('b', count, count)])
  return { db, checkpoints }
}

test('a run keeps its newest two checkpoints and resumes from the newest', () => {
  const { db, checkpoints } = newCheckpoints(10, 20, 30)
  checkpoints.put('run00002', 5, [partOf('a', 1)])
  expect(db.prepare('SELECT DISTINCT sequences FROM checkpoints WHERE run_id = ? ORDER BY sequences').pluck().all(RUN)).toEqual([20, 30])
  expect(checkpoints.newest(RUN)).toEqual({ sequences: 30, state: { a: Float64Array.of(30), b: Float64Array.of(30, 30) } })
  expect(checkpoints.newest('run00002')?.sequences).toBe(5)
})

test.each([
  ['damaged', `UPDATE checkpoints SET data = zeroblob(8) WHERE sequences = 20 AND name = 'a'`],
  ['incomplete', `DELETE FROM checkpoints WHERE sequences = 20 AND name = 'a'`],
])('a run resumes from the checkpoint before a %s one', (_, change) => {
  const { db, checkpoints } = newCheckpoints(10, 20)
  db.exec(change)
  expect(checkpoints.newest(RUN)?.sequences).toBe(10)
})

test('a run without checkpoints starts from the beginning, but not one whose checkpoints are all damaged', () => {
  const { db, checkpoints } = newCheckpoints(10, 20)
  db.exec('UPDATE checkpoints SET data = zeroblob(8)')
  expect(() => checkpoints.newest(RUN)).toThrow(expect.objectContaining({ code: 'damaged' }))
  checkpoints.dropAll(RUN)
  expect(checkpoints.newest(RUN)).toBeNull()
})
