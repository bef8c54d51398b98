import { expect, test } from 'vitest'
import { Runs } from '../../../src-main/library/runs.ts'
import { readTimings } from '../../../src-main/library/timings.ts'
import { addRuns, memoryLibrary } from './support.ts'

test('fault 47: runs that a wrong clock has dated to the future do not displace those of today', () => {
  const db = memoryLibrary()
  addRuns(db, 'a', 'b', 'c')
  const set = db.prepare(`
    UPDATE runs SET status = 'done', started_at = created_at, ended_at = created_at, created_at = ?, seconds_per_sequence = ? WHERE run_id = ?
  `)
  set.run('2036-01-01T00:00:00.000Z', 1, 'a')
  set.run('2026-01-01T00:00:00.000Z', 2, 'b')
  set.run('2037-01-01T00:00:00.000Z', 3, 'c')
  const latest = (most: number, now: string) => readTimings(db, most, now).map(({ secondsPerSequence }) => secondsPerSequence)
  expect([1, 2, 3].map((most) => latest(most, '2026-02-01T00:00:00.000Z'))).toEqual([[2], [2, 3], [2, 1, 3]])
  expect(latest(1, '2036-02-01T00:00:00.000Z')).toEqual([1])
})

test('only the latest finished runs count, and those that cannot be read are skipped', () => {
  const db = memoryLibrary()
  const runs = new Runs(db)
  const ids = ['a', 'b', 'c', 'd', 'e']
  addRuns(db, ...ids)
  ids.forEach((runId, index) => {
    db.prepare(`UPDATE runs SET started_at = '2026-03-01T12:00:00.000Z' WHERE run_id = ?`).run(runId)
    const status = runId === 'e' ? 'failed' : 'done'
    runs.finish(runId, { status, endedAt: `2026-03-01T12:0${index}:00.000Z`, digest: null, secondsPerSequence: 1 + index, error: null })
  })
  const latest = (most: number) => readTimings(db, most).map(({ secondsPerSequence }) => secondsPerSequence).sort()
  expect(latest(2)).toEqual([3, 4])
  db.exec(`UPDATE runs SET environment = '{}' WHERE run_id = 'd'`)
  expect(latest(2)).toEqual([3])
  db.exec(`UPDATE runs SET seconds_per_sequence = 0 WHERE run_id = 'c'`)
  expect(latest(9)).toEqual([1, 2])
  db.exec(`UPDATE runs SET started_at = NULL WHERE run_id = 'b'`)
  expect(latest(9)).toEqual([1])
})

test('of a sweep, whose runs are created together, those that ended last count', () => {
  const db = memoryLibrary()
  const ids = Array.from({ length: 26 }, (_, index) => String.fromCharCode(97 + ((index * 7) % 26)))
  addRuns(db, ...ids)
  const set = db.prepare(`
    UPDATE runs SET status = 'done', created_at = '2026-01-01T00:00:00.000Z', started_at = created_at, ended_at = ?, seconds_per_sequence = ? WHERE run_id = ?
  `)
  ids.toSorted().forEach((runId, index) => set.run(`2026-01-01T00:${String((index * 5) % 26).padStart(2, '0')}:00.000Z`, (index * 5) % 26 + 1, runId))
  expect(readTimings(db, 4, '2026-02-01T00:00:00.000Z').map(({ secondsPerSequence }) => secondsPerSequence).toSorted((a, b) => a - b)).toEqual([23, 24, 25, 26])
})
