import { expect, test } from '@playwright/test'
import type { AxeResults, Result } from 'axe-core'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { call, type Laboratory, newFolder, open, projectRoot, showEachRun, tableOf } from './laboratory.ts'

test.setTimeout(600_000)

const axeSource = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
/** A theme changes colours alone, so the second is checked for contrast only. */
const themes: readonly { theme: string, rules?: string[] }[] = [{ theme: 'light' }, { theme: 'dark', rules: ['color-contrast'] }]
/** As JSON and the command line name schemes, models and parameters. The window has titles for them. */
const identifiers = new RegExp(`\\b(?:${[
  'fp32', 'mixed-precision', 'multi-memristor', 'update-ready', 'pcm', 'float(?:32|64)',
  '(?:scheme|task|device|learning|network|training)\\.[a-z]\\w+',
].join('|')})\\b`, 'g')
const severe: readonly (Result['impact'] | undefined)[] = ['serious', 'critical']

const quick = (scheme: string, seed: number, epochs: number) => ({
  name: `Ready ${seed}`, seed,
  scheme: { kind: scheme },
  task: { kind: 'sinusoids', patterns: 1, steps: 60 },
  network: { recurrentNeurons: 20 },
  training: { epochs },
})

/** Make two finished runs, one in the trash, a sweep of four runs and a queued run. @returns the ids of the first two */
async function makeRuns({ page }: Laboratory): Promise<string[]> {
  const start = async (scheme: string, seed: number) =>
    (await call(page, 'runs.start', { spec: quick(scheme, seed, 3) }) as { value: { runId: string } }).value.runId
  const runIds = [await start('fp32', 0), await start('mixed-precision', 1), await start('sign', 2)]
  const list = async () => (await call(page, 'runs.list', {}) as { value: { runId: string; status: string }[] }).value
  await expect.poll(async () => (await list()).map(({ status }) => status), { timeout: 120_000 }).toEqual(['done', 'done', 'done'])
  const variants = [{ label: 'slow', changes: { 'learning.rateOutput': 0.001 } }, { label: 'fast', changes: { 'learning.rateOutput': 0.01 } }]
  const sweep = { spec: quick('sign', 0, 1), variants, seeds: [1, 2], comparison: {} }
  expect(await call(page, 'sweeps.start', { sweep })).toMatchObject({ ok: true, value: { ok: true } })
  await expect.poll(async () => (await list()).filter(({ status }) => status === 'done').length, { timeout: 120_000 }).toBe(7)
  expect(await call(page, 'runs.shelve', { runIds: [runIds[2]], shelf: 'trash' })).toMatchObject({ ok: true })
  expect(await call(page, 'queue.hold', {})).toMatchObject({ ok: true })
  await start('fp32', 3)
  return runIds.slice(0, 2)
}

