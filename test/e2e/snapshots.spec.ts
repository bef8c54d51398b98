import { expect, test } from '@playwright/test'
import Database from 'better-sqlite3'
import type { RunDetail } from '../../src-main/contract/run.ts'
import { unpack } from '../../src-main/library/codec.ts'
import { call, type Laboratory, libraryIn, newFolder, open } from './laboratory.ts'

const PAIRS = 2
const NEURONS = 12
const CHANNELS = 8
const PATTERNS = 2

const small = (scheme: object, recording: object, seed = 3) => ({
  name: 'browsed', seed, scheme,
  task: { kind: 'sinusoids', patterns: PATTERNS, steps: 100, inputChannels: CHANNELS, inputRate: 200 },
  network: { recurrentNeurons: NEURONS, threshold: 0.3 },
  learning: { rateInput: 0.05, rateRecurrent: 0.05, rateOutput: 0.05 },
  training: { epochs: 6 }, recording,
})
const devices = { kind: 'multi-memristor', pairs: PAIRS }

async function finished(lab: Laboratory, spec: object): Promise<string> {
  const { runId } = (await call(lab.page, 'runs.start', { spec }) as { value: { runId: string } }).value
  const status = async () => (await call(lab.page, 'runs.get', { runId }) as { value: RunDetail }).value.summary.status
  await expect.poll(status, { timeout: 60_000 }).toBe('done')
  return runId
}

async function browse({ at, page }: Laboratory, runId: string): Promise<void> {
  await at('rail-library').click()
  await at(`run-row-${runId}`).dblclick()
  await expect(at('run-charts')).toBeVisible()
  await page.keyboard.press('j')
}

/** Elements of a stored array, read from the file and not through the application. */
function stored(folder: string, runId: string, epoch: number, kind: string, name: string): number[] {
  const db = new Database(libraryIn(folder), { readonly: true })
  const row = db.prepare('SELECT codec, packing, sha256, data, shape FROM arrays WHERE run_id = ? AND epoch = ? AND kind = ? AND name = ?')
    .get(runId, epoch, kind, name) as Parameters<typeof unpack>[0] & { shape: string }
  db.close()
  return [...unpack(row, (JSON.parse(row.shape) as number[]).reduce((product, side) => product * side, 1))!]
}

/** Changes the last byte of an array in the file. */
function damage(folder: string, runId: string, epoch: number, kind: string, name: string): void {
  const db = new Database(libraryIn(folder))
  const where = 'run_id = ? AND epoch = ? AND kind = ? AND name = ?'
  const { data } = db.prepare(`SELECT data FROM arrays WHERE ${where}`).get(runId, epoch, kind, name) as { data: Buffer }
  data[data.length - 1]! ^= 1
  db.prepare(`UPDATE arrays SET data = ? WHERE ${where}`).run(data, runId, epoch, kind, name)
  db.close()
}

test('the slider moves by keys, and a synapse has the numbers of the library file', async () => {
  const folder = await newFolder()
  const lab = await open(folder)
  const { at, page } = lab
  await finished(lab, small(devices, { snapshotEvery: 2 }, 4))
  const runId = await finished(lab, small(devices, { snapshotEvery: 1 }))
  await browse(lab, runId)

  const place = at('snapshot-place')
  await expect(place).toHaveText('Epoch 6, sequence 12')
  await at('snapshot-slider').focus()
  await page.keyboard.press('Home')
  await expect(place).toHaveText('Epoch 1, sequence 2')
  for (let step = 0; step < 3; step++) await page.keyboard.press('ArrowRight')
  await expect(place).toHaveText('Epoch 4, sequence 8')
  await expect(at('chart-difference').locator('.notes')).toContainText('epoch 4 − epoch 3')

  // From 0 → 0 of the input layer, by arrow keys in the map.
  await page.keyboard.press('w')
  await page.keyboard.press('w')
  await expect(at('chart-map').locator('.notes')).toContainText(`Input, ${NEURONS} × ${CHANNELS}`)
  await at('chart-map').focus()
  for (const key of ['Shift+ArrowLeft', 'Shift+ArrowDown', 'ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowUp', 'ArrowUp']) await page.keyboard.press(key)
  await expect(place).toHaveText('Epoch 4, sequence 8')
  const synapse = at('snapshot-synapse')
  await expect(synapse).toContainText('Input channel 3 → neuron 2: G⁺')

  const first = (2 * CHANNELS + 3) * PAIRS * 2
  const of = (kind: string) => stored(folder, runId, 4, kind, 'input').slice(first, first + 2 * PAIRS)
  const g = of('conductance')
  const [sets, resets, refreshes] = ['pulses.set', 'pulses.reset', 'pulses.refresh'].map(of) as [number[], number[], number[]]
  const { spec } = (await call(page, 'runs.get', { runId }) as { value: RunDetail }).value
  const weight = (g[0]! - g[1]! + g[2]! - g[3]!) / spec.device.scale
  await at('chart-history-table').click()
  const cells = at('chart-history').locator('tbody tr').filter({ has: page.locator('td:first-child', { hasText: /^4$/ }) }).locator('td')
  const shown = async (cell: number) => (await cells.nth(cell).getAttribute('title'))!.replaceAll('\u202f', '').replace('−', '-')
  const expected = [4, g[0]!, g[1]!, weight, sets[0]! + sets[1]!, resets[0]! + resets[1]!, (refreshes[0]! + refreshes[1]!) / 2]
  await expect(cells).toHaveCount(expected.length)
  for (const [cell, value] of expected.entries()) expect(Number(await shown(cell))).toBeCloseTo(value, 12)

  // Another run follows in step, at its newest snapshot up to the same epoch.
  await at('snapshot-base').click()
  await page.getByRole('option', { name: 'browsed, seed 4' }).click()
  await expect(at('chart-difference').locator('.notes')).toContainText('epoch 4 − epoch 4 of browsed, seed 4')
  await at('snapshot-slider').focus()
  await page.keyboard.press('ArrowLeft')
  await expect(at('chart-difference').locator('.notes')).toContainText('epoch 3 − epoch 2 of browsed, seed 4')

  await lab.close()
  expect(lab.complaints).toEqual([])
})

