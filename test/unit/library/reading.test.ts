import Database from 'better-sqlite3'
import { copyFileSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { openConnection } from '../../../src-main/library/connection.ts'
import { NEWEST_VERSION, versionOf } from '../../../src-main/library/migrations/migrate.ts'
import { openReader, openUpgradedReader } from '../../../src-main/library/reading.ts'
import { temporaryFolder } from '../../fixtures/temporary-folder.ts'
import { addRuns } from './support.ts'

const fixtureV3 = new URL('../../fixtures/libraries/v3.chalcogen', import.meta.url)
const newFile = () => join(temporaryFolder(), 'library.chalcogen')

test('a reader refuses every write and trusts no schema, at rest and in use, and leaves no file', () => {
  const file = newFile()
  const { db, close } = openConnection(file)
  addRuns(db, 'a')
  const refusesWrites = () => {
    const reader = openReader(file)
    expect(() => reader.db.exec('DELETE FROM runs')).toThrow(/readonly|read-only/i)
    expect(reader.db.pragma('trusted_schema', { simple: true })).toBe(0)
    expect(reader.db.prepare('SELECT count(*) FROM runs').pluck().get()).toBe(1)
    reader.close()
  }
  refusesWrites()
  close()
  refusesWrites()
  expect(readdirSync(dirname(file))).toEqual(['library.chalcogen'])
})

test('an older library is read in an upgraded copy, and stays as it is', () => {
  const file = newFile()
  copyFileSync(fixtureV3, file)
  const before = readFileSync(file)
  const { db, close } = openUpgradedReader(file)
  expect(versionOf(db)).toBe(NEWEST_VERSION)
  expect(() => db.exec('DELETE FROM runs')).toThrow(/readonly|read-only/i)
  close()
  expect(readFileSync(file).equals(before)).toBe(true)
  expect(readdirSync(dirname(file))).toEqual(['library.chalcogen'])
})

test('a newer library is refused', () => {
  const file = newFile()
  const db = new Database(file)
  db.pragma('user_version = 4711')
  db.close()
  expect(() => openUpgradedReader(file)).toThrow(expect.objectContaining({ code: 'newer' }))
})