/** All screens, dialogs and menus to check. In this order, Escape alone closes each one. */
const places: Record<string, (lab: Laboratory, runIds: string[]) => Promise<void>> = {
  async 'library, replicates'(lab) {
    const { at } = lab
    await at('rail-library').click()
    await tableOf(lab, { replicates: true })
    await at('run-group').first().click()
  },
  async library(lab, runIds) {
    const { at } = lab
    await at('rail-library').click()
    await showEachRun(lab)
    await at(`run-row-${runIds[0]}`).click()
    await expect(at('open-run')).toBeVisible()
  },
  async 'library, import'({ application, at }) {
    await application.evaluate(({ dialog }, file) => {
      dialog.showOpenDialog = (async () => ({ canceled: false, filePaths: [file] })) as typeof dialog.showOpenDialog
    }, join(projectRoot, 'resources/example/runs.zip'))
    await at('import').click()
    await expect(at('import-new')).toBeVisible()
  },
  async 'library, suggestions'({ at }) {
    await at('filter').fill('scheme = ')
    await expect(at('suggestions')).toBeVisible()
  },
  async 'library, query with an error'({ at }) {
    await at('filter').fill('rateInput > 1')
    await expect(at('filter-problem')).toBeVisible()
  },
  async 'library, no match'({ at }) { await at('filter').fill('nothing of that kind') },
  async 'library, move menu'({ at }, runIds) {
    await at('filter').fill('')
    await at(`tick-${runIds[0]}`).check()
    await at('move').click()
  },
  async 'library, trash'({ at }) { await at('shelves').getByText('Trash').click() },
  async design({ at }) {
    await at('tick-all').uncheck()
    await at('shelves').getByText('Library').click()
    await at('rail-design').click()
    await at('preset-pattern-generation/mixed-precision').click()
    await at('field-training.epochs').fill('0')
  },
  async 'design, a choice'({ page }) {
    await page.getByRole('combobox').first().focus()
    await page.keyboard.press('Enter')
  },
  async 'design, JSON'({ at }) {
    await at('field-training.epochs').fill('3')
    await at('design-view').getByText('JSON').click()
  },
  async 'design, sweep'({ at, page }) {
    await at('design-view').getByText('Sweep').click()
    await page.waitForTimeout(500)
  },
  async 'design, variants of a tournament'({ at, page }) {
    await at('add-variant').click()
    await page.locator('[data-test^="variants."][data-test$=".add"]').click()
    await page.locator('[data-test="axis-option-scheme.kind"]:visible').click()
    if (await at('budget').count() === 0) await at('tournament').click()
    await at('field-variants.0.label').fill('')
    await page.waitForTimeout(500)
  },
  async 'design, saving a preset'({ at }) {
    await at('design-view').getByText('Form').click()
    await at('save-as-preset').click()
    await expect(at('save-preset-dialog')).toBeVisible()
  },
  async 'design, signal import'({ application, at }) {
    await application.evaluate(({ dialog }, file) => {
      dialog.showOpenDialog = (async () => ({ canceled: false, filePaths: [file] })) as typeof dialog.showOpenDialog
    }, join(projectRoot, 'resources/data/co2-concentration.csv'))
    await at('variant-task-signal').click()
    await at('choose-signal').click()
    await expect(at('signal-table')).toBeVisible()
    await expect(at('signal-use')).toBeEnabled()
  },
  async 'design, an imported signal'({ at }) {
    await at('choose-signal').click()
    await at('signal-use').click()
    await expect(at('signal-notes')).toBeVisible()
  },
  async queue({ at }) {
    await at('variant-task-sinusoids').click()
    await at('rail-queue').click()
    await expect(at('queue-table')).toBeVisible()
  },
  async 'queue, results of a sweep'({ at, page }) {
    await at('queue-table').focus()
    await page.keyboard.press('End')
    await page.keyboard.press('Enter')
    await expect(at('tournament-warnings')).toBeVisible()
    await at('arm-0').click()
  },
  async 'queue, losses of a sweep'({ at, page }) {
    await at('sweep-way').getByText('Losses').click()
    await page.waitForTimeout(500)
  },
  async 'queue, pictures of a sweep'({ at }) {
    await at('sweep-way').getByText('Pictures').click()
    await expect(at('sweep-pictures')).toBeVisible()
  },
  async run({ at }, runIds) {
    await at('rail-library').click()
    await at(`run-row-${runIds[0]}`).dblclick()
    await expect(at('run-status')).toBeVisible()
  },
  async 'run, its studies'({ at }) { await at('study').click() },
  async 'run, choosing charts'({ at }) { await at('charts-menu').click() },
  async 'run, a chart as a table'({ at }) { await at('chart-loss-table').click() },
  async 'run, snapshots'({ at, page }, runIds) {
    await at('rail-library').click()
    await at(`run-row-${runIds[1]}`).dblclick()
    await page.keyboard.press('j')
    await expect(at('chart-limits').locator('canvas').first()).toBeVisible()
  },
  async 'run, quantities of snapshots'({ at }) { await at('snapshot-quantity').click() },
  async figures({ at }) {
    await at('run-view').getByText('Charts').click()
    await at('chart-loss').focus()
    await at('chart-loss-figure').click()
    if (await at('figure-start').isVisible()) await at('figure-start').click()
    await expect(at('series-0')).toBeVisible()
  },
  async 'figures, an export'({ at }) {
    await at('figure-export').click()
    await at('export-format').getByText('PNG').click()
  },
  async 'figures, an invalid width'({ at }) { await at('field-width').fill('1') },
  async 'figures, a further chart'({ at, page }) {
    await at('field-width').fill('90')
    await at('rail-run').click()
    await at('chart-output').focus()
    // The key does nothing while the chart is still empty.
    await expect(at('chart-output-figure')).toBeEnabled()
    await page.keyboard.press('k')
    await expect(at('figure-start')).toBeFocused()
  },
  async compare({ at }, runIds) {
    await at('rail-library').click()
    for (const runId of runIds) await at(`tick-${runId}`).check()
    await at('compare-open').click()
    await expect(at('chart-compare-loss')).toBeVisible()
    await at('legend-row').locator('.name').first().click()
  },
  async 'compare, final values'({ at }) {
    await at('compare-show').getByText('Final values').click()
    await expect(at('final-table')).toBeVisible()
  },
  async settings({ at }) {
    await at('rail-settings').click()
    await at('check').click()
    await expect(at('check-report')).toBeVisible()
  },
  async views({ page }) { await page.keyboard.press('Control+d') },
  async palette({ page }) { await page.keyboard.press('Control+k') },
  async 'a study'({ at, page }) {
    await page.keyboard.press('Control+k')
    await expect(at('palette-query')).toBeFocused()
    await page.keyboard.type('run a study')
    await page.keyboard.press('Enter')
    await expect(at('study-parts')).toBeVisible({ timeout: 60_000 })
  },
  async 'key sheet'({ page }) { await page.keyboard.press('?') },
  async tour({ at, page }) {
    await page.keyboard.press('Control+k')
    await expect(at('palette-query')).toBeFocused()
    await page.keyboard.type('tour')
    await page.keyboard.press('Enter')
    await at('tour-next').click()
    await at('tour-next').click()
  },
}

