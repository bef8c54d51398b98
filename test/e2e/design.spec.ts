import { expect, test } from '@playwright/test'
import { answerDeletions, newFolder, open } from './laboratory.ts'

test('an invalid field is reported, reverted and undone, and a key starts the draft', async () => {
  const lab = await open(await newFolder())
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
  await lab.close()
})

test('the first start opens a preset that learns and describes it', async () => {
  const lab = await open(await newFolder())
  const { at } = lab
  await at('rail-design').click()
  await expect(at('preset-pattern-generation/mixed-precision')).toHaveAttribute('aria-pressed', 'true')
  await expect(at('field-scheme.kind').getByRole('radio', { checked: true })).toHaveText('Mixed precision')
  await expect(at('about-preset')).toBeInViewport()
  await expect(at('undo')).toBeDisabled()
  await at('preset-defaults').click()
  await expect(at('about-preset')).toHaveCount(0)
  await lab.close()
})

test('scrolls a problem at the edge of the pane into view', async () => {
  const lab = await open(await newFolder())
  const { at, application } = lab
  await application.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.setContentSize(1280, 800))
  await at('rail-design').click()
  await at('field-training.epochs').fill('0')
  await expect(at('field-error-training.epochs')).toBeInViewport({ ratio: 1 })
  await lab.close()
})

test('an invalid draft survives a crash of its window', async () => {
  const lab = await open(await newFolder())
  await lab.at('rail-design').click()
  await lab.at('field-training.epochs').fill('abc')
  await lab.application.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.webContents.forcefullyCrashRenderer())
  // Ask through the main process, because Playwright loses a page that has crashed.
  const typed = () => lab.application.evaluate(({ BrowserWindow }) => Promise.race([
    BrowserWindow.getAllWindows()[0]!.webContents
      .executeJavaScript(`document.querySelector('[data-test="field-training.epochs"]')?.value ?? null`)
      .catch(() => null),
    new Promise((resolve) => setTimeout(resolve, 1000, null)),
  ]))
  await expect.poll(typed).toBe('abc')
  await lab.close()
})

test('saves, deletes and restores a preset by keyboard; finds and changes a parameter by keyboard', async () => {
  const folder = await newFolder()
  let lab = await open(folder)
  await lab.at('rail-design').click()
  await lab.page.keyboard.press('/')
  await lab.page.keyboard.type('firing threshold')
  await expect(lab.at('field-training.epochs')).toHaveCount(0)
  await lab.at('slider-network.threshold').focus()
  await expect(lab.at('field-equation')).toHaveText('z[t+1] = 1 if v[t+1] > v_th')
  await lab.page.keyboard.press('End')
  await expect(lab.at('field-network.threshold')).toHaveValue('10')

  await lab.page.keyboard.press('Control+s')
  await expect(lab.at('preset-title')).toBeFocused()
  await lab.page.keyboard.type('High threshold')
  await expect(lab.at('preset-provenance')).toHaveValue(/Based on Mixed precision on PCM .*Firing threshold [\d.]+ → 10/)
  await lab.page.keyboard.press('Enter')
  await expect(lab.at('preset-own/high-threshold')).toHaveAttribute('aria-pressed', 'true')
  await expect(lab.at('changes')).toHaveCount(0)
  await lab.close()

  lab = await open(folder)
  await lab.at('rail-design').click()
  await answerDeletions(lab)
  await lab.at('preset-own/high-threshold').focus()
  await lab.page.keyboard.press('Delete')
  await expect(lab.at('preset-own/high-threshold')).toHaveCount(0)
  await lab.at('undo-preset-deleted').click()
  await expect(lab.at('preset-own/high-threshold')).toHaveAttribute('aria-pressed', 'true')
  expect(lab.complaints).toEqual([])
  await lab.close()
})
