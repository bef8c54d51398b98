import { expect, test } from '@playwright/test'
import Database from 'better-sqlite3'
import { spawnSync } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { EVENT_CHANNEL } from '../../src-main/contract/channels.ts'
import type { RunSummary } from '../../src-main/contract/run.ts'
import { call, libraryIn, newFolder, open, projectRoot, type Laboratory } from './laboratory.ts'
import { capture, everywhere } from './pictures.ts'

test.skip(process.env.SCREENSHOTS === undefined, 'made on request: npm run screenshots')
test.setTimeout(1_800_000)

const EPOCHS = 100

const shown = [
  { preset: 'fp32', seeds: [42, 43, 44] },
  { preset: 'mixed-precision', seeds: [42, 43, 44] },
  { preset: 'accumulator', seeds: [42] },
]
const presetFile = (name: string) => join(projectRoot, `resources/presets/pattern-generation/${name}.json`)

/** Runs the shipped presets with fewer epochs. */
async function makeRuns({ at, page }: Laboratory): Promise<string[]> {
  for (const { preset, seeds } of shown) {
    const { spec } = JSON.parse(await readFile(presetFile(preset), 'utf8')) as { spec: object }
    for (const seed of seeds) {
      const shorter = { ...spec, preset: `pattern-generation/${preset}`, seed, training: { epochs: EPOCHS } }
      expect(await call(page, 'runs.start', { spec: shorter })).toMatchObject({ ok: true, value: { ok: true } })
    }
  }
  const list = async () => (await call(page, 'runs.list', {}) as { value: { runId: string; status: string }[] }).value
  await expect.poll(async () => new Set((await list()).map(({ status }) => status)), { timeout: 1_500_000 }).toEqual(new Set(['done']))
  // Each run by itself, which is a key of the Library.
  await at('rail-library').click()
  await page.keyboard.press('g')
  return (await list()).map(({ runId }) => runId)
}

const screens: Record<string, (lab: Laboratory, runIds: string[]) => Promise<void>> = {
  async library({ at }) { await at('rail-library').click() },
  async design({ at }) {
    await at('rail-design').click()
    await at('preset-pattern-generation/mixed-precision').click()
    await at('field-network.recurrentNeurons').fill('200')
  },
  async 'design-error'({ at }) {
    await at('rail-design').click()
    await at('field-training.epochs').fill('0')
  },
  async run({ at }, runIds) {
    await at('rail-library').click()
    await at(`run-row-${runIds[1]}`).dblclick()
  },
  async 'run-fp32'({ at }, runIds) {
    await at('rail-library').click()
    await at(`run-row-${runIds.at(-1)}`).dblclick()
  },
  async 'run-table'({ at }) { await at('chart-loss-table').click() },
  async compare({ at }, runIds) {
    await at('rail-library').click()
    for (const runId of runIds) await at(`tick-${runId}`).check()
    await at('compare-open').click()
  },
  async figures({ at, page }, runIds) {
    const isComposed = await at('rail-figures').click().then(() => at('figure-name').isVisible())
    if (!isComposed) {
      await at('rail-compare').click()
      await at('chart-compare-loss-figure').click()
      await expect(at('figure-page')).toBeVisible()
      await at('rail-library').click()
      await at(`run-row-${runIds[1]}`).dblclick()
      for (const chart of ['output', 'raster', 'rates']) {
        await at(`chart-${chart}-figure`).click()
        await at('figure-add').click()
        await at('rail-run').click()
      }
      await at('rail-figures').click()
    }
    await at('field-columns').fill('2')
    await at('field-width').fill('183')
    await at('figure-name').fill('Figure 3')
    await page.keyboard.press('Control+s')
    await at('panel-0').click()
    await expect(page.locator('.el-message')).toHaveCount(0)
  },
  async 'figures-vision'({ at, page }) {
    await at('figure-vision').click()
    await page.getByRole('option', { name: 'Protanopia' }).click()
    await at('figure-name').fill('A long name that says what was tried here and why, as names often do in the third week of a project')
    await at('field-width').fill('5')
    await at('panel-1').click()
  },
  async settings({ at, page }) {
    await at('rail-settings').click()
    await expect(at('backups')).toBeVisible()
    await at('check').click()
    await expect(at('check-report')).toBeVisible()
    // Replace the temporary folder by the default place of a library.
    await page.evaluate(() => {
      document.querySelector('[data-test="library-file"] span')!.textContent = '~/.local/share/chalcogen/library.chalcogen'
    })
  },
  async palette({ page }) { await page.keyboard.press('Control+k') },
  async keys({ page, at }) {
    await expect(at('palette-query')).toBeHidden()
    await page.keyboard.press('?')
    await expect(at('key-sheet')).toBeVisible()
  },
  async tour({ page, at }) {
    await expect(at('key-sheet')).toBeHidden()
    await at('rail-design').click()
    await at('preset-pattern-generation/mixed-precision').click()
    await page.keyboard.press('Control+k')
    await at('palette-query').fill('tour')
    await page.keyboard.press('Enter')
    await at('tour-next').click()
    await expect(at('tour')).toBeVisible()
  },
}

