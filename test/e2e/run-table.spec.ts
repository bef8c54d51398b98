import { expect, test } from '@playwright/test'
import Database from 'better-sqlite3'
import { call, libraryIn, newFolder, open } from './laboratory.ts'

test('columns of the list are added, moved, sorted by, resized and removed, and survive a restart', async () => {
  const folder = await newFolder()
  let lab = await open(folder)
  for (const recurrentNeurons of [9, 10]) {
    await call(lab.page, 'runs.start', {
      spec: { name: `${recurrentNeurons} neurons`, task: { kind: 'sinusoids', patterns: 1, steps: 50 }, network: { recurrentNeurons }, training: { epochs: 2 } },
    })
  }
  const rows = () => lab.page.locator('[data-test="cell-network.recurrentNeurons"]')
  await expect(lab.at('run-table').locator('.row')).toHaveCount(2)
  await lab.page.keyboard.press('l')
  await expect(lab.at('columns')).toBeVisible()
  await lab.at('column-add').click()
  await lab.page.keyboard.type('recurrentNeurons')
  await lab.page.keyboard.press('Enter')
  await expect(rows()).toHaveText(['10', '9'])
  await lab.at('column-network.recurrentNeurons').focus()
  await lab.page.keyboard.press('Alt+ArrowUp')
  await lab.at('column-scheme').focus()
  await lab.page.keyboard.press('Delete')
  await lab.page.keyboard.press('Escape')
  await expect(lab.at('columns')).toBeHidden()

  await expect(lab.at('run-table').locator('[role=columnheader]').nth(-2)).toContainText('Recurrent neurons')
  await expect(lab.at('head-scheme')).toBeHidden()
  await lab.at('sort-network.recurrentNeurons').click()
  await expect(rows()).toHaveText(['9', '10'])
  const width = async () => (await lab.at('head-network.recurrentNeurons').boundingBox())!.width
  const before = await width()
  const edge = (await lab.at('edge-network.recurrentNeurons').boundingBox())!
  await lab.page.mouse.move(edge.x + 2, edge.y + 4)
  await lab.page.mouse.down()
  await lab.page.mouse.move(edge.x + 62, edge.y + 4)
  await lab.page.mouse.up()
  expect(await width()).toBeCloseTo(before + 60, -1)
  await lab.close()

  lab = await open(folder)
  await expect(rows()).toHaveText(['9', '10'])
  expect(await width()).toBeCloseTo(before + 60, -1)
  await lab.page.keyboard.press('l')
  await lab.at('columns-default').click()
  await lab.at('columns-close').click()
  await expect(lab.at('head-scheme')).toBeVisible()
  expect(lab.complaints).toEqual([])
  await lab.close()
})

test('a run is named, tagged, starred and noted by keyboard, and found by it', async () => {
  const folder = await newFolder()
  let lab = await open(folder)
  for (const kind of ['fp32', 'sign']) {
    await call(lab.page, 'runs.start', { spec: { name: kind, scheme: { kind }, task: { kind: 'sinusoids', patterns: 1, steps: 50 }, network: { recurrentNeurons: 9 }, training: { epochs: 2 } } })
  }
  const { at, page } = lab
  await expect(at('run-table').locator('.row')).toHaveCount(2)
  await page.keyboard.press('End')
  await page.keyboard.press('F2')
  await expect(at('run-name')).toBeFocused()
  await page.keyboard.type('Baseline')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Tab')
  await expect(at('run-table')).toContainText('Baseline')
  await at('run-tags').fill('paper, figure 2')
  await page.keyboard.press('Enter')
  await at('run-note').fill('Seen at the review')
  await page.keyboard.press('Escape')
  await expect(at('run-note')).toHaveValue('')
  await at('run-note').fill('To be repeated')
  await at('run-table').focus()
  await page.keyboard.press('*')
  await expect(at('run-star')).toHaveAttribute('aria-pressed', 'true')
  await expect(at('run-table').getByRole('img', { name: 'Starred' })).toHaveCount(1)
  await page.keyboard.press('/')
  await at('filter').fill('tag:"figure 2" and starred and note:repeated')
  await expect(at('filter-count')).toHaveText('1 of 2')
  await lab.close()

  lab = await open(folder)
  await lab.at('run-table').focus()
  await lab.page.keyboard.press('End')
  await expect(lab.at('run-name')).toHaveValue('Baseline')
  await expect(lab.at('run-tags')).toHaveValue('figure 2, paper')
  await expect(lab.at('run-note')).toHaveValue('To be repeated')
  expect(lab.complaints).toEqual([])
  await lab.close()
})

test('runs are grouped with mean and SD, and groups are opened and ticked by keyboard', async () => {
  const folder = await newFolder()
  let lab = await open(folder)
  for (const kind of ['fp32', 'sign']) {
    for (const seed of [1, 2, 3]) {
      const spec = { seed, scheme: { kind }, task: { kind: 'sinusoids', patterns: 1, steps: 50 }, network: { recurrentNeurons: 9 }, training: { epochs: 2 } }
      await call(lab.page, 'runs.start', { spec })
    }
  }
  await expect(lab.at('run-table').getByText('finished')).toHaveCount(6, { timeout: 60_000 })
  await lab.page.keyboard.press('l')
  await lab.at('group-add').click()
  await lab.page.keyboard.type('scheme')
  await lab.page.keyboard.press('Enter')
  await lab.page.keyboard.press('Escape')
  await expect(lab.at('columns')).toBeHidden()
  const groups = () => lab.at('run-group')
  await expect(groups()).toHaveCount(2)

  const db = new Database(libraryIn(folder), { readonly: true })
  for (const [row, scheme, title] of [[0, 'fp32', 'FP32'], [1, 'sign', 'Sign']] as const) {
    const losses = db.prepare<[string], number>('SELECT loss_last_20 FROM runs WHERE scheme = ?').pluck().all(scheme)
    const mean = losses.reduce((sum, loss) => sum + loss, 0) / losses.length
    const sd = Math.sqrt(losses.reduce((sum, loss) => sum + (loss - mean) ** 2, 0) / (losses.length - 1))
    await expect(groups().nth(row)).toContainText(title)
    await expect(groups().nth(row)).toContainText('3 runs')
    const [shownMean, shownSd] = (await groups().nth(row).locator('[data-test="group-loss"]').innerText()).split(' ± ').map(Number)
    expect(Math.abs(shownMean! - mean)).toBeLessThan(sd / 10)
    expect(Math.abs(shownSd! / sd - 1)).toBeLessThan(0.06)
  }
  db.close()

  await lab.at('run-table').focus()
  await lab.page.keyboard.press('Home')
  await lab.page.keyboard.press('ArrowRight')
  await expect(groups().first()).toHaveAttribute('aria-expanded', 'true')
  await expect(lab.at('run-table').locator('[data-test^="run-row-"]')).toHaveCount(3)
  await lab.page.keyboard.press('Space')
  await expect(lab.at('run-table').locator('input:checked')).toHaveCount(4)
  await expect(lab.at('compare-open')).toHaveText('Compare 3')
  await lab.page.keyboard.press('ArrowLeft')
  await expect(lab.at('run-table').locator('[data-test^="run-row-"]')).toHaveCount(0)
  await lab.close()

  lab = await open(folder)
  await expect(groups()).toHaveCount(2)
  expect(lab.complaints).toEqual([])
  await lab.close()
})
