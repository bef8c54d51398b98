import Database from 'better-sqlite3'
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openConnection } from '../../../src-main/library/connection.ts'
import { NEWEST_VERSION } from '../../../src-main/library/migrations/migrate.ts'
import { openLibrary } from '../../../src-main/library/library.ts'
import { addRun, open, temporaryFolder, workerFile } from './support.ts'

const APPLICATION_ID = 0x43686c63

const database = (file: string, pragmas: string[]) => {
  const db = new Database(file)
  for (const pragma of pragmas) db.pragma(pragma)
  db.exec('CREATE TABLE theirs (x)')
  return db
}

/** A database as a killed process leaves it: the latest writes are only in the log. */
function abandoned(file: string, pragmas: string[]): void {
  const elsewhere = `${file}.open`
  const db = database(elsewhere, ['journal_mode = WAL', ...pragmas])
  for (const part of ['', '-wal']) copyFileSync(elsewhere + part, file + part)
  db.close()
  rmSync(elsewhere)
}

const foreignFiles: { what: string; code: string; message: string; make(file: string): void }[] = [
  { what: 'an empty file', code: 'empty-file', message: 'empty', make: (file) => writeFileSync(file, '') },
  { what: 'a short text', code: 'not-a-database', message: 'not an SQLite database', make: (file) => writeFileSync(file, 'my notes') },
  { what: 'a long text', code: 'not-a-database', message: 'not an SQLite database', make: (file) => writeFileSync(file, 'my notes\n'.repeat(2000)) },
  { what: 'a truncated header', code: 'not-a-database', message: 'not an SQLite database', make: (file) => writeFileSync(file, 'SQLite format 3\0') },
  { what: 'a text with a log beside it', code: 'not-a-database', message: 'not an SQLite database', make: (file) => {
    writeFileSync(file, 'my notes\n'.repeat(2000))
    writeFileSync(`${file}-wal`, '')
  } },
  { what: 'a folder', code: 'cannot-open', message: 'not a file', make: (file) => mkdirSync(file) },
  { what: 'a database without an application id', code: 'foreign', message: 'another application', make: (file) => database(file, []).close() },
  { what: 'a database of another application', code: 'foreign', message: 'another application', make: (file) =>
    database(file, ['journal_mode = WAL', 'application_id = 252006673']).close() },
  { what: 'an abandoned database of another application', code: 'foreign', message: 'another application', make: (file) =>
    abandoned(file, ['application_id = 252006673']) },
  { what: 'a library of a newer version', code: 'newer', message: 'Update the application', make: (file) =>
    database(file, [`application_id = ${APPLICATION_ID}`, 'user_version = 4711']).close() },
  { what: 'an abandoned library of a newer version', code: 'newer', message: 'Update the application', make: (file) =>
    abandoned(file, [`application_id = ${APPLICATION_ID}`, 'user_version = 4711']) },
]

describe('a file that is not a library', () => {
  it.for(foreignFiles)('$what is refused and not changed', async ({ code, message, make }) => {
    const file = join(temporaryFolder(), 'library.chalcogen')
    make(file)
    const before = contentsOf(file)
    await expect(openLibrary({ file, worker: workerFile })).rejects.toMatchObject({
      name: 'LibraryError', code, message: expect.stringMatching(new RegExp(`library\\.chalcogen: .*${message}`)),
    })
    expect(contentsOf(file)).toEqual(before)
  })

  it('is refused without creating files beside it', async () => {
    const folder = temporaryFolder()
    const file = join(folder, 'library.chalcogen')
    database(file, ['journal_mode = WAL', 'application_id = 1']).close()
    await expect(openLibrary({ file, worker: workerFile })).rejects.toMatchObject({ code: 'foreign' })
    expect(readdirSync(folder)).toEqual(['library.chalcogen'])
  })
})

describe('a library', () => {
  it('is created with its folder and its application id, without other files', async () => {
    const folder = join(temporaryFolder(), 'new', 'deeper')
    const file = join(folder, 'library.chalcogen')
    const library = await open(file)
    await library.close()
    expect(readdirSync(folder)).toEqual(['library.chalcogen'])
    const db = new Database(file, { readonly: true })
    expect(db.pragma('application_id', { simple: true })).toBe(APPLICATION_ID)
    expect(db.pragma('user_version', { simple: true })).toBe(NEWEST_VERSION)
    expect(db.pragma('auto_vacuum', { simple: true })).toBe(2)
    expect(db.pragma('journal_mode', { simple: true })).toBe('wal')
    const loose = db.prepare(`SELECT name FROM pragma_table_list WHERE type = 'table' AND schema = 'main' AND name NOT LIKE 'sqlite_%' AND NOT strict`)
    expect(loose.all()).toEqual([])
    db.close()
  })

  it('is opened with durable writes and an untrusted schema', () => {
    const { db } = openConnection(join(temporaryFolder(), 'library.chalcogen'))
    onTestFinished(() => { db.close() })
    const settings = ['journal_mode', 'synchronous', 'foreign_keys', 'trusted_schema', 'cell_size_check', 'busy_timeout']
    const FULL = 2
    expect(settings.map((name) => db.pragma(name, { simple: true }))).toEqual(['wal', FULL, 1, 0, 1, 5000])
  })

  it('is the same library if two connections create the file at once', async () => {
    const file = join(temporaryFolder(), 'library.chalcogen')
    const [a, b] = await Promise.all([open(file), open(file)])
    const runId = await addRun(a)
    expect((await b.list()).map((run) => run.runId)).toEqual([runId])
  })

  it('is refused if only its log exists', async () => {
    const file = join(temporaryFolder(), 'library.chalcogen')
    writeFileSync(`${file}-wal`, 'pages')
    await expect(openLibrary({ file, worker: workerFile })).rejects.toMatchObject({ code: 'cannot-open', message: expect.stringContaining('write-ahead log') })
    expect(existsSync(file)).toBe(false)
    expect(readFileSync(`${file}-wal`, 'utf8')).toBe('pages')
  })

  it('waits for a lock of another program, and then reports it', async () => {
    const file = join(temporaryFolder(), 'library.chalcogen')
    const library = await open(file)
    const other = new Database(file)
    other.exec('BEGIN IMMEDIATE')
    const began = performance.now()
    await expect(addRun(library)).rejects.toMatchObject({ code: 'locked', message: expect.stringContaining('another program') })
    expect(performance.now() - began).toBeGreaterThan(4000)
    other.exec('ROLLBACK')
    other.close()
    await addRun(library)
    expect(await library.list()).toHaveLength(1)
  })
})

/** The file and its log. The shared-memory index has no content of its own. */
const contentsOf = (file: string) => [file, `${file}-wal`]
  .map((name) => (existsSync(name) && statSync(name).isFile() ? readFileSync(name, 'hex') : null))
