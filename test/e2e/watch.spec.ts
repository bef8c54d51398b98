import { expect, test } from '@playwright/test'
import { DOUBLE_PRESS_MS } from '../../src-renderer/keys.ts'
import { call, type Laboratory, newFolder, open } from './laboratory.ts'

test.setTimeout(180_000)

const small = (epochs: number) => ({
  name: 'watched', seed: 3,
  scheme: { kind: 'mixed-precision' },
  task: { kind: 'sinusoids', patterns: 2, steps: 200 },
  network: { recurrentNeurons: 30 },
  training: { epochs },
})

const start = async ({ page }: Laboratory, spec: object) =>
  (await call(page, 'runs.start', { spec }) as { value: { runId: string } }).value.runId

const show = async ({ at }: Laboratory, runId: string) => {
  await at('rail-library').click()
  await at(`run-row-${runId}`).dblclick()
  await expect(at('run-charts')).toBeVisible()
}

/** Run a command from the palette. */
const command = async ({ page, at }: Laboratory, title: string) => {
  await page.keyboard.press('Control+k')
  await at('palette-query').fill(title)
  await page.keyboard.press('Enter')
}

test('a live run shows all charts, follows a chosen synapse, freezes charts and obeys keys', async () => {
  const lab = await open(await newFolder())
  const { at, page } = lab
  const runId = await start(lab, small(100_000))
  await show(lab, runId)
  await expect(at('run-charts').locator('.chart')).toHaveCount(6)
  await command(lab, 'Show all charts')
  await expect(at('run-charts').locator('.chart')).toHaveCount(12)

  await at('watch-neuron').fill('7')
  await page.keyboard.press('Enter')
  await expect(at('chart-membrane').locator('.notes')).toContainText('neuron 7')
  await at('chart-eligibility').focus()
  await page.keyboard.press('.')
  await expect(at('chart-eligibility').locator('.notes')).toContainText('→ neuron 8')
  await at('watch-neuron').fill('9999')
  await page.keyboard.press('Enter')
  await expect(at('chart-membrane').locator('.notes')).toContainText('neuron 29')
  await expect(at('chart-audit').locator('.notes')).toContainText('requested')
  await at('weights-input').click()
  await expect(at('chart-weights').locator('.notes')).toContainText('Input, 30 × 100')

  await at('chart-membrane').focus()
  await page.keyboard.press('f')
  await expect(at('run-frozen')).toContainText('The run continues')
  const table = at('chart-loss').locator('tbody tr td')
  await at('chart-loss-table').click()
  const rows = () => at('chart-loss').locator('table').getAttribute('aria-rowcount')
  // A chart may still have to draw the last epochs before the freeze.
  await page.waitForTimeout(1000)
  const frozenRows = await rows()
  const before = Number(await at('run-progress').getAttribute('data-done'))
  await expect.poll(async () => Number(await at('run-progress').getAttribute('data-done'))).toBeGreaterThan(before)
  expect(await rows()).toBe(frozenRows)
  await expect(table.first()).toBeVisible()
  await page.keyboard.press('f')
  await expect(at('run-frozen')).toBeHidden()
  await expect.poll(rows).not.toBe(frozenRows)

  await at('chart-membrane').focus()
  await page.keyboard.press('m')
  await expect(at('chart-membrane')).toHaveClass(/full/)
  // Two presses in quick succession are one.
  await page.waitForTimeout(DOUBLE_PRESS_MS)
  await page.keyboard.press('m')
  await expect(at('chart-membrane')).not.toHaveClass(/full/)
  await page.keyboard.press('x')
  await expect(at('run-charts').locator('.chart')).toHaveCount(11)
  await page.keyboard.press('l')
  await expect(at('loss-scale')).toHaveText('Linear')
  expect(lab.complaints).toEqual([])
  await lab.close()
})

test('keeps the choice of charts, and a repeated run reports the same bits', async () => {
  const folder = await newFolder()
  let lab = await open(folder)
  const first = await start(lab, small(4))
  await show(lab, first)
  await expect(lab.at('run-status')).toContainText('finished')
  await lab.at('charts-menu').click()
  await lab.at('show-weights').click()
  await lab.at('show-rates').click()
  await lab.page.keyboard.press('Escape')
  await expect(lab.at('chart-weights').locator('.notes')).toContainText('Recurrent, 30 × 30')
  await lab.close()

  lab = await open(folder)
  await show(lab, first)
  await expect(lab.at('chart-weights')).toBeVisible()
  await expect(lab.at('chart-rates')).toBeHidden()
  await expect(lab.at('run-same-spec')).toContainText('No other finished run')
  await lab.at('run-retry').click()
  await expect(lab.at('run-status')).toContainText('finished')
  await expect(lab.at('run-same-spec').locator('.bits')).toHaveAttribute('data-same', 'true')
  await expect(lab.at('run-same-spec')).toContainText('Bit-identical to watched')
  expect(lab.complaints).toEqual([])
  await lab.close()
})

test('a finished run shows what it recorded of the neurons and synapses that the form names, and nothing else', async () => {
  const lab = await open(await newFolder())
  const { at, page } = lab
  const charts = at('run-charts').locator('.chart')
  const plain = await start(lab, small(4))
  await at('rail-design').click()
  for (const [path, text] of [
    ['training.epochs', '4'], ['recording.traces.neurons', '7'], ['recording.traces.every', '2'],
    ['recording.traces.synapses', 'input 3->500'],
  ] as const) await at(`field-${path}`).fill(text)
  await expect(at('field-error-recording.traces.synapses')).toContainText('to must be below 100')
  await at('field-recording.traces.synapses').fill('input 3->5, output 2->0')
  await at('field-recording.traces.synapses').blur()
  await expect(at('field-recording.traces.synapses')).toHaveValue('input 3→5, output 2→0')
  await at('start').click()
  await expect(at('run-status')).toContainText('finished', { timeout: 90_000 })
  await command(lab, 'Show all charts')
  await expect(charts).toHaveCount(13)
  await expect(at('charts-menu')).toHaveText('Charts · 13 of 13')
  await expect(at('chart-eligibility').locator('.notes')).toContainText('input channel 3 → neuron 5')
  await expect(at('chart-membrane').locator('.notes')).toContainText('epoch 4, pattern 1')
  await expect(at('chart-updates').locator('.notes')).toContainText('Input channel 3 → neuron 5')

  await at('chart-updates-table').click()
  await expect(at('chart-updates').locator('table')).toHaveAttribute('aria-rowcount', '4')
  await command(lab, 'Show the traces of the earlier recorded epoch')
  await expect(at('chart-membrane').locator('.notes')).toContainText('epoch 2, pattern 1')
  await at('chart-membrane').focus()
  await page.keyboard.press('.')
  await expect(at('chart-updates').locator('.notes')).toContainText('Neuron 2 → output 0')
  await page.keyboard.press('.')
  await page.keyboard.press('.')
  await expect(at('recorded-subject')).toContainText('Neuron 7')
  await expect(at('chart-membrane').locator('.notes')).toContainText('neuron 7')

  await at('chart-membrane').focus()
  await page.keyboard.press('k')
  await expect(at('figure-name')).toHaveValue(/^Membrane potential/)
  await expect(at('figure-page')).toBeVisible()
  await expect(at('figure-problems')).toHaveCount(0)

  await show(lab, plain)
  await expect(at('run-status')).toContainText('finished', { timeout: 90_000 })
  await expect(charts).toHaveCount(8)
  await expect(at('charts-menu')).toHaveText('Charts · 8 of 8')
  expect(lab.complaints).toEqual([])
  await lab.close()
})
