import { expect, test } from '@playwright/test'
import Database from 'better-sqlite3'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { makeComparedLibrary, schemesBySeeds } from '../fixtures/compared-library.ts'
import { call, libraryIn, newFolder, open, type Laboratory } from './laboratory.ts'

const SCHEMES = ['fp32', 'mixed-precision', 'sign']
const TITLES = ['FP32', 'Mixed precision', 'Sign']
const SEEDS = 10
/** 0.975 quantile of Student's t with 9 degrees of freedom, from SciPy. */
const T9 = 2.262157162798205

/** Opens Compare with these runs, as the window kept them. */
async function compare(lab: Laboratory, ticked: readonly string[]) {
  await lab.page.evaluate((ids) => localStorage.setItem('chalcogen.place', JSON.stringify({ screen: 'compare', runId: null, ticked: ids })), ticked)
  await lab.page.reload()
  await expect(lab.at('compare-legend')).toBeVisible()
}

/** Last losses of the runs of a scheme, by seed, as the file has them. */
function lastLosses(file: string, scheme: string): number[] {
  const db = new Database(file, { readonly: true })
  const losses = db.prepare(`
    SELECT epochs.loss FROM epochs JOIN runs USING (run_id) WHERE scheme = ? AND epochs.epoch = runs.epochs ORDER BY seed
  `).pluck().all(scheme) as number[]
  db.close()
  return losses
}

const mean = (values: readonly number[]) => values.reduce((sum, one) => sum + one, 0) / values.length
const deviation = (values: readonly number[]) =>
  Math.sqrt(values.reduce((sum, one) => sum + (one - mean(values)) ** 2, 0) / (values.length - 1))

/** Share of all signs of the differences whose sum is as far from 0 as theirs. */
function signFlips(differences: readonly number[]): number {
  const observed = Math.abs(differences.reduce((sum, one) => sum + one, 0))
  let extreme = 0
  for (let signs = 0; signs < 2 ** differences.length; signs++) {
    const sum = differences.reduce((total, one, index) => total + ((signs >> index) & 1 ? one : -one), 0)
    if (Math.abs(sum) >= observed - 1e-12) extreme++
  }
  return extreme / 2 ** differences.length
}

test('three schemes with ten seeds have the numbers that the library file gives', async () => {
  const folder = await newFolder()
  const ids = makeComparedLibrary(libraryIn(folder), schemesBySeeds(SCHEMES, SEEDS, 25))
  const losses = SCHEMES.map((scheme) => lastLosses(libraryIn(folder), scheme))
  const lab = await open(folder)
  const { at, page } = lab
  await compare(lab, ids)
  await page.keyboard.press('v')

  await test.step('the table of final values', async () => {
    const value = async (row: number, column: string) =>
      Number(await at('final-row').nth(row).locator(`[data-column="${column}"]`).getAttribute('data-value'))
    await expect(at('final-row')).toHaveCount(3)
    await expect(at('final-row').nth(1).locator('[data-column="p"]')).toHaveAttribute('data-value', /./)
    for (const [row, own] of losses.entries()) {
      const error = deviation(own) / Math.sqrt(SEEDS)
      expect(await value(row, 'n')).toBe(SEEDS)
      expect(await value(row, 'Mean')).toBeCloseTo(mean(own), 9)
      expect(await value(row, 'SD')).toBeCloseTo(deviation(own), 9)
      expect(await value(row, 'SE')).toBeCloseTo(error, 9)
      if (row === 0) continue
      const differences = own.map((loss, seed) => loss - losses[0]![seed]!)
      expect(await value(row, 'Difference')).toBeCloseTo(mean(differences), 9)
      expect(await value(row, 'p')).toBeCloseTo(signFlips(differences), 9)
      expect(await value(row, 'p (Holm)')).toBeCloseTo(Math.min(1, 2 * signFlips(differences)), 9)
      expect(await value(row, 'Effect')).toBeCloseTo(mean(differences) / deviation(differences), 9)
    }
  })

  await test.step('the copied table has the interval in full', async () => {
    await at('copy-table').click()
    await at('copy-csv').click()
    const copied = () => lab.application.evaluate(({ clipboard }) => clipboard.readText())
    await expect.poll(copied).toContain('95 % interval from')
    const [head, ...lines] = (await copied()).trim().split('\r\n').map((line) => line.split(','))
    const cell = (row: number, column: string) => Number(lines[row]![head!.indexOf(column)])
    for (const [row, own] of losses.entries()) {
      const half = T9 * deviation(own) / Math.sqrt(SEEDS)
      expect(cell(row, '95 % interval from')).toBeCloseTo(mean(own) - half, 9)
      expect(cell(row, '95 % interval to')).toBeCloseTo(mean(own) + half, 9)
    }
    // The bootstrap interval of the difference is a little narrower than that of Student's t.
    const differences = losses[1]!.map((loss, seed) => loss - losses[0]![seed]!)
    const half = T9 * deviation(differences) / Math.sqrt(SEEDS)
    const width = cell(1, '95 % of difference to') - cell(1, '95 % of difference from')
    expect(width).toBeGreaterThan(0.7 * 2 * half)
    expect(width).toBeLessThan(1.05 * 2 * half)
  })

  await test.step('the next difference from the base is shown by key', async () => {
    await expect(at('difference-place')).toContainText('differences from the base')
    await page.keyboard.press(']')
    await expect(at('difference-place')).toContainText('1 of')
    await expect(at('compare-differences').locator('.current')).toHaveText('Mixed precision')
    await page.keyboard.press('[')
    await expect(at('difference-place')).not.toContainText('1 of')
  })
  expect(lab.complaints).toEqual([])
  await lab.close()
})

