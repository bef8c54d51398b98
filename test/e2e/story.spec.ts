import { expect, test } from '@playwright/test'
import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import Papa from 'papaparse'
import { kernelsFor } from '../../src-engine/training/kernels-for.ts'
import { Trainer } from '../../src-engine/training/trainer.ts'
import type { RunDetail } from '../../src-main/contract/run.ts'
import { kernelsModule } from '../fixtures/kernels.ts'
import { call, newFolder, open, type Laboratory } from './laboratory.ts'

const EPOCHS = 1500
/** A fiftieth of the preset's rates, so that the loss falls over all epochs and can be watched. */
const SLOW_RATES = { rateInput: '4.8e-7', rateRecurrent: '8.6e-6', rateOutput: '6e-7' }

const fill = (lab: Laboratory, path: string, text: string) => lab.at(`field-${path}`).fill(text)

/** Start the draft and wait until the window shows the run. */
async function start(lab: Laboratory): Promise<string> {
  await expect(lab.at('start')).toBeEnabled()
  await lab.at('start').click()
  await expect(lab.at('run-status')).toBeVisible()
  const { value } = await call(lab.page, 'runs.list', {}) as { value: { runId: string }[] }
  return value[0]!.runId
}

/** All losses that the screen shows until the run has finished, in order. */
async function watchLoss(lab: Laboratory): Promise<number[]> {
  const seen: number[] = []
  await expect.poll(async () => {
    const shown = Number(await lab.at('run-loss').getAttribute('data-value').catch(() => null) ?? NaN)
    if (Number.isFinite(shown) && shown !== seen.at(-1)) seen.push(shown)
    return lab.at('run-status').textContent()
  }, { timeout: 60_000, intervals: [50] }).toContain('finished')
  return seen
}

/** Answer the next dialogs automatically: with this folder, and with the suggested file name. */
const answerDialogs = ({ application }: Laboratory, folder: string) =>
  application.evaluate(({ dialog }, folder) => {
    const nameOf = (path: string) => path.split(/[\\/]/).at(-1)!
    dialog.showSaveDialog = (async (_window: unknown, { defaultPath }: { defaultPath: string }) =>
      ({ canceled: false, filePath: `${folder}/${nameOf(defaultPath)}` })) as unknown as typeof dialog.showSaveDialog
    dialog.showOpenDialog = (async () => ({ canceled: false, filePaths: [folder] })) as typeof dialog.showOpenDialog
  }, folder)

/** Wait for the only file with this extension and read it. */
async function exported(folder: string, ending: string): Promise<Buffer> {
  const find = async () => (await readdir(folder)).filter((name) => name.endsWith(ending))
  await expect.poll(find).toHaveLength(1)
  return readFile(join(folder, (await find())[0]!))
}

const csvRows = (bytes: Buffer) =>
  Papa.parse<Record<string, string>>(bytes.toString('utf8'), { header: true, skipEmptyLines: true }).data