test('every screen, in every size and theme', async () => {
  const lab = await open(await newFolder())
  await lab.at('rail-library').click()
  await capture(lab, 'library-empty')
  await lab.at('rail-figures').click()
  await capture(lab, 'figures-empty')
  const runIds = await makeRuns(lab)
  await everywhere(lab, async (shoot) => {
    for (const [screen, show] of Object.entries(screens)) {
      await show(lab, runIds)
      await shoot(screen)
      await lab.page.keyboard.press('Escape')
    }
  })
  await lab.close()
})

test('a live run, in every size and theme', async () => {
  const lab = await open(await newFolder())
  const { at, page } = lab
  const { spec } = JSON.parse(await readFile(presetFile('mixed-precision'), 'utf8')) as { spec: object }
  const runId = await start(lab, { ...spec, name: 'mixed precision, long', training: { epochs: 5000 } })
  await start(lab, { ...spec, name: 'another', seed: 7, training: { epochs: 5000 } })
  await at('rail-library').click()
  await at(`run-row-${runId}`).dblclick()
  await expect(at('run-charts')).toBeVisible()
  await page.waitForTimeout(15_000)
  await everywhere(lab, async (shoot) => {
    await page.waitForTimeout(1500)
    await shoot('run-live')
  })
  await page.keyboard.press('Control+k')
  await at('palette-query').fill('Show all charts')
  await page.keyboard.press('Enter')
  await everywhere(lab, async (shoot) => {
    await page.waitForTimeout(3000)
    await shoot('run-all-charts')
  })
  await at('chart-loss').focus()
  await page.keyboard.press('f')
  await everywhere(lab, (shoot) => shoot('run-frozen'))
  await lab.close()
})

const names = [
  'noise sweep, READ 0.5', 'noise sweep, READ 1.0', 'noise sweep, READ 2.0', '', '',
  'a long name that describes what was tried here and why, as names often do in the third week of a project, part 2',
  'baseline', 'baseline', 'drift off', 'longer', 'shorter', 'for the figure',
]
const schemes = ['mixed-precision', 'fp32', 'sign', 'update-ready', 'accumulator']

const quick = (name: string, seed: number, epochs: number) => ({
  name, seed,
  scheme: { kind: schemes[seed % schemes.length] },
  task: { kind: 'sinusoids', patterns: 2, steps: 200 },
  network: { recurrentNeurons: 40 },
  training: { epochs },
})

const start = async ({ page }: Laboratory, spec: object) =>
  (await call(page, 'runs.start', { spec }) as { value: { runId: string } }).value.runId

/** Library with paused, interrupted, failed, archived, deleted and damaged runs. */
async function makeMaintenanceStates(folder: string) {
  const lab = await open(folder)
  const runIds: string[] = []
  for (const [index, name] of names.entries()) runIds.push(await start(lab, quick(name, index, 40)))
  const list = async () => (await call(lab.page, 'runs.list', {}) as { value: RunSummary[] }).value
  await expect.poll(async () => new Set((await list()).map(({ status }) => status)), { timeout: 300_000 }).toEqual(new Set(['done']))
  expect(await call(lab.page, 'library.backup', {})).toMatchObject({ ok: true })
  const paused = await start(lab, quick('overnight', 0, 100_000))
  const cut = await start(lab, quick('overnight', 5, 100_000))
  const sequences = async () => (await call(lab.page, 'runs.live', {}) as { value: { progress: { sequencesDone: number } }[] }).value
    .map(({ progress }) => progress.sequencesDone)
  await expect.poll(async () => Math.min(...await sequences())).toBeGreaterThan(300)
  await call(lab.page, 'runs.pause', { runId: paused })
  await call(lab.page, 'runs.shelve', { runIds: runIds.slice(0, 3), shelf: 'archive' })
  await call(lab.page, 'runs.shelve', { runIds: runIds.slice(3, 5), shelf: 'trash' })
  await lab.close()

  const db = new Database(libraryIn(folder))
  const failed = runIds[9]
  db.prepare(`UPDATE runs SET status = 'failed', digest = NULL, outcome = NULL, reasons = NULL, error_code = 'out-of-memory',
    error_message = ? WHERE run_id = ?`)
    .run('The engine ran out of memory.', failed)
  db.prepare('UPDATE arrays SET data = zeroblob(length(data)) WHERE run_id = ? AND epoch = 1').run(runIds[7])
  db.prepare(`UPDATE runs SET loss = 0.5 WHERE run_id = ?`).run(runIds[8])
  db.close()
  return { paused, cut, failed, archived: runIds[0] }
}

