import { expect, test } from '@playwright/test'
import { call, newFolder, open, type Laboratory } from './laboratory.ts'

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
  await at('filter').fill('learning rate > 0.001')
  await expect(at('filter-problem')).toContainText(`Runs have no value 'learning rate' to compare. Compare mse, rate (Hz)`)
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