test('a click chooses a synapse, hover shows its number, and a damaged snapshot is named beside what can be used', async () => {
  const folder = await newFolder()
  const lab = await open(folder)
  const { at, page } = lab
  const [deviceRun, digitalRun, none] = [
    await finished(lab, small(devices, { snapshotEvery: 1 })),
    await finished(lab, small({ kind: 'fp32' }, { snapshotEvery: 3 })),
    await finished(lab, small(devices, { snapshotEvery: 0, snapshotEnd: false })),
  ]
  damage(folder, deviceRun, 3, 'conductance', 'recurrent')
  // A row moves when a newer run is listed above it.
  await at('rail-library').click()
  for (const run of [none, digitalRun, deviceRun]) await expect(at(`run-row-${run}`)).toContainText('finished')

  await browse(lab, deviceRun)
  await expect(at('snapshot-damaged')).toHaveText('Damaged in this layer: epoch 3')
  await expect(at('snapshot-damages')).toBeHidden()
  const box = (await at('chart-map').locator('canvas').first().boundingBox())!
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
  await expect(at('chart-map-hover')).toHaveText(/^Weight [−\d.]+ · Presynaptic neuron \d · Neuron \d$/)
  const hovered = /Presynaptic neuron (\d) · Neuron (\d)/.exec((await at('chart-map-hover').textContent())!)!
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2)
  await expect(at('snapshot-synapse')).toContainText(`Neuron ${hovered[1]!} → neuron ${hovered[2]!}`)

  await page.mouse.move(1, 1)
  for (let step = 0; step < 3; step++) await page.keyboard.press('ArrowLeft')
  await expect(at('snapshot-place')).toHaveText('Epoch 3, sequence 6')
  await expect(at('snapshot-damages')).toContainText('conductance array \'recurrent\' of epoch 3')
  await expect(at('chart-map')).toContainText('they are damaged')
  await expect(at('chart-limits').locator('canvas').first()).toBeVisible()
  await page.keyboard.press('w')
  await expect(at('chart-map').locator('.notes')).toContainText('Output')
  await expect(at('chart-map').locator('canvas').first()).toBeVisible()
  await page.keyboard.press('ArrowRight')
  await expect(at('snapshot-damages')).toBeHidden()

  await browse(lab, digitalRun)
  await expect(at('snapshot-place')).toHaveText('Epoch 6, sequence 12')
  await expect(at('snapshot-omitted')).toContainText('Digital weights have no devices')
  await expect(at('chart-limits')).toHaveCount(0)
  await at('snapshot-quantity').click()
  await expect(page.getByRole('option', { name: 'G⁺' })).toHaveAttribute('aria-disabled', 'true')
  await page.keyboard.press('Escape')

  await browse(lab, none)
  await expect(page.getByRole('heading', { name: 'No snapshots' })).toBeVisible()
  await lab.close()
  expect(lab.complaints).toEqual([])
})
