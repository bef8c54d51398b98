import { expect, test, vi } from 'vitest'
import type { App } from '../../../src-main/app/app.ts'
import { confirmAnyway } from '../../../src-main/desktop/dialogs.ts'
import { createHandlers } from '../../../src-main/desktop/handlers.ts'

vi.mock('../../../src-main/desktop/dialogs.ts', () => ({ chooseFolder: async () => '/out', confirmAnyway: vi.fn() }))

const runIds = ['abcdefgh12']

/** Exports runs of 2 GB into a folder with some free space. */
async function exported(free: number | null) {
  const exportRuns = vi.fn(async () => ['/out/runs.csv'])
  const app = { exportSizes: async () => ({ csv: 2e9 }), freeSpace: async () => free, exportRuns } as unknown as App
  const answer = await createHandlers(app, {} as never, {} as never)['runs.export']({ runIds, format: 'csv' })
  return { answer, exports: exportRuns.mock.calls.length }
}

test('an export that fits, or whose disk is unknown, starts at once', async () => {
  for (const free of [2e9, null]) expect(await exported(free)).toEqual({ answer: { files: ['/out/runs.csv'] }, exports: 1 })
  expect(confirmAnyway).not.toHaveBeenCalled()
})

test('an export that may not fit starts only if the user says so', async () => {
  vi.mocked(confirmAnyway).mockResolvedValueOnce(false)
  expect(await exported(1e9)).toEqual({ answer: null, exports: 0 })
  expect(confirmAnyway).toHaveBeenCalledWith(expect.anything(), expect.objectContaining({
    detail: expect.stringContaining('The export needs about 2 GB, but only 1 GB are free in /out.'),
  }))
  vi.mocked(confirmAnyway).mockResolvedValueOnce(true)
  expect(await exported(1e9)).toMatchObject({ exports: 1 })
})
