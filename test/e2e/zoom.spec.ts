import { expect, test } from '@playwright/test'
import { newFolder, open, type Laboratory } from './laboratory.ts'

const zoomOf = ({ application }: Laboratory) =>
  application.evaluate(({ BrowserWindow }) => Math.round(BrowserWindow.getAllWindows()[0]!.webContents.getZoomFactor() * 100))

test('zooms by key, also in a dialog, and keeps the zoom after a restart', async () => {
  const folder = await newFolder()
  let lab = await open(folder)
  await lab.page.keyboard.press('Control+=')
  await lab.page.keyboard.press('Control+Shift++')
  await expect.poll(() => zoomOf(lab)).toBe(125)
  await lab.page.keyboard.press('?')
  await expect(lab.at('key-sheet')).toBeVisible()
  await lab.page.keyboard.press('Control+-')
  await expect.poll(() => zoomOf(lab)).toBe(110)
  await lab.close()
  lab = await open(folder)
  await expect.poll(() => zoomOf(lab)).toBe(110)
  await lab.page.keyboard.press('Control+0')
  await expect.poll(() => zoomOf(lab)).toBe(100)
  await lab.close()
})
