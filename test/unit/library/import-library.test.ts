import Database from 'better-sqlite3'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { openConnection } from '../../../src-main/library/connection.ts'
import { newCopyFolder } from '../../../src-main/library/files.ts'
import { readLibrary } from '../../../src-main/library/import-library.ts'
import { temporaryFolder } from '../../fixtures/temporary-folder.ts'

test('a file from outside is opened with SQLite\'s defences, upgraded, and then only read', async () => {
  const file = join(temporaryFolder(), 'theirs.chalcogen')
  openConnection(file).db.close()
  const pragma = vi.spyOn(Database.prototype, 'pragma')
  const folder = newCopyFolder()
  await readLibrary(file, folder, async () => {})
  const words = pragma.mock.calls.map(([text]) => text)
  pragma.mockRestore()
  const at = (text: string) => words.indexOf(text)
  expect(at('trusted_schema = OFF')).toBeGreaterThanOrEqual(0)
  expect(at('cell_size_check = ON')).toBeLessThan(at('quick_check(1)'))
  expect(at('mmap_size = 0')).toBeGreaterThanOrEqual(0)
  expect(at('mmap_size = 0')).toBeLessThan(at('quick_check(1)'))
  expect(at('query_only = ON')).toBeGreaterThan(at('quick_check(1)'))
  expect(existsSync(folder)).toBe(false)
})
