import { expect, test } from '@playwright/test'
import Database from 'better-sqlite3'
import { spawnSync } from 'node:child_process'
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { EVENT_CHANNEL } from '../../src-main/contract/channels.ts'
import type { RunSummary } from '../../src-main/contract/run.ts'
import { answerDeletions, call, type Laboratory, libraryIn, newFolder, open, showEachRun } from './laboratory.ts'

const spec = (name: string, seed: number, epochs = 2) => ({
  name, seed,
  task: { kind: 'sinusoids', patterns: 1, steps: 50 },
  network: { recurrentNeurons: 10 },
  training: { epochs },
  recording: { snapshotEvery: 1 },
})

const start = async ({ page }: Laboratory, what: object) =>
  (await call(page, 'runs.start', { spec: what }) as { value: { runId: string } }).value.runId

const list = async ({ page }: Laboratory) => (await call(page, 'runs.list', {}) as { value: RunSummary[] }).value

/** Runs with these seeds to the end and shows them on the Library screen. */
async function withRuns(lab: Laboratory, ...seeds: number[]): Promise<string[]> {
  const runIds: string[] = []
  for (const seed of seeds) runIds.push(await start(lab, spec(`run ${seed}`, seed)))
  await expect.poll(async () => (await list(lab)).every(({ status }) => status === 'done'), { timeout: 60_000 }).toBe(true)
  await lab.at('rail-library').click()
  await showEachRun(lab)
  for (const runId of runIds) await expect(lab.at(`run-row-${runId}`)).toContainText('finished')
  return runIds
}

const row = (lab: Laboratory, runId: string) => lab.at(`run-row-${runId}`)
const shelf = (lab: Laboratory, name: string) => lab.at('shelves').getByText(name)

/** Runs a command from the palette, like a user who does not know the key. */
async function command({ page, at }: Laboratory, words: string): Promise<void> {
  await page.keyboard.press('Control+k')
  await expect(at('palette-query')).toBeFocused()
  await page.keyboard.type(words)
  await page.keyboard.press('Enter')
}

/** Names in the list, from top to bottom. */
const names = ({ page }: Laboratory) => page.locator('[data-test^="run-row-"]').evaluateAll((rows) => rows
  .map((row) => ({ top: row.getBoundingClientRect().top, name: row.children[3]!.textContent!.trim() }))
  .sort((a, b) => a.top - b.top)
  .map(({ name }) => name))

const answerDialogs = ({ application }: Laboratory, path: string) => application.evaluate(({ dialog }, path) => {
  dialog.showOpenDialog = (async () => ({ canceled: false, filePaths: [path] })) as typeof dialog.showOpenDialog
}, path)

interface Question { message: string; detail: string; defaultId: number; buttons: string[] }

/** Keeps the questions of the application, and cancels them. */
const recordQuestions = ({ application }: Laboratory) => application.evaluate(({ dialog }) => {
  const questions: unknown[] = []
  Object.assign(globalThis, { questions })
  dialog.showMessageBox = async (...args: unknown[]) => {
    questions.push(args.at(-1))
    return { response: 1, checkboxChecked: false }
  }
})
const questions = ({ application }: Laboratory) =>
  application.evaluate(() => (globalThis as unknown as { questions: Question[] }).questions)

