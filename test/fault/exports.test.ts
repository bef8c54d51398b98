import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeEach, describe, expect, it, test, vi } from 'vitest'
import type { LibraryWork } from '../../src-main/contract/library.ts'
import { runFormats } from '../fixtures/export-formats.ts'
import { makeLargeLibrary } from '../fixtures/large-library.ts'
import { openApp, temporaryFolder, thorough } from './support.ts'

vi.setConfig({ testTimeout: 600_000 })

const libraryOf = (runs: number) => {
  const file = join(temporaryFolder(), 'library.chalcogen')
  makeLargeLibrary(file, { runs, snapshots: runs })
  return file
}

describe('an export that is cancelled', () => {
  let file: string
  beforeEach(() => { file = libraryOf(60) })

  it.for(runFormats)('as $format leaves nothing behind, and another one can be made', async ({ format }) => {
    const app = await openApp(file)
    const runIds = (await app.list()).map(({ runId }) => runId)
    const folder = temporaryFolder()
    const begun = new Promise<LibraryWork>((resolve) => { app.events.on('library.work', resolve) })
    const written = app.exportRuns(runIds, format, folder)
    const failed = expect(written).rejects.toMatchObject({ code: 'cancelled', message: 'The export was cancelled.' })
    expect(await begun).toMatchObject({ unit: 'runs', total: runIds.length, ended: false })
    expect(readdirSync(folder)).not.toEqual([])
    await app.cancel()
    await failed
    expect(readdirSync(folder)).toEqual([])
    const files = await app.exportRuns(runIds.slice(0, 2), format, folder)
    expect(files.every((one) => existsSync(one))).toBe(true)
    expect(readdirSync(folder)).toHaveLength(files.length)
  })

  it('by closing the application leaves nothing behind', async () => {
    const app = await openApp(file)
    const runIds = (await app.list()).map(({ runId }) => runId)
    const folder = temporaryFolder()
    const failed = expect(app.exportRuns(runIds, 'hdf5', folder)).rejects.toMatchObject({ code: 'cancelled' })
    await vi.waitUntil(() => readdirSync(folder).length > 0, 20_000)
    await app.close()
    await failed
    expect(readdirSync(folder)).toEqual([])
  })
})

const peakOf = (file: string, format: string): number => {
  const fixture = fileURLToPath(new URL('fixtures/export-all.ts', import.meta.url))
  const { stdout, stderr, status } = spawnSync(process.execPath, [fixture, file, format, temporaryFolder()], { encoding: 'utf8' })
  expect(status, stderr).toBe(0)
  return Number(stdout)
}

test.runIf(thorough).for(runFormats)('the memory of an export as $format does not grow with the number of runs', ({ format }) => {
  const [few, many] = [libraryOf(100), libraryOf(1000)].map((file) => peakOf(file, format))
  expect(many! / few!).toBeLessThan(1.3)
})