/** Serious and critical violations, one line per element and rule. */
async function findings({ page }: Laboratory, rules?: string[]): Promise<string[]> {
  const { violations } = await page.evaluate((runOnly) => {
    const { axe } = window as unknown as { axe: { run(context: Document, options: object): Promise<AxeResults> } }
    return axe.run(document, { resultTypes: ['violations'], ...(runOnly && { runOnly }) })
  }, rules)
  return violations
    .filter(({ impact }) => severe.includes(impact))
    .flatMap(({ id, nodes }) => nodes.map(({ target, any }) => `${id}: ${target.join(' ')} ${any[0]?.message ?? ''}`))
}

/** Raw identifiers in what the window shows, apart from a field's JSON path in the inspector and from queries, which consist of them. */
async function rawNames({ page }: Laboratory): Promise<string[]> {
  const text = await page.evaluate(() => {
    const exempt = document.querySelectorAll<HTMLElement>('[data-test="about-field"], [data-test="suggestions"], [data-test="filter-problem"]')
    return [...exempt].reduce((all, { innerText }) => all.replace(innerText, ''), document.body.innerText)
  })
  return text.match(identifiers) ?? []
}

test('no screen has serious accessibility problems in either theme, and none shows raw identifiers', async () => {
  const lab = await open(await newFolder())
  const found: string[] = []
  const checkPlace = async (where: string, rules?: string[]) => {
    // Keep the pointer away from elements with tooltips.
    await lab.page.mouse.move(640, 2)
    await lab.page.waitForTimeout(300)
    const raw = (await rawNames(lab)).map((name) => `raw identifier ${name}`)
    found.push(...[...await findings(lab, rules), ...raw].map((finding) => `${where}: ${finding}`))
  }
  await lab.page.evaluate(axeSource)
  await lab.page.emulateMedia({ reducedMotion: 'reduce' })
  for (const screen of ['library', 'design', 'queue', 'run', 'compare', 'figures', 'settings']) {
    await lab.at(`rail-${screen}`).click()
    await checkPlace(`${screen}, no run yet`)
  }
  const runIds = await makeRuns(lab)
  for (const { theme, rules } of themes) {
    await lab.at('rail-settings').click()
    await lab.at('theme').getByText(theme, { exact: false }).click()
    for (const [place, show] of Object.entries(places)) {
      await show(lab, runIds)
      await checkPlace(`${place}, ${theme}`, rules)
      await lab.page.keyboard.press('Escape')
      await expect(lab.page.locator('[aria-modal="true"]:visible')).toHaveCount(0)
    }
  }
  expect([...new Set(found)]).toEqual([])
  expect(lab.complaints).toEqual([])
  await lab.close()
})
