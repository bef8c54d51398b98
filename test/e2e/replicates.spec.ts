import Database from 'better-sqlite3'
import { expect, test } from '@playwright/test'
import { call, type Laboratory, libraryIn, newFolder, open } from './laboratory.ts'

const tiny = { task: { kind: 'sinusoids', patterns: 1, steps: 50 }, network: { recurrentNeurons: 9 }, training: { epochs: 2 } }

async function train({ page }: Laboratory, kind: string, seed: number): Promise<string> {
  const { value } = await call(page, 'runs.start', { spec: { ...tiny, name: kind, seed, scheme: { kind } } }) as { value: { runId: string } }
  return value.runId
}

test('replicates are one row with mean, SD and n, opened by keyboard, and each run is a row after G', async () => {
  const folder = await newFolder()
  let lab = await open(folder)
  const [first] = [await train(lab, 'sign', 1), await train(lab, 'sign', 2), await train(lab, 'sign', 3)]
  const alone = await train(lab, 'fp32', 1)
  const rows = () => lab.page.locator('[data-test="run-table"] [aria-rowindex]')
  const group = () => lab.at('run-group')
  await expect(group().getByText('finished')).toBeVisible({ timeout: 60_000 })
  await expect(lab.at(`run-row-${alone}`)).toContainText('finished', { timeout: 60_000 })
  await expect(rows()).toHaveCount(2)
  await expect(group()).toContainText('3 runs')

  const db = new Database(libraryIn(folder), { readonly: true })
  const losses = db.prepare<[], number>(`SELECT loss_last_20 FROM runs WHERE scheme = 'sign'`).pluck().all()
  db.close()
  const mean = losses.reduce((sum, loss) => sum + loss, 0) / losses.length
  const sd = Math.sqrt(losses.reduce((sum, loss) => sum + (loss - mean) ** 2, 0) / (losses.length - 1))
  const [shownMean, shownSd] = (await group().locator('[data-test="replicates-loss"]').innerText()).split(' ± ').map(Number)
  expect(Math.abs(shownMean! - mean)).toBeLessThan(sd / 10)
  expect(Math.abs(shownSd! / sd - 1)).toBeLessThan(0.06)

  await lab.at('run-table').focus()
  await lab.page.keyboard.press('End')
  await lab.page.keyboard.press('ArrowRight')
  await expect(rows()).toHaveCount(5)
  await lab.page.keyboard.press('End')
  await expect(lab.at(`run-row-${first}`)).toHaveAttribute('aria-selected', 'true')
  await lab.page.keyboard.press('ArrowLeft')
  await expect(group()).toHaveAttribute('aria-selected', 'true')
  await lab.page.keyboard.press('ArrowLeft')
  await expect(rows()).toHaveCount(2)
  await lab.page.keyboard.press(' ')
  await expect(lab.at('runs-bar')).toContainText('3 ticked')

  await lab.page.keyboard.press('g')
  await expect(group()).toHaveCount(0)
  await expect(rows()).toHaveCount(4)
  await lab.close()
  lab = await open(folder)
  await expect(rows()).toHaveCount(4)
  await lab.page.keyboard.press('g')
  await expect(rows()).toHaveCount(2)
  expect(lab.complaints).toEqual([])
  await lab.close()
})
