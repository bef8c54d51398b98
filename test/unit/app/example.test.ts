import { describe, expect, test } from 'vitest'
import path from 'node:path'
import { importExample, isFirstStart } from '../../../src-main/app/example.ts'
import { inspectArchive } from '../../../src-main/transfer/archive/archive.ts'

const resources = path.resolve(import.meta.dirname, '../../../resources')

describe('a first start', () => {
  test('creates the default library', () => {
    expect(isFirstStart({ argument: undefined, environment: undefined, exists: false })).toBe(true)
    expect(isFirstStart({ argument: undefined, environment: '', exists: false })).toBe(true)
  })

  test.each([
    { argument: '/l.chalcogen', environment: undefined, exists: false },
    { argument: undefined, environment: '/l.chalcogen', exists: false },
    { argument: undefined, environment: undefined, exists: true },
  ])('is not one for %o', (launch) => {
    expect(isFirstStart(launch)).toBe(false)
  })
})

describe('the example', () => {
  const app = { list: async () => [], noteVerified: async () => true }

  test('is an archive of two runs', async () => {
    let taken = ''
    const imported = { imported: 2, present: 0 }
    expect(await importExample({ ...app, importRuns: async (file) => { taken = file; return imported } }, resources)).toBeNull()
    expect(await inspectArchive(taken)).toMatchObject({ runs: 2 })
  })

  test('returns a warning if the import fails', async () => {
    const said = await importExample({ ...app, importRuns: () => Promise.reject(new Error('No space left.')) }, resources)
    expect(said).toBe('Could not import the example experiment: No space left.')
  })
})
