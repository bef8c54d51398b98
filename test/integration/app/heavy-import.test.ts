import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { readRuns } from '../../../src-main/app/read-runs.ts'
import { createTestApp } from '../../fixtures/application.ts'
import { builtFile } from '../../fixtures/built.ts'
import { makeLargeLibrary } from '../../fixtures/large-library.ts'
import { temporaryFolder } from '../../fixtures/temporary-folder.ts'

vi.setConfig({ testTimeout: 120_000 })

const folder = mkdtempSync(join(tmpdir(), 'chalcogen-test-'))
afterAll(() => rmSync(folder, { recursive: true }))
const files = { library: join(folder, 'library.chalcogen'), archive: '' }

beforeAll(async () => {
  makeLargeLibrary(files.library, { runs: 2, snapshots: 0 })
  const app = await createTestApp(files.library)
  files.archive = (await app.exportRuns((await app.list()).map(({ runId }) => runId), 'archive', folder))[0]!
  await app.close()
}, 120_000)

it.each(['archive', 'library'] as const)('an %s that needs too much memory ends only the thread that reads it, and is named', async (format) => {
  vi.stubEnv('TMPDIR', temporaryFolder())
  const [take, file] = [vi.fn(), files[format]]
  const read = readRuns({ worker: builtFile('app/import.worker'), heapMb: 4 }, { file, format, whole: true }, take)
  await expect(read).rejects.toMatchObject({ name: 'BadInput', message: expect.stringMatching(/must need at most 4 MB of memory.*Export its runs one by one/) })
  await expect(read).rejects.toThrow(format === 'library' ? 'library.chalcogen' : '.zip')
  expect(take).not.toHaveBeenCalled()
  expect([existsSync(file), readdirSync(process.env.TMPDIR!)]).toEqual([true, []])
  vi.unstubAllEnvs()
})

it('an error of what takes the runs ends the reading, and reaches the caller', async () => {
  vi.stubEnv('TMPDIR', temporaryFolder())
  const take = vi.fn().mockRejectedValue(new Error('The disk is full.'))
  await expect(readRuns({ worker: builtFile('app/import.worker') }, { file: files.library, format: 'library', whole: true }, take)).rejects.toThrow('The disk is full.')
  expect(take).toHaveBeenCalledOnce()
  expect(readdirSync(process.env.TMPDIR!)).toEqual([])
  vi.unstubAllEnvs()
})