test('from a preset to a compared and exported result', async () => {
  const folder = await newFolder()
  const exports = join(folder, 'exports')
  await mkdir(exports)
  let lab = await open(folder)
  let learned = ''
  let stopped = ''

  await test.step('choose a preset, change a field, see an invalid value refused', async () => {
    await lab.at('rail-design').click()
    await lab.at('preset-pattern-generation/fp32').click()
    await expect(lab.at('field-network.recurrentNeurons')).toHaveValue('100')
    await fill(lab, 'training.epochs', '0')
    await expect(lab.at('field-error-training.epochs')).toContainText('1')
    await expect(lab.at('start')).toBeDisabled()
    await fill(lab, 'training.epochs', String(EPOCHS))
    await expect(lab.at('field-error-training.epochs')).toHaveCount(0)
    for (const [name, rate] of Object.entries(SLOW_RATES)) await fill(lab, `learning.${name}`, rate)
  })

  await test.step('start it and watch the loss fall', async () => {
    learned = await start(lab)
    const losses = await watchLoss(lab)
    expect(losses.length).toBeGreaterThanOrEqual(5)
    expect(losses.at(-1)!).toBeLessThan(losses[0]! / 2)
    expect(losses.at(-1)!).toBeLessThan(0.03)
    await expect(lab.at('chart-loss').locator('canvas, svg').first()).toBeVisible()
  })

  await test.step('stop another run', async () => {
    await lab.at('rail-design').click()
    await fill(lab, 'training.epochs', '100000')
    await fill(lab, 'seed', '7')
    stopped = await start(lab)
    await expect.poll(() => lab.at('run-loss').count()).toBe(1)
    await expect(lab.at('run-snapshot')).toBeVisible()
    await lab.at('run-snapshot').click()
    // This snapshot was saved after the list was first read.
    await expect(lab.page.getByRole('option', { name: 'Epoch 50', exact: true })).toBeVisible()
    await lab.page.keyboard.press('Escape')
    await lab.at('run-stop').click()
    await expect(lab.at('run-status')).toContainText('stopped')
  })

  await test.step('reopen the application and find both runs', async () => {
    await lab.close()
    lab = await open(folder)
    await lab.at('rail-library').click()
    await expect(lab.at(`run-row-${learned}`)).toContainText('finished')
    await expect(lab.at(`run-row-${stopped}`)).toContainText('stopped')
  })

  const { value: detail } = await call(lab.page, 'runs.get', { runId: learned }) as { value: RunDetail }
  expect(detail.epochs).toHaveLength(EPOCHS)

  await test.step('open one and see the stored data', async () => {
    await lab.at(`run-row-${learned}`).dblclick()
    await expect(lab.at('run-loss')).toHaveAttribute('data-value', String(detail.summary.loss))
    for (const name of ['loss', 'output', 'raster', 'rates', 'histogram']) await expect(lab.at(`chart-${name}`)).toBeVisible()
    // Digital weights have no pulses.
    await expect(lab.at('chart-sets')).toBeHidden()
    await lab.at('chart-output-table').click()
    await expect(lab.at('chart-output').locator('tbody tr').nth(10)).toBeVisible()
  })

  await test.step('get the same bits on Node', () => {
    const trainer = new Trainer(detail.spec, kernelsFor(detail.spec, kernelsModule))
    while (!trainer.done) trainer.step()
    expect(createHash('sha256').update(trainer.digest()).digest('hex')).toBe(detail.summary.digest)
  })

  await test.step('export the figure and read it back', async () => {
    await answerDialogs(lab, exports)
    await lab.at('chart-loss-svg').click()
    const svg = (await exported(exports, '.svg')).toString('utf8')
    expect(svg).toMatch(/^<svg [^>]*xmlns="http:\/\/www\.w3\.org\/2000\/svg"/)
    expect(svg).toContain('Mean squared error')
    expect(longestPath(svg)).toBeGreaterThanOrEqual(EPOCHS)
    await lab.application.evaluate(({ clipboard }) => clipboard.clear())
    await lab.at('chart-loss').getByTitle('Copy as image').click()
    const isCopied = () => lab.application.evaluate(({ clipboard }) => clipboard.has('image/png'))
    await expect.poll(isCopied).toBe(true)
    await lab.at('chart-loss-png').click()
    const png = await exported(exports, '.png')
    expect(png.subarray(0, 8)).toEqual(Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'))
    expect(png.readUInt32BE(16)).toBeGreaterThan(400)
    expect(png.readUInt32BE(20)).toBeGreaterThan(200)
  })

  await test.step('compare the two', async () => {
    await lab.at('rail-library').click()
    await lab.at(`tick-${learned}`).check()
    await lab.at(`tick-${stopped}`).check()
    await lab.at('compare-open').click()
    await expect(lab.at('compare-differences')).toContainText('Epochs')
    await expect(lab.at('compare-differences')).toContainText(String(EPOCHS))
    await expect(lab.at('compare-differences')).not.toContainText('Recurrent neurons')
    await expect(lab.at('compare-metrics').locator(`[data-metric="loss"][data-value="${detail.summary.loss}"]`)).toHaveCount(1)
    await expect(lab.at('chart-compare-loss').locator('canvas, svg').first()).toBeVisible()
  })

  await test.step('export the data and read it back to the last bit', async () => {
    await answerDialogs(lab, exports)
    await lab.at('export').click()
    await lab.at('export-csv').click()
    const epochs = csvRows(await exported(exports, '.epochs.csv')).filter(({ runId }) => runId === learned)
    expect(epochs.map(({ loss }) => Number(loss))).toEqual(detail.epochs.map(({ loss }) => loss))
    const runs = csvRows(await exported(exports, '.runs.csv'))
    expect(runs.map(({ runId }) => runId).sort()).toEqual([learned, stopped].sort())
    await lab.at('export').click()
    await lab.at('export-json').click()
    const document = JSON.parse((await exported(exports, '.json')).toString('utf8')) as { runs: RunDetail[] }
    expect(document.runs.find(({ summary }) => summary.runId === learned)).toMatchObject(detail)
  })

  for (const screen of ['library', 'design', 'run', 'compare', 'figures', 'settings']) await lab.at(`rail-${screen}`).click()
  expect(lab.complaints).toEqual([])
  await lab.close()
})

/** Number of points of the longest line. */
const longestPath = (svg: string) =>
  Math.max(...[...svg.matchAll(/ d="([^"]*)"/g)].map(([, path]) => path!.match(/[\d.-]+ [\d.-]+|[ML]/g)?.length ?? 0))
