import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { describeHolders, holdersOf } from '../../../src-main/library/lock-holders.ts'
import { temporaryFolder } from '../../fixtures/temporary-folder.ts'

vi.mock('node:fs', async (original) => {
  const fs = await original<typeof import('node:fs')>()
  return { ...fs, readdirSync: vi.fn(fs.readdirSync) }
})

test('no programs are named on a system that does not list them, or if none may be inspected', () => {
  const file = join(temporaryFolder(), 'library.chalcogen')
  for (const listed of [null, ['1', 'self']]) {
    vi.mocked(readdirSync).mockImplementation(((folder: string) => {
      if (folder === '/proc' && listed) return listed
      throw Object.assign(new Error('refused'), { code: 'EACCES' })
    }) as typeof readdirSync)
    expect([holdersOf(import.meta.filename), describeHolders(import.meta.filename)]).toEqual([[], ''])
  }
  expect(holdersOf(file)).toEqual([])
})