test('runs move to the archive and the trash, return with Ctrl Z, and are deleted permanently only after a confirmation', async () => {
  const lab = await open(await newFolder())
  const { at, page } = lab
  const [first = '', second = '', third = ''] = await withRuns(lab, 1, 2, 3)

  await test.step('archive by key, and undo', async () => {
    await row(lab, first).click()
    await page.keyboard.press('a')
    await expect(row(lab, first)).toHaveCount(0)
    await expect(at('moved')).toContainText('Moved 1 run to the archive')
    await expect(at('shelves')).toContainText('Archive 1')
    await page.keyboard.press('Control+z')
    await expect(row(lab, first)).toBeVisible()
    await expect(at('shelves')).toContainText('Archive 0')
  })

  await test.step('ticked runs move to the trash, and Undo restores them with their ticks', async () => {
    await at(`tick-${first}`).check()
    await at(`tick-${second}`).check()
    await page.keyboard.press('Delete')
    await expect(at('moved').last()).toContainText('Moved 2 runs to the trash')
    await expect(row(lab, first)).toHaveCount(0)
    await at('undo-moved').last().click()
    await expect(at(`tick-${first}`)).toBeChecked()
    await expect(at(`tick-${second}`)).toBeChecked()
  })

  await test.step('several moves are undone one by one', async () => {
    await at('untick').click()
    await row(lab, third).click()
    await page.keyboard.press('a')
    await expect(row(lab, third)).toHaveCount(0)
    await row(lab, second).click()
    await page.keyboard.press('Delete')
    await expect(row(lab, second)).toHaveCount(0)
    await command(lab, 'undo the last move')
    await expect(row(lab, second)).toBeVisible()
    await page.keyboard.press('Control+z')
    await expect(row(lab, third)).toBeVisible()
  })

  await test.step('a filter works within a shelf', async () => {
    await row(lab, first).click()
    await at('move').click()
    await at('move-archive').click()
    await shelf(lab, 'Archive').click()
    await expect(row(lab, first)).toBeVisible()
    await at('filter').fill('nothing like that')
    await expect(at('empty')).toContainText('No matching runs')
    await at('filter').fill('')
    await page.keyboard.press('Escape')
    await page.keyboard.press('b')
    await expect(at('empty')).toContainText('The archive is empty')
    await shelf(lab, 'Library').click()
  })

  await test.step('delete permanently', async () => {
    await recordQuestions(lab)
    await row(lab, second).click()
    await page.keyboard.press('Delete')
    await expect(row(lab, second)).toHaveCount(0)
    await shelf(lab, 'Trash').click()
    await row(lab, second).click()
    await page.keyboard.press('Delete')
    // The question is not of the page, which could answer it: a dialog of the system, whose default is Cancel.
    await expect.poll(() => questions(lab)).toMatchObject([
      {
        message: 'Delete 1 run permanently?', detail: expect.stringContaining('This cannot be undone.'),
        defaultId: 1, buttons: ['Delete 1 run', 'Cancel'],
      },
    ])
    expect(await call(page, 'runs.delete', { runIds: [second] })).toMatchObject({ ok: true, value: { deleted: false } })
    await expect(row(lab, second)).toBeVisible()
    await answerDeletions(lab)
    await at('move').click()
    await at('delete-for-good').click()
    await expect(at('empty')).toContainText('The trash is empty')
    expect((await list(lab)).map(({ runId }) => runId).sort()).toEqual([first, third].sort())
  })

  await test.step('a running run stays and the reason is shown', async () => {
    await shelf(lab, 'Library').click()
    const running = await start(lab, spec('runs', 9, 1_000_000))
    await expect(row(lab, running)).toContainText('running')
    await row(lab, running).click()
    await page.keyboard.press('Delete')
    await at('move').click()
    await expect(at('move-trash')).toHaveAttribute('title', /This run is running\. Stop or pause it first\./)
    await page.keyboard.press('Escape')
    await page.keyboard.press('p')
    await expect(row(lab, running)).toContainText('paused')
    await page.keyboard.press('Delete')
    await expect(row(lab, running)).toHaveCount(0)
  })

  expect(lab.complaints).toEqual([])
  await lab.close()
})

