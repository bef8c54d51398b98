import { statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import type { App } from '../../../src-main/app/app.ts'
import { exportShortage } from '../../../src-main/app/export-size.ts'
import type { ExportFormat } from '../../../src-main/contract/export-formats.ts'
import { busy, openApp, startRun } from '../../fixtures/application.ts'
import { networkFormats, runFormats } from '../../fixtures/export-formats.ts'
import { makeLargeLibrary } from '../../fixtures/large-library.ts'
import { temporaryFolder } from '../../fixtures/temporary-folder.ts'

vi.setConfig({ testTimeout: 60_000 })

const newLibrary = () => join(temporaryFolder(), 'library.chalcogen')
const idsOf = async (app: App) => (await app.list()).map(({ runId }) => runId)

/** Estimated size of an export, by its real size. */
async function ratioOf(app: App, runIds: string[], format: ExportFormat): Promise<number> {
  const files = await app.exportRuns(runIds, format, temporaryFolder())
  return (await app.exportSizes(runIds))[format] / files.reduce((sum, file) => sum + statSync(file).size, 0)
}

async function expectWithinFactorOf2(app: App, runIds: string[], formats: readonly { format: ExportFormat }[]): Promise<void> {
  for (const { format } of formats) {
    const ratio = await ratioOf(app, runIds, format)
    expect(ratio, format).toBeGreaterThan(0.5)
    expect(ratio, format).toBeLessThan(2)
  }
}

describe('the estimated size is within a factor of 2', () => {
  test('of many runs with large snapshots, and of one of them', async () => {
    const file = newLibrary()
    makeLargeLibrary(file, { runs: 60, snapshots: 40 })
    const app = await openApp(file)
    const all = await idsOf(app)
    await expectWithinFactorOf2(app, all, runFormats)
    await expectWithinFactorOf2(app, all.slice(-1), runFormats)
  })

  test('of a small run with every kind of array', async () => {
    const app = await openApp(newLibrary())
    const runId = await startRun(app, busy)
    await app.finished(runId)
    await expectWithinFactorOf2(app, [runId], [...runFormats, ...networkFormats])
  })
})

test('runs that are listed twice or do not exist do not count', async () => {
  const file = newLibrary()
  makeLargeLibrary(file, { runs: 2, snapshots: 2 })
  const app = await openApp(file)
  const [first] = await idsOf(app)
  expect(await app.exportSizes([first!, first!, '0missing00'])).toEqual(await app.exportSizes([first!]))
})

test('an export that may not fit is told with both numbers', async () => {
  const app = await openApp(newLibrary())
  const folder = temporaryFolder()
  const free = await app.freeSpace(join(folder, 'not', 'yet'))
  expect(free).toBeGreaterThan(0)
  expect(exportShortage(1.2e9, 3e6, '/out')).toBe('The export needs about 1.2 GB, but only 3 MB are free in /out.')
  expect([exportShortage(3e6, 3e6, folder), exportShortage(3e6, null, folder)]).toEqual([null, null])
})
