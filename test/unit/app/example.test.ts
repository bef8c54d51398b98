import { describe, expect, test } from 'vitest'
import path from 'node:path'
import { isFirstStart, takeInExample } from '../../../src-main/app/example.ts'
import { inspectArchive } from '../../../src-main/transfer/archive/archive.ts'

const resources = path.resolve(import.meta.dirname, '../../../resources')

describe('a first start', () => {
  test('is that of the usual library, where there is none yet', () => {
    expect(isFirstStart({ asked: undefined, named: undefined, isThere: false })).toBe(true)
    expect(isFirstStart({ asked: undefined, named: '', isThere: false })).toBe(true)
  })

  test.each([
    { asked: '/l.chalcogen', named: undefined, isThere: false },
    { asked: undefined, named: '/l.chalcogen', isThere: false },
    { asked: undefined, named: undefined, isThere: true },
  ])('is none for %o', (beginning) => {
    expect(isFirstStart(beginning)).toBe(false)
  })
})

describe('the example', () => {
  test('is an archive of two runs', async () => {
    let taken = ''
    const imported = { imported: 2, present: 0 }
    expect(await takeInExample({ importRuns: async (file) => { taken = file; return imported } }, resources)).toBeNull()
    expect(await inspectArchive(taken)).toMatchObject({ runs: 2 })
  })

  test('that cannot be taken in is said, and stops nothing', async () => {
    const said = await takeInExample({ importRuns: () => Promise.reject(new Error('No room.')) }, resources)
    expect(said).toBe('The example experiment could not be taken in: No room.')
  })
})