test('the list is sorted by mouse and keyboard, and keeps its order after a restart', async () => {
  const folder = await newFolder()
  let lab = await open(folder)
  await withRuns(lab, 2, 3, 1)
  expect(await names(lab)).toEqual(['run 1', 'run 3', 'run 2'])
  await expect(lab.at('head-created')).toHaveAttribute('aria-sort', 'descending')

  await lab.at('sort-seed').focus()
  await lab.page.keyboard.press('Enter')
  await expect(lab.at('head-seed')).toHaveAttribute('aria-sort', 'ascending')
  expect(await names(lab)).toEqual(['run 1', 'run 2', 'run 3'])
  await lab.page.keyboard.press('Space')
  await expect(lab.at('head-seed')).toHaveAttribute('aria-sort', 'descending')
  expect(await names(lab)).toEqual(['run 3', 'run 2', 'run 1'])
  await command(lab, 'sort by name')
  expect(await names(lab)).toEqual(['run 1', 'run 2', 'run 3'])
  await expect(lab.at('head-seed')).toHaveAttribute('aria-sort', 'none')
  await lab.close()

  lab = await open(folder)
  await lab.at('rail-library').click()
  await expect(lab.at('head-name')).toHaveAttribute('aria-sort', 'ascending')
  expect(await names(lab)).toEqual(['run 1', 'run 2', 'run 3'])
  expect(lab.complaints).toEqual([])
  await lab.close()
})

test('a library is backed up, checked, restored and compacted, with a message each', async () => {
  const folder = await newFolder()
  const lab = await open(folder)
  const { at, page } = lab
  const [first = '', second = ''] = await withRuns(lab, 1, 2)

  await test.step('back up from the palette', async () => {
    await command(lab, 'back up the library')
    await lab.at('rail-settings').click()
    await expect(at('backups')).toContainText('Manual')
  })

  await test.step('check', async () => {
    await at('check').click()
    await expect(at('check-report')).toContainText('No problems found.')
    await expect(at('check-report')).toContainText('2 runs, 4 epochs')
  })

  await test.step('a restore undoes later changes and keeps the previous library', async () => {
    await at('rail-library').click()
    await row(lab, first).click()
    await page.keyboard.press('Delete')
    await shelf(lab, 'Trash').click()
    await row(lab, first).click()
    await answerDeletions(lab)
    await page.keyboard.press('Delete')
    await expect(at('empty')).toBeVisible()
    await at('rail-settings').click()
    await at('backup').filter({ hasText: 'Manual' }).getByText('Restore…').click()
    await expect(at('confirm')).toContainText('kept next to it')
    await at('confirm-action').click()
    await expect(at('set-aside')).toContainText('before-restore', { timeout: 30_000 })
    expect((await readdir(folder)).some((name) => name.includes('before-restore'))).toBe(true)
    await at('rail-library').click()
    await shelf(lab, 'Library').click()
    await expect(row(lab, first)).toBeVisible()
    await expect(row(lab, second)).toBeVisible()
  })

  await test.step('a restore is blocked while a run is running', async () => {
    const running = await start(lab, spec('runs', 9, 1_000_000))
    await at('rail-settings').click()
    const restore = at('restore').first()
    await expect(restore).toBeDisabled()
    await expect(restore).toHaveAttribute('title', '1 run is queued or running. Stop or pause it first.')
    await call(page, 'runs.stop', { runId: running })
    await expect(restore).toBeEnabled()
  })

  await test.step('Compact frees the space of deleted runs', async () => {
    const all = (await list(lab)).map(({ runId }) => runId)
    await call(page, 'runs.shelve', { runIds: all, shelf: 'trash' })
    await call(page, 'runs.delete', { runIds: all })
    await expect(at('compact')).toBeEnabled()
    const before = (await stat(libraryIn(folder))).size
    await at('compact').click()
    await expect(page.getByText('of disk space freed')).toBeVisible()
    expect((await stat(libraryIn(folder))).size).toBeLessThan(before)
  })

  expect(lab.complaints).toEqual([])
  await lab.close()
})

