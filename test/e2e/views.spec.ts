import { expect, test } from '@playwright/test'
import { answerDeletions, call, newFolder, open } from './laboratory.ts'

test('a view is kept by name, survives a restart, and is opened by key, palette and address', async () => {
  const folder = await newFolder()
  let lab = await open(folder)
  for (const kind of ['fp32', 'sign']) {
    await call(lab.page, 'runs.start', { spec: { name: kind, scheme: { kind }, task: { kind: 'sinusoids', patterns: 1, steps: 50 }, network: { recurrentNeurons: 10 }, training: { epochs: 2 } } })
  }
  await lab.page.keyboard.press('/')
  await lab.at('filter').fill('sign')
  await expect(lab.at('filter-count')).toHaveText('1 of 2')
  await lab.page.keyboard.press('Control+d')
  await expect(lab.at('view-name')).toBeFocused()
  await expect(lab.at('view-address')).toHaveText(/^chalcogen:library\?filter=sign&shelf=library&columns=status,outcome,name,.*&sort=-created$/)
  await lab.page.keyboard.type('Sign runs')
  await lab.page.keyboard.press('Enter')
  await expect(lab.at('views')).toBeHidden()
  await lab.close()

  lab = await open(folder)
  const { at, page } = lab
  await expect(at('filter')).toHaveValue('')
  await page.keyboard.press('7')
  await page.keyboard.press('Control+k')
  await expect(at('palette-query')).toBeFocused()
  await page.keyboard.type('open the view sign')
  await page.keyboard.press('Enter')
  await expect(at('filter')).toHaveValue('sign')

  await page.keyboard.press('Control+d')
  await expect(at('view-name')).toBeFocused()
  await at('view-pasted').fill('chalcogen:lab')
  await page.keyboard.press('Enter')
  await expect(at('view-problem')).toContainText(`There is no screen 'lab'.`)
  await at('view-pasted').fill('chalcogen:library?filter=fp32')
  await page.keyboard.press('Enter')
  await expect(at('filter')).toHaveValue('fp32')
  await expect(at('views')).toBeHidden()

  await page.keyboard.press('Control+d')
  await expect(at('view-name')).toBeFocused()
  await answerDeletions(lab)
  await at('view-Sign runs').focus()
  await page.keyboard.press('Delete')
  await expect(at('view-Sign runs')).toBeHidden()
  await at('undo-view-deleted').click()
  await at('view-Sign runs').click()
  await expect(at('filter')).toHaveValue('sign')
  expect(lab.complaints).toEqual([])
  await lab.close()
})
