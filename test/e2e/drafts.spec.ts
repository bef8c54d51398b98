import { expect, test } from '@playwright/test'
import { answerDeletions, newFolder, open } from './laboratory.ts'

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