test('size limit and backup interval are set in Settings, with errors next to them', async () => {
  const folder = await newFolder()
  let lab = await open(folder)
  await lab.at('rail-settings').click()
  await expect(lab.at('status-room')).toContainText('of 20 GB')
  await expect(lab.at('budget')).toHaveValue('20')
  await lab.at('budget').fill('0')
  await expect(lab.at('budget-error')).toContainText('from 0.001')
  await lab.at('budget').fill('1.5')
  await lab.page.keyboard.press('Enter')
  await expect(lab.at('status-room')).toContainText('of 1.5 GB')
  await lab.at('backup-every').fill('0.5')
  await expect(lab.at('backup-every-error')).toContainText('a whole number')
  await lab.page.keyboard.press('Escape')
  await expect(lab.at('backup-every')).toHaveValue('24')
  await lab.at('backup-every').fill('0')
  await lab.page.keyboard.press('Tab')
  const settings = () => call(lab.page, 'library.settings', {})
  await expect.poll(settings).toMatchObject({ ok: true, value: { budget: 1.5e9, backupEvery: 0 } })
  await lab.close()

  lab = await open(folder)
  await lab.at('rail-settings').click()
  await expect(lab.at('budget')).toHaveValue('1.5')
  await expect(lab.at('backup-every')).toHaveValue('0')
  expect(lab.complaints).toEqual([])
  await lab.close()
})

test('a damaged array is found, named, and restored from the backup', async () => {
  const folder = await newFolder()
  let lab = await open(folder)
  const runId = (await withRuns(lab, 1))[0]!
  await command(lab, 'back up the library')
  await lab.at('rail-settings').click()
  await expect(lab.at('backups')).toContainText('Manual')
  await lab.close()

  const db = new Database(libraryIn(folder))
  db.prepare('UPDATE arrays SET data = zeroblob(length(data)) WHERE rowid = (SELECT min(rowid) FROM arrays)').run()
  db.close()

  lab = await open(folder)
  await lab.at('rail-settings').click()
  await lab.at('check').click()
  await expect(lab.at('check-report')).toContainText('1 problem found.')
  await expect(lab.at('findings')).toContainText(runId)
  await expect(lab.at('findings')).toContainText('Not repaired')
  await lab.at('check-repair').click()
  await expect(lab.at('findings')).toContainText('Restored from the backup of')
  await lab.at('check').click()
  await expect(lab.at('check-report')).toContainText('No problems found.')
  expect(lab.complaints).toEqual([])
  await lab.close()
})

test('runs move to another library in an archive, and the library moves to another folder', async () => {
  const [folder, exports, other, moved] = await Promise.all([newFolder(), newFolder(), newFolder(), newFolder()])
  const here = await open(folder)
  const runId = (await withRuns(here, 1))[0]!
  await answerDialogs(here, exports)
  await row(here, runId).click()
  await here.at('export').click()
  await here.at('export-archive').click()
  await expect(here.page.getByText('Saved 1 file')).toBeVisible()
  expect(await readdir(exports)).toHaveLength(1)
  await here.close()

  const there = await open(other)
  await withRuns(there, 7)
  const archive = join(exports, (await readdir(exports))[0]!)
  const damaged = join(exports, 'damaged.zip')
  const bytes = await readFile(archive)
  bytes[Math.floor(bytes.length / 2)]! ^= 1
  await writeFile(damaged, bytes)
  await answerDialogs(there, damaged)
  await there.at('import').click()
  await expect(there.at('import-damaged')).toContainText('Damaged, not imported: 1 run')
  await expect(there.page.locator('[data-test="confirm-action"]:visible')).toBeDisabled()
  await there.page.keyboard.press('Escape')
  await answerDialogs(there, archive)
  await command(there, 'import runs')
  await expect(there.at('import-new')).toContainText('To be added: 1 run')
  await expect(row(there, runId)).toHaveCount(0)
  await there.page.getByRole('button', { name: 'Import 1 run' }).click()
  await expect(there.page.getByText('1 run imported')).toBeVisible()
  await expect(row(there, runId)).toContainText('finished')
  await command(there, 'import runs')
  await expect(there.at('import-present')).toContainText(`${runId}, same id`)
  await expect(there.page.locator('[data-test="confirm-action"]:visible')).toBeDisabled()
  await there.page.keyboard.press('Escape')

  await mkdir(join(moved, 'new place'))
  await answerDialogs(there, join(moved, 'new place'))
  await there.at('rail-settings').click()
  await there.at('library-move').click()
  await expect(there.at('library-file')).toContainText(join('new place', 'library.chalcogen'))
  expect(await readdir(join(moved, 'new place'))).toContain('library.chalcogen')
  await there.at('rail-library').click()
  await expect(row(there, runId)).toBeVisible()
  expect([...here.complaints, ...there.complaints]).toEqual([])
  await there.close()
})

