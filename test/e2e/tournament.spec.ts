import { expect, test } from '@playwright/test'
import { readdir } from 'node:fs/promises'
import type { RunSummary } from '../../src-main/contract/run.ts'
import type { SweepRecord } from '../../src-main/contract/sweep.ts'
import { call, newFolder, open, type Laboratory } from './laboratory.ts'

test.setTimeout(300_000)

const EPOCHS = '4'
const PRESETS = ['mixed-precision', 'sign', 'stochastic']
const ask = async <Value>({ page }: Laboratory, name: string) => (await call(page, name, {}) as { value: Value }).value
const listRuns = (lab: Laboratory) => ask<RunSummary[]>(lab, 'runs.list')
const left = async (lab: Laboratory) => (await listRuns(lab)).filter(({ status }) => status !== 'done').length
const allDone = (lab: Laboratory) => expect.poll(() => left(lab), { timeout: 120_000 }).toBe(0)

/** Design a quick experiment and open it as the base of a sweep. */
async function designQuickly({ at }: Laboratory) {
  await at('rail-design').click()
  await at('preset-pattern-generation/mixed-precision').click()
  await at('field-training.epochs').fill(EPOCHS)
  await at('field-task.steps').fill('60')
  await at('field-task.patterns').fill('1')
  await at('design-view').getByText('Sweep').click()
}

const setsOf = async ({ at }: Laboratory) => (await at('arm-set').allInnerTexts()).map((text) => Number(text.replace(/\s/g, '')))
const clipboard = ({ application }: Laboratory) => application.evaluate(({ clipboard }) => clipboard.readText())

test('a tournament by mouse: build from presets, run, inspect, change the budget, open a run, ablate', async () => {
  const lab = await open(await newFolder())
  const { at, page } = lab
  await designQuickly(lab)
  for (const preset of PRESETS) {
    await at('add-preset-variant').click()
    await at(`preset-option-pattern-generation/${preset}`).click()
  }
  await expect(at('sweep-count')).toHaveAttribute('data-arms', '3')
  await at('variants.2.up').click()
  await expect(at('field-variants.1.label')).toHaveValue(/Stochastic/)
  await at('field-variants.1.label').fill('')
  await expect(at('field-error-variants.1.label')).toBeVisible()
  await at('field-variants.1.label').fill('By chance')
  await at('variants.1.fold').click()
  await at('field-variants.1.changes.device.scale').fill('none')
  await expect(at('field-error-variants.1.changes.device.scale')).toBeVisible()
  await expect(at('launch')).toBeDisabled()
  await at('field-variants.1.changes.device.scale').fill('2')
  await at('tournament').click()
  await at('field-seeds.count').fill('3')
  await expect(at('few-seeds')).toContainText('3 seeds')
  await at('reference').click()
  await at('reference-By chance').click()
  await expect(at('sweep-count')).toHaveAttribute('data-runs', '9')
  await at('launch').click()
  await expect(at('queue-table')).toBeVisible()

  const { sweepId, document } = (await ask<SweepRecord[]>(lab, 'sweeps.list'))[0]!
  expect(document.variants.map(({ label }) => label)).toEqual(['Mixed precision on PCM', 'By chance', 'Sign on PCM'])
  expect(document.comparison).toMatchObject({ budget: { kind: 'epochs' }, reference: 'By chance' })
  await at(`queue-sweep:${sweepId}`).dblclick()
  await expect(at('tournament-view')).toBeVisible()
  await allDone(lab)
  await expect(at('sweep-ended')).toHaveText('9 of 9')
  await expect(at('arm-mean')).toHaveCount(3)
  await expect.poll(async () => (await at('arm-mean').allInnerTexts()).every((text) => Number(text) > 0)).toBe(true)
  await expect(at('tournament-warnings')).toContainText('n = 3')
  await expect(at('chart-arms')).toBeVisible()
  await expect(at('chart-pareto').locator('canvas')).toBeVisible()

  const whole = await setsOf(lab)
  await at('budget').getByText('Equal SET pulses').click()
  const pulses = Math.round(Math.max(...whole) / 2)
  await at('field-comparison.budget.pulses').fill(String(pulses))
  await expect.poll(async () => Math.max(...await setsOf(lab))).toBeLessThanOrEqual(pulses)
  await at('field-comparison.budget.pulses').fill('many')
  await expect(at('field-error-comparison.budget.pulses')).toBeVisible()
  await at('budget').getByText('Equal epochs').click()
  await expect.poll(() => setsOf(lab)).toEqual(whole)

  await at('copy-table').click()
  await at('copy-csv').click()
  await expect.poll(() => clipboard(lab)).toContain('By chance')
  expect((await clipboard(lab)).trim().split('\r\n')).toHaveLength(4)

  const folder = await newFolder()
  await lab.application.evaluate(({ dialog }, folder) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [folder] })
  }, folder)
  await at('tournament-report').click()
  await expect.poll(() => readdir(folder, { recursive: true }))
    .toEqual(expect.arrayContaining(['results.md', 'results/table-tournament.tex', 'results/runs.csv']))

  const runs = await listRuns(lab)
  await at('arm-1').click()
  const own = runs.filter(({ sweep }) => sweep?.arm === 1)
  await at(`tournament-run-${own[0]!.runId}`).click()
  await expect(at('run-status')).toContainText('finished')
  await expect(at('run-outcome')).toBeVisible()

  await at('study').click()
  await at('study-ablation').click()
  await expect(at('sweep-count')).toHaveAttribute('data-runs', /^\d+$/)
  await expect(at('field-variants.0.label')).toHaveValue('all on')
  await expect(at('sweep-time')).toBeVisible({ timeout: 60_000 })
  await at('field-seeds.count').fill('1')
  await at('launch').click()
  await expect(at('queue-table')).toBeVisible()
  await allDone(lab)
  const ablation = (await ask<SweepRecord[]>(lab, 'sweeps.list'))[0]!
  expect(ablation.arms.map(({ label }) => label)).toEqual(expect.arrayContaining(['all on', 'no write noise', 'no drift', 'all off']))
  await page.keyboard.press('Escape')
  expect(lab.complaints).toEqual([])
  await lab.close()
})

