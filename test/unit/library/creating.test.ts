import { existsSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { openConnection } from '../../../src-main/library/connection.ts'
import { temporaryFolder } from '../../fixtures/temporary-folder.ts'

/** What happens when a new library is put in its place. */
const placing = vi.hoisted((): { before(file: string): void } => ({ before() {} }))
vi.mock(import('../../../src-main/library/files.ts'), async (original) => {
  const files = await original()
  return { ...files, putInPlace: (draft: string, file: string) => { placing.before(file); files.putInPlace(draft, file) } }
})

const newFile = () => join(temporaryFolder(), 'library.chalcogen')

test('a library that another process creates at the same time is opened', () => {
  const file = newFile()
  placing.before = (path) => {
    placing.before = () => {}
    openConnection(path).close()
    throw new Error('EEXIST')
  }
  const { db, close } = openConnection(file)
  expect(db.prepare('SELECT count(*) FROM runs').pluck().get()).toBe(0)
  close()
  expect(readdirSync(dirname(file))).toEqual(['library.chalcogen'])
})

test('a library that cannot be put in its place is an error, and leaves no draft', () => {
  const file = newFile()
  placing.before = () => { throw new Error('no such disk') }
  expect(() => openConnection(file)).toThrow('no such disk')
  expect(existsSync(file)).toBe(false)
  expect(readdirSync(dirname(file))).toEqual([])
})