test('the figure and the table are what the screen shows, and the window keeps it', async () => {
  const folder = await newFolder()
  const ids = makeComparedLibrary(libraryIn(folder), schemesBySeeds([...SCHEMES, 'stochastic'], 3, 25))
  const lab = await open(folder)
  const { at, page } = lab
  await compare(lab, ids)
  const names = () => at('legend-row').locator('.name').allInnerTexts()

  await test.step('order, colour and hidden groups by keyboard and mouse', async () => {
    await at('legend-row').locator('.name').nth(2).press('Alt+ArrowUp')
    await expect.poll(names).toEqual(['FP32', 'Sign', 'Mixed precision', 'Stochastic'])
    await at('legend-row').locator('.name').nth(1).press('h')
    await at('legend-row').locator('.name').nth(2).click()
    await at('legend-colour').fill('#123456')
    await at('compare-smoothing').fill('5')
    await at('legend-row').locator('.name').nth(3).press('Delete')
    await expect.poll(names).toEqual(['FP32', 'Sign', 'Mixed precision'])
  })

  await test.step('they are kept', async () => {
    await page.reload()
    await expect.poll(names).toEqual(['FP32', 'Sign', 'Mixed precision'])
    await expect(at('legend-row').nth(1)).toHaveClass(/hidden/)
  })

  await test.step('the exported figure', async () => {
    const file = join(folder, 'comparison.svg')
    await lab.application.evaluate(({ dialog }, filePath) => {
      dialog.showSaveDialog = (async () => ({ canceled: false, filePath })) as typeof dialog.showSaveDialog
    }, file)
    await at('chart-compare-loss-svg').click()
    await expect(async () => {
      const svg = await readFile(file, 'utf8')
      const entries = [...svg.matchAll(/>([^<]*), mean and range \(n = 3\)</g)].map(([, name]) => name)
      expect(entries).toEqual(['FP32', 'Mixed precision'])
      expect(svg).toContain('#123456')
      expect(svg).toContain('MSE, 5-epoch mean')
      expect(svg).toContain('moving mean of 5 epochs')
      expect(svg).toContain('1 group hidden')
    }).toPass({ timeout: 15_000 })
  })

  await test.step('the table', async () => {
    await at('chart-compare-loss-table').click()
    await expect(at('chart-compare-loss').locator('th')).toHaveText([
      'Epoch', ...['FP32', 'Mixed precision'].flatMap((name) => ['mean', 'minimum', 'maximum'].map((end) => `${name}: ${end}`)),
    ])
    expect(TITLES).toContain(await at('compare-metrics').locator('tbody th').first().innerText())
    await expect(at('compare-metrics')).not.toContainText('Sign')
  })
  expect(lab.complaints).toEqual([])
  await lab.close()
})

