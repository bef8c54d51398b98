import { expect, test } from '@playwright/test'
import { fillQueryLibrary, type Known, knownRuns } from '../fixtures/query-library.ts'
import { openConnection } from '../../src-main/library/connection.ts'
import { libraryIn, newFolder, open } from './laboratory.ts'

test('a query is completed, corrected and applied by keyboard', async () => {
  const folder = await newFolder()
  const { db, close } = openConnection(libraryIn(folder))
  fillQueryLibrary(db)
  close()
  const lab = await open(folder)
  const { at, page } = lab
  const count = (finds: (run: Known) => boolean) => `${knownRuns.filter(finds).length} of ${knownRuns.length}`
  await expect(at('run-table')).toBeVisible()

  await page.keyboard.press('/')
  await page.keyboard.type('learning.rateI')
  await expect(at('suggestions').getByRole('option')).toHaveText([/^learning\.rateInput/])
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await page.keyboard.type('>= 1e-4 tag:')
  await expect(at('suggestions').getByRole('option')).toHaveText(['"Paper 2"', 'draft', 'paper', 'über'])
  await page.keyboard.type('pa')
  await page.keyboard.press('ArrowUp')
  await expect(at('filter')).toHaveAttribute('aria-activedescendant', 'query-suggestions-1')
  await page.keyboard.press('Tab')
  await expect(at('filter')).toHaveValue('learning.rateInput >= 1e-4 tag:paper')
  const isFast = ({ spec }: Known) => spec !== null && spec.learning.rateInput >= 1e-4
  await expect(at('filter-count')).toHaveText(count((run) => isFast(run) && run.annotation.tags.includes('paper')))

  await at('filter').fill('fp32 scheme = mixd-precision')
  await expect(at('filter')).toHaveAttribute('aria-invalid', 'true')
  await expect(at('filter-problem')).toContainText('scheme has no value mixd-precision. Did you mean mixed-precision?')
  await at('filter-correct').click()
  await expect(at('filter')).toHaveValue('fp32 scheme = mixed-precision')
  await expect(at('filter-problem')).toHaveCount(0)
  await at('filter').fill('status = failed')
  await expect(at('filter-count')).toHaveText(count(({ status }) => status === 'failed'))
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  await expect(at('filter')).not.toBeFocused()
  expect(lab.complaints).toEqual([])
  await lab.close()
})