/** Press Tab until the focus is on or in that element. */
async function tabTo({ page }: Laboratory, name: string) {
  const hasFocus = () => page.evaluate((name) => {
    const element = document.querySelector(`[data-test="${name}"]`)
    return element !== null && element.contains(document.activeElement)
  }, name)
  for (let presses = 0; presses < 200 && !(await hasFocus()); presses++) await page.keyboard.press('Tab')
  expect(await hasFocus(), `Tab never reaches ${name}`).toBe(true)
}

test('a tournament by keyboard', async () => {
  const lab = await open(await newFolder())
  const { at, page } = lab
  await designQuickly(lab)
  await page.locator('body').click({ position: { x: 600, y: 5 } })
  for (const title of ['Sign on PCM', 'Stochastic on PCM']) {
    await page.keyboard.press('p')
    await page.keyboard.type(title)
    await expect(page.locator('.el-select-dropdown__item.is-hovering:visible')).toContainText(title)
    await page.keyboard.press('Enter')
    await page.keyboard.press('Escape')
    await page.evaluate(() => (document.activeElement as HTMLElement).blur())
  }
  await page.keyboard.press('t')
  await expect(at('budget')).toBeVisible()
  await tabTo(lab, 'field-seeds.count')
  await page.keyboard.press('Control+a')
  await page.keyboard.type('2')
  await expect(at('sweep-count')).toHaveAttribute('data-runs', '4')
  await page.evaluate(() => (document.activeElement as HTMLElement).blur())
  await page.keyboard.press('r')
  await expect(at('queue-table')).toBeVisible()
  await allDone(lab)
  await at('queue-table').focus()
  await page.keyboard.press('Home')
  await page.keyboard.press('Enter')
  await expect(at('arm-mean')).toHaveCount(2)
  await tabTo(lab, 'arm-0')
  await page.keyboard.press('Enter')
  const own = (await listRuns(lab)).filter(({ sweep }) => sweep?.arm === 0)
  await tabTo(lab, `tournament-run-${own[0]!.runId}`)
  await page.keyboard.press('Enter')
  await expect(at('run-outcome')).toBeVisible()
  await page.keyboard.press('o')
  await expect(at('field-variants.0.label')).toHaveValue('corrected')
  expect(lab.complaints).toEqual([])
  await lab.close()
})

test('a click on a dot of the chart opens its run', async () => {
  const lab = await open(await newFolder())
  const { at, page } = lab
  const spec = {
    preset: '', scheme: { kind: 'sign' }, task: { kind: 'sinusoids', patterns: 1, steps: 60 }, network: { recurrentNeurons: 20 },
    training: { epochs: 2 },
  }
  const sweep = { spec, seeds: [5, 6, 7], variants: [{ label: 'only', changes: {} }], comparison: {} }
  expect(await call(page, 'sweeps.start', { sweep })).toMatchObject({ ok: true, value: { ok: true } })
  await allDone(lab)
  await at('rail-queue').click()
  await at('queue-table').press('ArrowDown')
  await at('queue-table').press('Enter')
  const canvas = at('chart-arms').locator('canvas').first()
  await expect(canvas).toBeVisible()
  // With one arm, its dots lie a little below the middle of the only row, at unknown x.
  const box = (await canvas.boundingBox())!
  const y = box.y + 26 + (box.height - 26 - 40) / 2 + 5
  for (let x = box.x + 60; x < box.x + box.width - 16 && await canvas.isVisible(); x += 4) await page.mouse.click(x, y)
  await expect(at('run-status')).toBeVisible()
  expect(lab.complaints).toEqual([])
  await lab.close()
})

test('the paper starts from the palette, and starting it again resumes the same sweeps', async () => {
  const lab = await open(await newFolder())
  const { at, page } = lab
  await call(page, 'queue.hold', {})
  for (const round of ['started', 'resumed']) {
    await page.keyboard.press('Control+k')
    await expect(at('palette-query')).toBeFocused()
    await page.keyboard.type('the paper')
    await page.keyboard.press('Enter')
    await expect(at('study-parts').locator('li'), round).toHaveText([1320, 160, 250, 120, 80, 70, 140].map((runs) => new RegExp(`${runs} runs$`)))
    await at('confirm-action').click()
    await expect(at('tournament-view')).toBeVisible()
    await expect(at('sweep-ended')).toHaveText('0 of 1320')
    expect(await ask<SweepRecord[]>(lab, 'sweeps.list')).toHaveLength(7)
    await page.keyboard.press('Escape')
  }
  expect(lab.complaints).toEqual([])
  await lab.close()
})
