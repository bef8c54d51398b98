import { expect, test } from '@playwright/test'
import { freshPage, newFolder, open, type Laboratory } from './laboratory.ts'

let lab: Laboratory
test.beforeAll(async () => { lab = await open(await newFolder()) })
test.beforeEach(() => freshPage(lab))
test.afterAll(() => lab.close())

test('an invalid field is reported, reverted and undone, and a key starts the draft', async () => {
  const { at, page } = lab
  const field = (path: string) => at(`field-${path}`)
  await at('rail-design').click()
  await at('preset-pattern-generation/sign').click()

  await field('network.recurrentNeurons').fill('1e999')
  await expect(at('field-error-network.recurrentNeurons')).toHaveText('Recurrent neurons must be a whole number between 1 and 4096.')
  await expect(at('start')).toBeDisabled()
  await field('network.recurrentNeurons').fill('20')
  await expect(at('field-error-network.recurrentNeurons')).toHaveCount(0)

  await field('training.epochs').fill('abc')
  await at('revert-training.epochs').click()
  await expect(field('training.epochs')).toHaveValue('250')
  await page.keyboard.press('Control+z')
  await expect(field('training.epochs')).toHaveValue('abc')

  await field('training.epochs').fill('2')
  await field('task.steps').fill('50')
  await field('name').fill('From the form')
  await at('variant-scheme-fp32').click()
  await page.keyboard.press('r')
  await expect(at('run-status')).toHaveText('finished', { timeout: 60_000 })
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('From the form')
  expect(lab.complaints).toEqual([])
})

test('the first start opens a preset that learns and describes it', async () => {
  const { at } = lab
  await at('rail-design').click()
  await expect(at('preset-pattern-generation/mixed-precision')).toHaveAttribute('aria-pressed', 'true')
  await expect(at('field-scheme.kind').getByRole('radio', { checked: true })).toHaveText('Mixed precision')
  await expect(at('about-preset')).toBeInViewport()
  await expect(at('undo')).toBeDisabled()
  await at('preset-defaults').click()
  await expect(at('about-preset')).toHaveCount(0)
})

test('scrolls a problem at the edge of the pane into view', async () => {
  const { at, application } = lab
  await application.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.setContentSize(1280, 800))
  await at('rail-design').click()
  await at('field-training.epochs').fill('0')
  await expect(at('field-error-training.epochs')).toBeInViewport({ ratio: 1 })
})
