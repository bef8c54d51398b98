import Database from 'better-sqlite3'
import { copyFileSync, existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { NEWEST_VERSION, versionOf } from '../../../src-main/library/migrations/migrate.ts'
import { fixtureV1, fixtureV2, fixtureV3 } from '../../fault/dump.ts'
import { openApp } from '../../fixtures/application.ts'
import { formatsInTurn } from '../../fixtures/export-formats.ts'
import { temporaryFolder } from '../../fixtures/temporary-folder.ts'

vi.setConfig({ testTimeout: 60_000 })

const libraries: [version: number, file: string][] = [[1, fixtureV1], [2, fixtureV2], [3, fixtureV3]]

/** What may be wrong with the spec of one run, as SQL and the reason that is given. */
const damages: [name: string, sql: string, reason: RegExp][] = [
  ['a spec of a newer version', `json_set(spec, '$.version', 99)`, /made by a newer version/],
  ['an unknown key', `json_set(spec, '$.learning.foo', 1)`, /learning\.foo is not a setting of this version/],
  ['a spec that is no JSON', `'{'`, /is damaged/],
  ['no spec', `'null'`, /cannot be read/],
]

async function copyOf(fixture: string): Promise<string> {
  const file = join(temporaryFolder(), 'library.chalcogen')
  for (const end of ['', '-wal', '-shm']) if (existsSync(fixture + end)) copyFileSync(fixture + end, file + end)
  const app = await openApp(file)
  await app.close()
  return file
}

function inLibrary<Result>(file: string, use: (db: Database.Database) => Result): Result {
  const db = new Database(file)
  try {
    return use(db)
  } finally {
    db.close()
  }
}

async function useAll(file: string, nth: number, reasons: (RegExp | undefined)[]): Promise<void> {
  const app = await openApp(file)
  await app.judgeOutcomes()
  const runs = await app.list()
  expect(runs.map(({ unreadable }) => unreadable)).toEqual(reasons.map((reason) => reason && expect.stringMatching(reason)))
  const runIds = runs.map(({ runId }) => runId)
  for (const runId of runIds) expect((await app.get(runId)).summary.runId).toBe(runId)
  const folder = temporaryFolder()
  for (const { format } of formatsInTurn(nth)) await app.exportRuns(runIds, format, folder)
  const archive = join(folder, readdirSync(folder).find((name) => name.endsWith('.zip'))!)
  await app.close()
  for (const from of [file, archive]) {
    const other = await openApp(join(temporaryFolder(), 'other.chalcogen'))
    expect(await other.importRuns(from)).toEqual({ imported: runIds.length, present: 0 })
    await other.close()
  }
}

describe.for(libraries)('a library of version %d', ([, fixture]) => {
  it('is upgraded, and its runs are listed, read, exported and imported', async () => {
    const file = await copyOf(fixture)
    const count = inLibrary(file, (db) => db.prepare<[], number>('SELECT count(*) FROM runs').pluck().get()!)
    expect(inLibrary(file, versionOf)).toBe(NEWEST_VERSION)
    await useAll(file, 0, Array.from({ length: count }, () => undefined))
  })

  it.for(damages.map((one, nth) => [...one, nth] as const))('keeps all its runs usable if one has %s', async ([, sql, reason, nth]) => {
    const file = await copyOf(fixture)
    const runIds = inLibrary(file, (db) => {
      const ids = db.prepare<[], string>('SELECT run_id FROM runs ORDER BY created_at DESC, run_id DESC').pluck().all()
      db.prepare(`UPDATE runs SET spec = ${sql} WHERE run_id = ?`).run(ids[0])
      return ids
    })
    await useAll(file, nth, runIds.map((_, index) => (index === 0 ? reason : undefined)))
  })
})