/** Sends an event as the main process does, for states that a test cannot produce. */
const sendEvent = ({ application }: Laboratory, name: string, payload: unknown) =>
  application.evaluate(({ BrowserWindow }, sent) => BrowserWindow.getAllWindows()[0]!.webContents.send(...sent),
    [EVENT_CHANNEL, name, payload] as [string, string, unknown])

test('a waiting run and a long task are shown in the status bar and on their screens', async () => {
  const lab = await open(await newFolder())
  const { at } = lab
  const runId = (await withRuns(lab, 1))[0]!
  const [summary] = await list(lab)
  const waiting = 'there is no space left on the disk'
  await sendEvent(lab, 'run.changed', { summary: { ...summary, status: 'running', endedAt: null } })
  const progress = { runId, sequencesDone: 1, sequences: 2, sequencesPerSecond: 0, secondsLeft: null, waiting }
  await sendEvent(lab, 'run.progress', progress)
  await expect(at('waiting')).toContainText(waiting)
  await row(lab, runId).dblclick()
  await expect(at('run-waiting')).toContainText('There is no space left on the disk.')
  await sendEvent(lab, 'run.progress', { ...progress, waiting: null })
  await expect(at('run-waiting')).toHaveCount(0)
  await expect(at('waiting')).toHaveCount(0)

  const work = { task: 'check', done: 43, total: 100, unit: 'bytes', rate: 1.2e8, secondsLeft: 12.3, ended: false }
  await sendEvent(lab, 'library.work', work)
  await expect(at('status-task')).toHaveText('Checking the library · 43 % · 120 MB/s · 12.3 s left')
  await at('status-task').click()
  await expect(at('task')).toContainText('43 % · 120 MB/s · 12.3 s left')
  await expect(at('back-up')).toBeDisabled()
  await at('task-cancel').click()
  await sendEvent(lab, 'library.work', { ...work, task: 'move' })
  await expect(at('task-cancel')).toHaveCount(0)
  for (const task of ['check', 'move']) await sendEvent(lab, 'library.work', { ...work, task, ended: true })
  await expect(at('task')).toHaveCount(0)
  await expect(at('back-up')).toBeEnabled()

  await sendEvent(lab, 'library.notice', { level: 'warning', message: 'The library worker has restarted.' })
  await expect(at('notice')).toHaveText('The library worker has restarted.')
  await at('dismiss-notice').click()
  await expect(at('notice')).toHaveCount(0)
  expect(lab.complaints).toEqual([])
  await lab.close()
})

test('a read-only library says so on every screen and refuses changes', async () => {
  const folder = await newFolder()
  const first = await open(folder)
  const runId = (await withRuns(first, 1))[0]!
  await first.close()
  const frozen = spawnSync('chattr', ['+i', libraryIn(folder)])
  test.skip(frozen.status !== 0, 'only root can make a file immutable, on a file system that supports it')
  try {
    const lab = await open(folder)
    for (const screen of ['library', 'design', 'run', 'compare', 'figures', 'settings']) {
      await lab.at(`rail-${screen}`).click()
      await expect(lab.at('read-only')).toContainText('not start or change them')
    }
    await lab.at('rail-design').click()
    await expect(lab.at('start')).toBeDisabled()
    await lab.at('rail-library').click()
    await row(lab, runId).click()
    await lab.page.keyboard.press('Delete')
    await expect(row(lab, runId)).toBeVisible()
    await expect(lab.at('run-retry')).toBeDisabled()
    await expect(lab.at('import')).toBeDisabled()
    await lab.at('rail-settings').click()
    await expect(lab.at('budget')).toBeDisabled()
    await lab.at('check').click()
    await expect(lab.at('check-report')).toContainText('No problems found.')
    expect(lab.complaints).toEqual([])
    await lab.close()
  } finally {
    spawnSync('chattr', ['-i', libraryIn(folder)])
  }
})
