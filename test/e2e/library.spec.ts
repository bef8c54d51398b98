import { expect, test } from '@playwright/test'
import Database from 'better-sqlite3'
import { call, libraryIn, newFolder, open, type Laboratory } from './laboratory.ts'

interface Answer<T> { value: T }

async function makeRun({ page }: Laboratory, kind: string, threshold: number): Promise<string> {
  const spec = {
    name: kind,
    scheme: { kind },
    task: { kind: 'sinusoids', patterns: 1, steps: 50 },
    network: { recurrentNeurons: 10, threshold },
    training: { epochs: 2 },
  }
  const { value } = await call(page, 'runs.start', { spec }) as Answer<{ runId: string }>
  return value.runId
}

test('the list of runs works by keyboard: filter, move, tick, compare, open', async () => {
  const lab = await open(await newFolder())
  const { at, page } = lab
  await expect(at('empty')).toContainText('No runs yet')
  const first = await makeRun(lab, 'fp32', 0.01)
  const second = await makeRun(lab, 'sign', 1000)
  await expect(at(`run-row-${first}`)).toContainText('finished', { timeout: 60_000 })
  await expect(at(`run-row-${second}`)).toContainText('finished', { timeout: 60_000 })

  await page.keyboard.press('/')
  await page.keyboard.type('sign')
  await expect(at('filter-count')).toHaveText('1 of 2')
  await expect(at(`run-row-${second}`).locator('[data-test="outcome"]')).toHaveText('silent')
  await at('filter').fill('silent')
  await expect(at('filter-count')).toHaveText('1 of 2')
  await at('filter').fill('status = finished rateInput > 0.001')
  await expect(at('filter-problem')).toContainText('There is no name rateInput. Did you mean learning.rateInput?')
  await expect(at('filter-problem').locator('mark')).toHaveText('rateInput')
  await expect(at(`run-row-${first}`)).toBeVisible()
  await expect(at(`run-row-${second}`)).toBeVisible()
  await page.keyboard.press('Control+a')
  await page.keyboard.press('Delete')
  await page.keyboard.press('Enter')

  await expect(at('compare-open')).toBeDisabled()
  await page.keyboard.press('Home')
  await page.keyboard.press('Space')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Space')
  await expect(at(`tick-${first}`)).toBeChecked()
  await expect(at(`tick-${second}`)).toBeChecked()
  await page.keyboard.press('c')
  await expect(page.getByRole('heading', { name: 'Compare' })).toBeVisible()

  await page.keyboard.press('1')
  await page.keyboard.press('End')
  await page.keyboard.press('Enter')
  await expect(at('run-status')).toHaveText('finished')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('fp32')

  await page.keyboard.press('Control+k')
  await expect(at('palette-query')).toBeFocused()
  await page.keyboard.type('design')
  await page.keyboard.press('Enter')
  await expect(at('start')).toBeVisible()
  expect(lab.complaints).toEqual([])
  await lab.close()
})

test('runs are verified by keyboard, and those that differ are named', async () => {
  const folder = await newFolder()
  const lab = await open(folder)
  const { at, page } = lab
  const [first, second] = [await makeRun(lab, 'fp32', 0.01), await makeRun(lab, 'sign', 0.01)]
  for (const runId of [first, second]) await expect(at(`run-row-${runId}`)).toContainText('finished', { timeout: 60_000 })
  await page.keyboard.press('Home')
  await page.keyboard.press('Space')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Space')
  await page.keyboard.press('h')
  await expect(page.getByText('2 of 2 runs give the same digest.')).toBeVisible({ timeout: 60_000 })

  const db = new Database(libraryIn(folder))
  db.prepare('UPDATE runs SET digest = ? WHERE run_id = ?').run('f'.repeat(64), first)
  db.close()
  await page.keyboard.press('h')
  await expect(at('verification')).toContainText('1 of 2 runs gives the same digest', { timeout: 60_000 })
  await expect(at(`verification-${first}`)).toContainText('The same engine gave other results.')
  await expect(at('verification-close')).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(at('verification')).toBeHidden()

  await at('export').focus()
  await page.keyboard.press('Enter')
  await expect(at('export-parquet')).toHaveText(/^Parquet \(tables and arrays\)about [\d.]+ kB$/)
  // A menu takes the focus after it has appeared, and Esc closes what has the focus.
  await expect(at('export-csv')).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(at('export')).toBeFocused()
  await page.keyboard.press('Control+k')
  await at('palette-query').fill('Export as HDF5')
  await expect(page.getByText(/^2 ticked runs · about [\d.]+ kB$/)).toBeVisible()
  await page.keyboard.press('Escape')

  // The palette gives the focus back when it is gone.
  await expect(at('palette')).toBeHidden()
  await at(`run-row-${first}`).dblclick()
  await expect(at('run-status')).toHaveText('finished')
  await page.keyboard.press('h')
  await expect(at('verification')).toContainText('The run gives another digest', { timeout: 60_000 })
  expect(lab.complaints).toEqual([])
  await lab.close()
})