/** Sends an event as the main process does, for states that end too soon for a picture. */
const sendEvent = ({ application }: Laboratory, name: string, payload: unknown) =>
  application.evaluate(({ BrowserWindow }, sent) => BrowserWindow.getAllWindows()[0]!.webContents.send(...sent),
    [EVENT_CHANNEL, name, payload] as [string, string, unknown])

test('the states of a library that needs maintenance, in every size and theme', async () => {
  const folder = await newFolder()
  const { paused, cut, failed, archived } = await makeMaintenanceStates(folder)
  let lab = await open(folder)
  const { at, page } = lab
  const showRun = async (runId: string) => {
    await at('rail-library').click()
    await at('shelves').getByText('Library').click()
    await at(`run-row-${runId}`).dblclick()
  }
  await at('rail-settings').click()
  await at('check').click()
  await expect(at('findings')).toBeVisible()
  await everywhere(lab, async (shoot) => {
    await at('rail-settings').click()
    await shoot('settings-findings')
    await at('restore').first().click()
    await shoot('settings-restore')
    await page.keyboard.press('Escape')
    await at('budget').fill('0')
    await sendEvent(lab, 'library.work', { task: 'check', done: 43, total: 100, unit: 'bytes', rate: 1.2e8, secondsLeft: 12.3, ended: false })
    await sendEvent(lab, 'library.notice', { level: 'warning', message: 'There is no space left on the disk. Run 0mf4k2p9x1 is waiting and will resume automatically.' })
    await shoot('settings-task')
    await sendEvent(lab, 'library.work', { task: 'check', done: 100, total: 100, unit: 'bytes', rate: 1.2e8, secondsLeft: 0, ended: true })
    await at('dismiss-notice').click()
    await page.keyboard.press('Escape')

    await at('rail-library').click()
    await at('shelves').getByText('Library').click()
    await at(`run-row-${cut}`).click()
    await shoot('library-interrupted')
    await at(`tick-${failed}`).check()
    await at(`tick-${paused}`).check()
    await at('move').click()
    await shoot('library-move')
    await page.keyboard.press('Escape')
    await page.keyboard.press('Delete')
    await expect(at('moved').last()).toBeVisible()
    await shoot('library-moved')
    await page.keyboard.press('Control+z')
    await expect(at(`tick-${paused}`)).toBeChecked()
    await at('untick').click()
    await at('sort-loss').focus()
    await page.keyboard.press('Enter')
    await shoot('library-sorted')
    await at('sort-created').click()
    await at('shelves').getByText('Archive').click()
    await at(`run-row-${archived}`).click()
    await shoot('library-archive')
    await at('shelves').getByText('Trash').click()
    await shoot('library-trash')
    await at('tick-all').check()
    await at('untick').click()
    await showRun(paused)
    await shoot('run-paused')
    const { value: { summary } } = await call(page, 'runs.get', { runId: paused }) as { value: { summary: RunSummary } }
    await sendEvent(lab, 'run.changed', { summary: { ...summary, status: 'running', endedAt: null } })
    await sendEvent(lab, 'run.progress', {
      runId: paused, sequencesDone: 400, sequences: 200_000, sequencesPerSecond: 0, secondsLeft: null, waiting: 'There is no space left on the disk (ENOSPC).',
    })
    await shoot('run-waiting')
    await sendEvent(lab, 'run.changed', { summary })
    await showRun(failed!)
    await shoot('run-failed')
    await page.waitForTimeout(4000)
  })
  await lab.close()

  test.skip(spawnSync('chattr', ['+i', libraryIn(folder)]).status !== 0, 'only root can make a file immutable')
  try {
    lab = await open(folder)
    await everywhere(lab, async (shoot) => {
      for (const screen of ['library', 'design', 'run', 'settings']) {
        await lab.at(`rail-${screen}`).click()
        await shoot(`${screen}-read-only`)
      }
    })
    await lab.close()
  } finally {
    spawnSync('chattr', ['-i', libraryIn(folder)])
  }
})
