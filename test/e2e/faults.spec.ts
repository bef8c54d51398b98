import { expect, test } from '@playwright/test'
import { readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { RunDetail } from '../../src-main/contract/run.ts'
import { call, libraryIn, newFolder, open, type Laboratory } from './laboratory.ts'
import { runToItsEnd } from './process.ts'

const endless = {
  task: { kind: 'sinusoids', patterns: 1, steps: 50, inputChannels: 5 },
  network: { recurrentNeurons: 5 },
  training: { epochs: 1_000_000 },
  recording: { snapshotEvery: 0 },
}

async function startEndlessRun({ page }: Laboratory): Promise<string> {
  const answer = await call(page, 'runs.start', { spec: endless })
  expect(answer).toMatchObject({ ok: true, value: { ok: true } })
  return (answer as { value: { runId: string } }).value.runId
}

/**
 * Asks in the page by way of the main process: a driver loses sight of a page that has crashed.
 * Null where there is no answer in time, as from a page that is just going.
 */
const askPage = <T>({ application }: Laboratory, code: string) =>
  application.evaluate(({ BrowserWindow }, code) => Promise.race([
    BrowserWindow.getAllWindows()[0].webContents.executeJavaScript(code).catch(() => null),
    new Promise((resolve) => setTimeout(resolve, 1000, null)),
  ]), code) as Promise<T | null>

const sequencesDone = (lab: Laboratory) => askPage<number>(lab, `
  window.chalcogen.call('runs.live', {}).then(({ value }) => value[0]?.progress.sequencesDone ?? -1)
`)

test('fault 1: a crashed page comes back and its run has gone on', async () => {
  const lab = await open(await newFolder())
  await startEndlessRun(lab)
  await expect.poll(() => sequencesDone(lab)).toBeGreaterThan(0)
  const before = await sequencesDone(lab) ?? Infinity
  await askPage(lab, 'window.beforeTheCrash = true')
  await lab.application.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0].webContents.forcefullyCrashRenderer())
  const isBack = () => askPage<boolean>(lab, `
    window.beforeTheCrash === undefined && document.querySelector('[data-test="rail-library"]') !== null
  `)
  await expect.poll(isBack).toBe(true)
  expect(await sequencesDone(lab)).toBeGreaterThan(before)
  await lab.close()
})

test('fault 2: a page that hangs is offered a reload, and its run has gone on', async () => {
  const lab = await open(await newFolder())
  await startEndlessRun(lab)
  await expect.poll(() => sequencesDone(lab)).toBeGreaterThan(0)
  const before = await sequencesDone(lab) ?? Infinity
  await lab.application.evaluate(({ dialog, BrowserWindow }) => {
    dialog.showMessageBox = (async () => ({ response: 0, checkboxChecked: false })) as typeof dialog.showMessageBox
    const [window] = BrowserWindow.getAllWindows()
    void window.webContents.executeJavaScript('window.beforeTheHang = true; setTimeout(() => { for (;;); }, 0)')
    window.emit('unresponsive')
  })
  const isBack = () => askPage<boolean>(lab, `
    window.beforeTheHang === undefined && document.querySelector('[data-test="rail-library"]') !== null
  `)
  await expect.poll(isBack).toBe(true)
  expect(await sequencesDone(lab)).toBeGreaterThan(before)
  await lab.close()
})

test('a run that is under way when the application quits is interrupted and kept', async () => {
  const folder = await newFolder()
  const first = await open(folder)
  const runId = await startEndlessRun(first)
  await expect.poll(() => sequencesDone(first)).toBeGreaterThan(0)
  await first.close()
  const closedAt = Date.now()
  const second = await open(folder)
  const { value } = await call(second.page, 'runs.get', { runId }) as { value: RunDetail }
  expect(value.summary.status).toBe('interrupted')
  // Said by the quitting application itself, not found out by the next one.
  expect(Date.parse(value.summary.endedAt!)).toBeLessThanOrEqual(closedAt)
  await second.close()
})

const notes = 'My notes, which are no database but are dear to me.\n'.repeat(100)

test('fault 23: a library that is no database is named and left as it is', async () => {
  const folder = await newFolder()
  await writeFile(libraryIn(folder), notes)
  const { code, output } = await runToItsEnd(folder)
  expect(output).toContain('[dialog] Cannot open the library')
  expect(output).toContain('Rename the file and create a new library | Retry | Quit')
  expect(output).toContain(libraryIn(folder))
  expect(code).toBe(2)
  expect(await readFile(libraryIn(folder), 'utf8')).toBe(notes)
})

test('fault 23: the backup is offered in its place, and the file is kept', async () => {
  const folder = await newFolder()
  const first = await open(folder)
  const { value } = await call(first.page, 'library.backup', {}) as { value: { file: string } }
  await first.close()
  await writeFile(libraryIn(folder), notes)
  const second = await open(folder, { CHALCOGEN_TEST_DIALOG: 'Restore the backup' })
  expect(await call(second.page, 'runs.list', {})).toEqual({ ok: true, value: [] })
  await second.close()
  const aside = (await readdir(folder)).find((name) => name.includes('before-restore'))!
  expect(await readFile(join(folder, aside), 'utf8')).toBe(notes)
  expect((await stat(value.file)).size).toBeGreaterThan(0)
})

test('fault 3: the window dies while a form is being filled: the draft is back', async () => {
  const lab = await open(await newFolder())
  await lab.at('rail-design').click()
  await lab.at('field-training.epochs').fill('137')
  await lab.at('field-network.recurrentNeurons').fill('33')
  await lab.application.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0].webContents.forcefullyCrashRenderer())
  const valueOf = (field: string) => askPage<string>(lab, `document.querySelector('[data-test="field-${field}"]')?.value`)
  await expect.poll(() => valueOf('training.epochs')).toBe('137')
  expect(await valueOf('network.recurrentNeurons')).toBe('33')
  await lab.close()
})

test('fault 21: a lock that a killed application left behind stops nobody', async () => {
  const folder = await newFolder()
  const first = await open(folder)
  const runId = await startEndlessRun(first)
  await expect.poll(() => sequencesDone(first)).toBeGreaterThan(0)
  first.application.process().kill('SIGKILL')
  await first.application.waitForEvent('close')
  const second = await open(folder)
  const { value } = await call(second.page, 'runs.get', { runId }) as { value: RunDetail }
  expect(value.summary.status).toBe('interrupted')
  await second.close()
})

test('fault 21: a second start shows the first window and leaves the library alone', async () => {
  const folder = await newFolder()
  const lab = await open(folder)
  await lab.application.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0].minimize())
  expect(await runToItsEnd(folder)).toMatchObject({ code: 0 })
  const isMinimized = () => lab.application.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0].isMinimized())
  await expect.poll(isMinimized).toBe(false)
  expect(await call(lab.page, 'runs.list', {})).toEqual({ ok: true, value: [] })
  await lab.close()
})

test('the window comes back where it was', async () => {
  const folder = await newFolder()
  const place = { x: 20, y: 30, width: 1100, height: 700 }
  const first = await open(folder)
  await first.application.evaluate(({ BrowserWindow }, place) => BrowserWindow.getAllWindows()[0].setBounds(place), place)
  await first.close()
  const second = await open(folder)
  expect(await second.application.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0].getBounds())).toEqual(place)
  await second.close()
})
