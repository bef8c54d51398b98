import Database from 'better-sqlite3'
import fc from 'fast-check'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { runIdSchema } from '../../../src-main/contract/run.ts'
import { canonicalJson } from '../../../src-main/library/canonical-json.ts'
import { asLibraryError, LibraryError } from '../../../src-main/library/error.ts'
import { newRunId, newRunIds } from '../../../src-main/library/run-id.ts'
import { temporaryFolder } from '../../fixtures/temporary-folder.ts'

describe('a run id', () => {
  it('matches the contract, and sorts after earlier ids', () => {
    const year2100 = 4_102_444_800_000
    fc.assert(fc.property(fc.nat(year2100), fc.nat(year2100), (a, b) => {
      runIdSchema.parse(newRunId(a))
      if (a !== b) expect(newRunId(a) < newRunId(b)).toBe(a < b)
    }))
  })

  it('usually differs between runs of the same millisecond', () => {
    expect(new Set(Array.from({ length: 20 }, () => newRunId(0))).size).toBeGreaterThan(15)
    expect(newRunId(0)).toMatch(/^0{9}[0-9a-z]{4}$/)
  })

  it('is unique and in order among ten thousand runs that are created together', () => {
    const ids = newRunIds(10_000, 0)
    expect(new Set(ids).size).toBe(10_000)
    expect(ids.toSorted()).toEqual(ids)
    ids.forEach((id) => runIdSchema.parse(id))
  })
})

describe('canonical JSON', () => {
  it('reads back unchanged, and does not depend on the order of keys', () => {
    const document = fc.dictionary(fc.string(), fc.jsonValue()).map((value) => JSON.parse(JSON.stringify(value)) as object)
    fc.assert(fc.property(document, (value) => {
      expect(JSON.parse(canonicalJson(value))).toEqual(value)
      expect(canonicalJson(Object.fromEntries(Object.entries(value).reverse()))).toBe(canonicalJson(value))
    }))
  })

  it('sorts keys at every depth, and keeps the order of lists', () => {
    expect(canonicalJson({ b: [{ d: 1, c: 2 }, 0], a: null })).toBe('{"a":null,"b":[{"c":2,"d":1},0]}')
  })
})

describe('an error of SQLite or the file system', () => {
  const sqlite = (code: string) => new Database.SqliteError('words', code)
  it.for([
    [sqlite('SQLITE_BUSY_SNAPSHOT'), 'locked'],
    [sqlite('SQLITE_FULL'), 'disk-full'],
    // The index of the log could not grow.
    [sqlite('SQLITE_IOERR_SHMSIZE'), 'disk-full'],
    [Object.assign(new Error('words'), { code: 'ENOSPC' }), 'disk-full'],
    [Object.assign(new Error('words'), { code: 'EDQUOT' }), 'disk-full'],
    // A used-up quota, which SQLite does not tell from a failing disk.
    [sqlite('SQLITE_IOERR_WRITE'), 'disk-full'],
    [sqlite('SQLITE_IOERR_FSYNC'), 'disk-full'],
    [sqlite('SQLITE_IOERR_READ'), 'failed'],
    [sqlite('SQLITE_READONLY_DBMOVED'), 'read-only'],
    [sqlite('SQLITE_NOTADB'), 'not-a-database'],
    [sqlite('SQLITE_CORRUPT_INDEX'), 'damaged'],
    [sqlite('SQLITE_CANTOPEN'), 'cannot-open'],
    [Object.assign(new Error('words'), { code: 'EACCES' }), 'cannot-open'],
    [new RangeError('words'), 'failed'],
    ['words', 'failed'],
  ] as const)('%s gets the code %s and keeps its message', ([error, code]) => {
    expect(asLibraryError(error)).toMatchObject({ name: 'LibraryError', code, message: expect.stringContaining('words') })
  })

  it('of a damaged library without a log says that its log may be missing', () => {
    const file = join(temporaryFolder(), 'library.chalcogen')
    expect(asLibraryError(sqlite('SQLITE_CORRUPT'), file)).toMatchObject({ code: 'damaged', message: expect.stringContaining('ends in -wal') })
    writeFileSync(`${file}-wal`, '')
    expect(asLibraryError(sqlite('SQLITE_CORRUPT'), file).message).not.toContain('-wal')
  })

  it('of a file that cannot be opened on a disk with room does not call the disk full', () => {
    expect(asLibraryError(sqlite('SQLITE_CANTOPEN'), join(temporaryFolder(), 'library.chalcogen')).code).toBe('cannot-open')
  })

  it('stays unchanged if it is a LibraryError', () => {
    const error = new LibraryError('no-run', 'x')
    expect(asLibraryError(error)).toBe(error)
  })
})
