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
 * Evaluates code in the page through the main process, because a driver loses a page that has crashed.
 * Null if there is no answer within a second, as from a page that is closing.
 */
const evaluateInPage = <T>({ application }: Laboratory, code: string) =>
  application.evaluate(({ BrowserWindow }, code) => Promise.race([
    BrowserWindow.getAllWindows()[0]!.webContents.executeJavaScript(code).catch(() => null),
    new Promise((resolve) => setTimeout(resolve, 1000, null)),
  ]), code) as Promise<T | null>

const sequencesDone = (lab: Laboratory) => evaluateInPage<number>(lab, `
  window.chalcogen.call('runs.live', {}).then(({ value }) => value[0]?.progress.sequencesDone ?? -1)
`)

test('fault 1: a crashed page reloads while its run continues', async () => {
  const lab = await open(await newFolder())
  await startEndlessRun(lab)
  await expect.poll(() => sequencesDone(lab)).toBeGreaterThan(0)
  const before = await sequencesDone(lab) ?? Infinity
  await evaluateInPage(lab, 'window.beforeTheCrash = true')
  await lab.application.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.webContents.forcefullyCrashRenderer())
  const isBack = () => evaluateInPage<boolean>(lab, `
    window.beforeTheCrash === undefined && document.querySelector('[data-test="rail-library"]') !== null
  `)
  await expect.poll(isBack).toBe(true)
  expect(await sequencesDone(lab)).toBeGreaterThan(before)
  await lab.close()
})

test('fault 2: a page that hangs offers a reload while its run continues', async () => {
  const lab = await open(await newFolder())
  await startEndlessRun(lab)
  await expect.poll(() => sequencesDone(lab)).toBeGreaterThan(0)
  const before = await sequencesDone(lab) ?? Infinity
  await lab.application.evaluate(({ dialog, BrowserWindow }) => {
    dialog.showMessageBox = (async () => ({ response: 0, checkboxChecked: false })) as typeof dialog.showMessageBox
    const window = BrowserWindow.getAllWindows()[0]!
    void window.webContents.executeJavaScript('window.beforeTheHang = true; setTimeout(() => { for (;;); }, 0)')
    window.emit('unresponsive')
  })
  const isBack = () => evaluateInPage<boolean>(lab, `
    window.beforeTheHang === undefined && document.querySelector('[data-test="rail-library"]') !== null
  `)
  await expect.poll(isBack).toBe(true)
  expect(await sequencesDone(lab)).toBeGreaterThan(before)
  await lab.close()
})

test('a run that is active when the application quits is interrupted and kept', async () => {
  const folder = await newFolder()
  const first = await open(folder)
  const runId = await startEndlessRun(first)
  await expect.poll(() => sequencesDone(first)).toBeGreaterThan(0)
  await first.close()
  const closedAt = Date.now()
  const second = await open(folder)
  const { value } = await call(second.page, 'runs.get', { runId }) as { value: RunDetail }
  expect(value.summary.status).toBe('interrupted')
  // The quitting application records this itself; the next start does not have to detect it.
  expect(Date.parse(value.summary.endedAt!)).toBeLessThanOrEqual(closedAt)
  await second.close()
})

const notes = 'Important notes that are not a database.\n'.repeat(100)

test('fault 23: a library that is not a database is reported and left unchanged', async () => {
  const folder = await newFolder()
  await writeFile(libraryIn(folder), notes)
  const { code, output } = await runToItsEnd(folder)
  expect(output).toContain('[dialog] Cannot open the library')
  expect(output).toContain('Rename the file and create a new library | Retry | Quit')
  expect(output).toContain(libraryIn(folder))
  expect(code).toBe(2)
  expect(await readFile(libraryIn(folder), 'utf8')).toBe(notes)
})

test('fault 23: the backup can replace the file, which is kept', async () => {
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

test('fault 3: the draft is restored after the window crashes while a form is being filled in', async () => {
  const lab = await open(await newFolder())
  await lab.at('rail-design').click()
  await lab.at('field-training.epochs').fill('137')
  await lab.at('field-network.recurrentNeurons').fill('33')
  await evaluateInPage(lab, 'window.isOld = true')
  await lab.application.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.webContents.forcefullyCrashRenderer())
  const valueOf = (field: string) => `document.querySelector('[data-test="field-${field}"]')?.value`
  const state = () => evaluateInPage<unknown[]>(lab, `[!window.isOld, ${valueOf('training.epochs')}, ${valueOf('network.recurrentNeurons')}]`)
  await expect.poll(state).toEqual([true, '137', '33'])
  await lab.close()
})

test('fault 21: the lock of a killed application does not block the next start', async () => {
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

test('fault 21: a second start shows the first window and does not touch the library', async () => {
  const folder = await newFolder()
  const lab = await open(folder)
  await lab.application.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.minimize())
  expect(await runToItsEnd(folder)).toMatchObject({ code: 0 })
  const isMinimized = () => lab.application.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.isMinimized())
  await expect.poll(isMinimized).toBe(false)
  expect(await call(lab.page, 'runs.list', {})).toEqual({ ok: true, value: [] })
  await lab.close()
})

test('the window reopens at its last position', async () => {
  const folder = await newFolder()
  const place = { x: 20, y: 30, width: 1100, height: 700 }
  const first = await open(folder)
  await first.application.evaluate(({ BrowserWindow }, place) => BrowserWindow.getAllWindows()[0]!.setBounds(place), place)
  await first.close()
  const second = await open(folder)
  expect(await second.application.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.getBounds())).toEqual(place)
  await second.close()
})