test('a click in a picture of a sweep ticks its runs, which can be compared', async () => {
  const lab = await open(await newFolder())
  const { at, page } = lab
  const spec = {
    task: { kind: 'sinusoids', patterns: 1, steps: 50, inputChannels: 5 }, network: { recurrentNeurons: 6, threshold: 0.05 },
    training: { epochs: 2 },
  }
  const axes = ['rateInput', 'rateOutput'].map((name) => ({ kind: 'list', path: `learning.${name}`, values: [1e-5, 1e-3] }))
  expect(await call(page, 'sweeps.takeUp', { sweep: { name: 'Rates', spec, seeds: [1, 2], axes } })).toMatchObject({ ok: true })
  await at('rail-library').click()
  await at('run-group').first().click()
  await page.keyboard.press('w')
  await expect(at('sweep-ended')).toHaveText('8 of 8', { timeout: 60_000 })
  await page.keyboard.press('v')
  await expect(at('chart-swept-importance')).toContainText('2 parameters need at least 20 finished runs')

  // The dot of the upper left cell: inside the axes, a quarter from the top and from the left. The labels shift the left axis a little.
  const canvas = at('chart-swept-map').locator('canvas').first()
  const { width, height } = (await canvas.boundingBox())!
  // A box with Shift ticks what is in it, as in the table of the Library.
  const corner = (await canvas.boundingBox())!
  await page.mouse.move(corner.x + 108, corner.y + 14)
  await page.keyboard.down('Shift')
  await page.mouse.down()
  await page.mouse.move(corner.x + width - 92, corner.y + height - 46, { steps: 4 })
  await page.screenshot({ path: 'test-results/screenshots/brush.png' })
  await page.mouse.up()
  await page.keyboard.up('Shift')
  await expect(at('pictures-ticked')).toHaveText('8 runs · 8 ticked')
  await page.screenshot({ path: 'test-results/screenshots/brushed.png' })
  await at('sweep-runs').click()
  await expect(at('filter')).toHaveValue(/0\w+/)
  // One row for the two seeds of each arm, and the box of all rows.
  await expect(at('run-table').locator('input:checked')).toHaveCount(5)
  await at('run-group').first().click()
  await page.keyboard.press('w')
  await page.keyboard.press('v')
  await at('pictures-untick').click()
  await expect(at('pictures-ticked')).toHaveText('8 runs · 0 ticked')

  for (let left = 64; left < 100 && !(await at('pictures-ticked').innerText()).includes('2 ticked'); left += 4) {
    await canvas.click({ position: { x: left + (width - left - 88) / 4, y: 10 + (height - 50) / 4 } })
  }
  await expect(at('pictures-ticked')).toHaveText('8 runs · 2 ticked')
  await at('pictures-compare').click()
  await expect(at('legend-row')).toHaveCount(1)
  await expect(at('compare-omitted')).toContainText('2 of 8 runs')
  expect(lab.complaints).toEqual([])
  await lab.close()
})

test('a long line is thinned, which its chart says, and drawn whole where it is zoomed in', async () => {
  const folder = await newFolder()
  const ids = makeComparedLibrary(libraryIn(folder), schemesBySeeds(['fp32'], 2, 10_000))
  const lab = await open(folder)
  await compare(lab, ids)
  const chart = lab.at('chart-compare-loss')
  await expect(chart).toContainText('only the minimum and maximum of every 6 points are drawn')
  const box = (await chart.locator('.canvas').boundingBox())!
  const [left, middle] = [box.x + 0.4 * box.width, box.y + box.height / 2]
  await lab.page.mouse.move(left, middle)
  await lab.page.mouse.down()
  await lab.page.mouse.move(left + 0.1 * box.width, middle, { steps: 4 })
  await lab.page.mouse.up()
  await expect(chart).not.toContainText('only the minimum and maximum')
  await lab.page.mouse.dblclick(left, middle)
  await expect(chart).toContainText('only the minimum and maximum of every 6 points are drawn')
  await lab.close()
})

test('200 curves are overlaid within half a second', async () => {
  test.skip(process.env.SMOOTHNESS === undefined, 'timed, on request only: npm run bench:window')
  const folder = await newFolder()
  const runs = schemesBySeeds(SCHEMES, 67, 250).slice(0, 200)
  const ids = makeComparedLibrary(libraryIn(folder), runs)
  const lab = await open(folder)
  await compare(lab, ids)
  await lab.at('compare-group').click()
  await lab.at('compare-group-run').click()
  await expect(lab.at('legend-row')).toHaveCount(200)
  /** Until the second frame after the notes of the chart, which are there when it is drawn, ms. */
  const times = await lab.page.evaluate(async () => {
    const frame = () => new Promise((drawn) => requestAnimationFrame(drawn))
    const name = () => document.querySelector('[data-test="chart-compare-loss"] .notes')!.textContent
    const field = document.querySelector<HTMLInputElement>('input[data-test="compare-smoothing"]')!
    const found: number[] = []
    for (const epochs of [2, 3, 4, 5, 6]) {
      const began = performance.now()
      field.value = String(epochs)
      field.dispatchEvent(new Event('input', { bubbles: true }))
      while (!name()?.includes(`of ${epochs} epochs`)) await frame()
      await frame()
      await frame()
      found.push(performance.now() - began)
      await new Promise((rested) => setTimeout(rested, 300))
    }
    return found
  })
  console.log(`200 curves of 250 epochs: ${times.map((time) => time.toFixed(0)).join(', ')} ms`)
  expect(times.toSorted((a, b) => a - b)[2]).toBeLessThanOrEqual(500)
  await lab.close()
})
