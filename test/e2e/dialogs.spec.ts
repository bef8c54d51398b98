import { expect, test } from '@playwright/test'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { call, newFolder, open, type Laboratory } from './laboratory.ts'

let folder: string
let lab: Laboratory

test.beforeAll(async () => {
  folder = await newFolder()
  lab = await open(folder)
})
test.afterAll(() => lab.close())

/** Make the next dialogs return this file or folder; null cancels them. */
const answer = (path: string | null) => lab.application.evaluate(({ dialog }, path) => {
  const canceled = path === null
  dialog.showOpenDialog = (async () => ({ canceled, filePaths: canceled ? [] : [path] })) as typeof dialog.showOpenDialog
  dialog.showSaveDialog = (async () => ({ canceled, filePath: path ?? '' })) as typeof dialog.showSaveDialog
}, path)

test('lists the columns of a signal file and why one is unusable', async () => {
  const file = join(folder, 'tide.csv')
  await writeFile(file, 'hour,level,note\n0,1.5,calm\n1,2.5,calm\n2,-0.5,storm\n')
  await answer(file)
  expect(await call(lab.page, 'signal.choose', {})).toEqual({ ok: true, value: { file, isSame: false } })
  expect(await call(lab.page, 'signal.preview', { file, choice: {}, part: 'head' })).toMatchObject({
    ok: true,
    value: { ok: true, preview: { file, chosen: ['level'], columns: [
      { name: 'hour', length: 3, problem: null, why: 'is a calendar' },
      { name: 'level', length: 3, problem: null, why: '' },
      { name: 'note', length: 0, problem: expect.stringContaining('calm'), why: 'has texts' },
    ] } },
  })
})

test('names a file that cannot be read as a signal', async () => {
  const file = join(folder, 'missing.csv')
  await answer(file)
  await call(lab.page, 'signal.choose', {})
  expect(await call(lab.page, 'signal.preview', { file, choice: {}, part: 'head' })).toMatchObject({
    ok: true, value: { ok: false, problems: [{ rule: 'does not exist. Choose another file' }] },
  })
})

test('a cancelled dialog does nothing and is not an error', async () => {
  await answer(null)
  const calls = [
    ['signal.choose', {}],
    ['chart.export', { name: 'loss', format: 'svg', page: { width: 100, height: 50, shapes: [] } }],
    ['runs.export', { runIds: ['abcdefgh12'], format: 'csv' }],
  ] as const
  for (const [name, input] of calls) expect(await call(lab.page, name, input), name).toEqual({ ok: true, value: null })
})

test('a failed save returns its reason', async () => {
  await answer(join(folder, 'no such folder', 'loss.svg'))
  const saved = await call(lab.page, 'chart.export', { name: 'loss', format: 'svg', page: { width: 100, height: 50, shapes: [] } })
  expect(saved).toMatchObject({
    ok: false, code: 'failed', message: expect.stringMatching(/loss\.svg was not written \(ENOENT.*Check the folder/),
  })
})
