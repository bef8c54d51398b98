import Database from 'better-sqlite3'
import { chmodSync, existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { backUp, backUpAtOnce } from '../../../src-main/library/backup.ts'
import { backupFolder, backupName, backupsOf } from '../../../src-main/library/backups.ts'
import { openConnection, writeEmptyLibrary } from '../../../src-main/library/connection.ts'
import { LongTask } from '../../../src-main/library/long-task.ts'
import { temporaryFolder } from '../../fixtures/temporary-folder.ts'

/** A library of several steps of a backup by default, and another program's connection to it. */
function library(parts = 8): { file: string; other: Database.Database } {
  const file = join(temporaryFolder(), 'library.chalcogen')
  writeEmptyLibrary(file)
  const other = new Database(file)
  onTestFinished(() => { other.close() })
  const put = other.prepare(`INSERT INTO settings VALUES (?, '"' || hex(zeroblob(1000000)) || '"')`)
  for (let part = 0; part < parts; part++) put.run(`part ${part}`)
  return { file, other }
}

test('fault 29: a backup ends though another program writes during each of its steps, and holds what was there when it began', async () => {
  const { file, other } = library()
  const task = new LongTask('backup', 'bytes', () => {})
  const write = other.prepare(`INSERT OR REPLACE INTO settings VALUES ('count', ?)`)
  write.run('0')
  let steps = 0
  let ended = false
  const keepWriting = () => {
    if (ended) return
    write.run(String(++steps))
    if (steps > 500) task.cancel()
    setImmediate(keepWriting)
  }
  setImmediate(keepWriting)
  const made = await backUp(file, 'asked', task).finally(() => { ended = true })
  expect(steps).toBeGreaterThan(2)
  const copy = new Database(made.file, { readonly: true })
  const [parts, count] = copy.prepare(`SELECT count(*), max(iif(name = 'count', value, NULL)) FROM settings`).raw().get() as [number, string]
  copy.close()
  expect([parts, Number(count) <= 1]).toEqual([9, true])
})

test('a cancelled backup leaves no file', async () => {
  const { file } = library()
  const task = new LongTask('backup', 'bytes', () => {})
  task.cancel()
  await expect(backUp(file, 'asked', task)).rejects.toMatchObject({ code: 'cancelled' })
  expect(readdirSync(backupFolder(file))).toEqual([])
})

test('fault 47: a backup is kept beside ten that a wrong clock has dated to the future, and beside one of the same time', async () => {
  const { file } = library(0)
  const make = (year: number, day = 1) => backUp(file, 'asked', new LongTask('backup', 'bytes', () => {}), undefined, new Date(Date.UTC(year, 0, day)))
  for (let day = 1; day <= 10; day++) await make(2036, day)
  const made = [await make(2026), await make(2026)]
  expect(made[0]!.file).toBe(backupName(file, 'asked', new Date(Date.UTC(2026, 0, 1))))
  for (const one of made) expect(existsSync(one.file)).toBe(true)
  expect(backupsOf(file)).toHaveLength(12)
})

test('a new library and its log are only for its user, and a backup has the mode of the library', async () => {
  const file = join(temporaryFolder(), 'library.chalcogen')
  const modes = (...files: string[]) => files.map((each) => statSync(each).mode & 0o777)
  const { db, close } = openConnection(file)
  db.exec(`INSERT INTO settings VALUES ('some', '1')`)
  expect(modes(file, `${file}-wal`, `${file}-shm`)).toEqual([0o600, 0o600, 0o600])
  const backedUp = async () => (await backUp(file, 'asked', new LongTask('backup', 'bytes', () => {}))).file
  expect(modes(await backedUp(), backUpAtOnce(db, file).file)).toEqual([0o600, 0o600])
  chmodSync(file, 0o640)
  expect(modes(await backedUp(), backUpAtOnce(db, file).file)).toEqual([0o640, 0o640])
  close()
})
