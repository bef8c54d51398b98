import { join } from 'node:path'
import { expect, test } from 'vitest'
import { compact } from '../../../src-main/library/compact.ts'
import { openConnection } from '../../../src-main/library/connection.ts'
import type { LongTask } from '../../../src-main/library/long-task.ts'
import { temporaryFolder } from '../../fixtures/temporary-folder.ts'

const STEP_BYTES = 256 * 4096

test('frees a step at a time, reports each, and lets other requests be answered in between', async () => {
  const { db } = openConnection(join(temporaryFolder(), 'library.chalcogen'))
  db.prepare('INSERT INTO settings (name, value) VALUES (?, ?)').run('large', JSON.stringify('x'.repeat(2.4 * STEP_BYTES)))
  db.prepare('DELETE FROM settings').run()
  const reports: { done: number; total: number; answered: number }[] = []
  let answered = 0
  const answer = () => { answered++ }
  const report = (done: number, total: number) => {
    reports.push({ done, total, answered })
    setImmediate(answer)
  }
  const freed = await compact(db, { report } as LongTask)
  db.close()
  expect(freed).toBeGreaterThan(2 * STEP_BYTES)
  expect(reports.map(({ done }) => done)).toEqual([0, STEP_BYTES, 2 * STEP_BYTES, freed])
  expect(reports.map(({ total }) => total)).toEqual(reports.map(() => freed))
  expect(reports.map((one) => one.answered)).toEqual([0, 1, 2, 3])
})
