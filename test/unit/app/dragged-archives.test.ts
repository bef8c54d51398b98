import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { App } from '../../../src-main/app/app.ts'
import { createDraggedArchives } from '../../../src-main/app/dragged-archives.ts'
import { createHandlers } from '../../../src-main/desktop/handlers.ts'
import { LibraryError } from '../../../src-main/library/library.ts'

vi.mock('../../../src-main/desktop/dialogs.ts', () => ({}))

let temporary: string
beforeEach(() => { temporary = mkdtempSync(path.join(tmpdir(), 'dragged-')) })
afterEach(() => rmSync(temporary, { recursive: true }))

const write = vi.fn(async (runIds: string[], dir: string) => {
  const file = path.join(dir, 'runs.zip')
  writeFileSync(file, runIds.join())
  return [file]
})
const archives = (more: Partial<Parameters<typeof createDraggedArchives>[0]> = {}) =>
  createDraggedArchives({ sizeOf: async () => 1e6, write, temporary, ...more })

it('writes the archive of the runs once, keeps it after the drop, and deletes it at the end', async () => {
  const dragged = archives()
  const first = await dragged.of(['a', 'b'])
  expect(await dragged.of(['a', 'b'])).toEqual(first)
  const other = await dragged.of(['c'])
  expect(write.mock.calls.map(([runIds]) => runIds)).toEqual([['a', 'b'], ['c']])
  for (const one of [first, other]) expect('file' in one && existsSync(one.file)).toBe(true)
  await dragged.close()
  expect(readdirSync(temporary)).toEqual([])
})

it('refuses runs whose archive would be too large, and writes nothing', async () => {
  expect(await archives({ sizeOf: async () => 41e7 }).of(['a']))
    .toEqual({ problem: 'The archive would have about 410 MB, which is too large to drag. Use Export as an archive.' })
  expect(readdirSync(temporary)).toEqual([])
})

it('gives up an archive that takes too long, by cancelling the export', async () => {
  const slow = (_: string[], __: string, signal: AbortSignal) => new Promise<string[]>((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(new LibraryError('cancelled', '')))
  })
  expect(await archives({ write: slow, mostMs: 20 }).of(['a']))
    .toEqual({ problem: 'The archive was not written within 0.02 s. Use Export as an archive.' })
  await expect(archives({ write: async () => { throw new LibraryError('disk-full', 'full') } }).of(['a'])).rejects.toThrow('full')
})

it('drags only an archive that was written for it', async () => {
  const answers = [{ problem: 'too large' }, { file: '/tmp/runs.zip' }]
  const startDrag = vi.fn()
  const app = { archiveToDrag: async () => answers.shift()! } as unknown as App
  const handlers = createHandlers(app, { webContents: { startDrag } } as never, { fileIcon: async () => 'icon' } as never)
  await expect(handlers['runs.drag']({})).rejects.toThrow('must be prepared first')
  expect(await handlers['runs.prepareDrag']({ runIds: ['a'] })).toEqual({ problem: 'too large' })
  await expect(handlers['runs.drag']({})).rejects.toThrow('must be prepared first')
  expect(await handlers['runs.prepareDrag']({ runIds: ['a'] })).toEqual({ problem: null })
  await handlers['runs.drag']({})
  expect(startDrag.mock.calls).toEqual([[{ file: '/tmp/runs.zip', icon: 'icon' }]])
})
