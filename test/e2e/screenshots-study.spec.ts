import { expect, test } from '@playwright/test'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { call, newFolder, open, projectRoot, type Laboratory } from './laboratory.ts'
import { everywhere } from './pictures.ts'

test.skip(process.env.SCREENSHOTS === undefined, 'made on request: npm run screenshots')
test.setTimeout(600_000)

const longTitle = 'How long a title of a study may be, and what the dialog does with it when it is as long as the schema of a study allows it to be, which is rather long'

async function choose({ at, page }: Laboratory, title: string) {
  await at('study-choice').click()
  await page.getByRole('option', { name: title }).click()
}

test('a study in its dialog: shipped, with a search, with a long title, and one with errors', async () => {
  const folder = await newFolder()
  const shipped = JSON.parse(await readFile(join(projectRoot, 'resources/studies/paper.json'), 'utf8')) as object
  await mkdir(join(folder, 'studies'))
  await writeFile(join(folder, 'studies/long.json'), JSON.stringify({ ...shipped, title: longTitle }))
  await writeFile(join(folder, 'studies/wrong.json'), JSON.stringify({ ...shipped, seeds: [1, 1, 'x'], sectoins: [] }))
  const lab = await open(folder)
  const { at, page } = lab
  await call(page, 'queue.hold', {})
  await page.keyboard.press('Control+k')
  await expect(at('palette-query')).toBeFocused()
  await page.keyboard.type('run a study')
  await page.keyboard.press('Enter')
  await expect(at('study-parts')).toBeVisible({ timeout: 60_000 })
  await everywhere(lab, (shoot) => shoot('study'))
  await at('study-search').click()
  await expect(at('study-parts').getByText('Search').first()).toBeVisible({ timeout: 60_000 })
  await everywhere(lab, (shoot) => shoot('study-search'))
  await choose(lab, longTitle)
  await expect(at('study-parts')).toBeVisible({ timeout: 60_000 })
  await everywhere(lab, (shoot) => shoot('study-long'))
  await choose(lab, 'wrong')
  await expect(at('study-problem')).toBeVisible()
  await expect(at('confirm-action')).toBeDisabled()
  await everywhere(lab, (shoot) => shoot('study-wrong'))
  expect(lab.complaints).toEqual([])
  await lab.close()
})
