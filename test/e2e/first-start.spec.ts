import { _electron, expect, test, type Page } from '@playwright/test'
import { copyFile, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { RunSummary } from '../../src-main/contract/run.ts'
import { steps } from '../../src-renderer/views/tour/steps.ts'
import { call, environment, libraryIn, newFolder, open, projectRoot } from './laboratory.ts'

/** Start the application as a new user does, without any option: all its folders are below `home`. */
async function openAtHome(home: string) {
  const env = { ...environment(), HOME: home, XDG_DATA_HOME: join(home, 'data'), XDG_CONFIG_HOME: join(home, 'config') }
  const application = await _electron.launch({ args: [projectRoot, `--user-data-dir=${join(home, 'settings')}`], cwd: home, env })
  const page = await application.firstWindow()
  const at = (name: string) => page.locator(`[data-test="${name}"]`)
  await expect(at('rail-library')).toBeVisible()
  return { application, page, at }
}

const runsOf = async (page: Page) => (await call(page, 'runs.list', {}) as { value: RunSummary[] }).value

test('the first start has example runs with charts, and later starts are not first starts', async () => {
  const home = await newFolder()
  let { application, page, at } = await openAtHome(home)
  const runs = await runsOf(page)
  expect(runs.map(({ name, status, preset }) => [name, status, preset])).toEqual([
    ['Example: on PCM', 'done', 'pattern-generation/mixed-precision'],
    ['Example: digital', 'done', 'pattern-generation/fp32'],
  ])
  for (const { digest, lossLast20 } of runs) {
    expect(digest).toMatch(/^[0-9a-f]{64}$/)
    expect(lossLast20).toBeLessThan(0.03)
  }
  await expect(at('tour-offer')).toBeVisible()
  await at(`run-row-${runs[0]!.runId}`).dblclick()
  for (const chart of ['loss', 'output', 'histogram']) await expect(at(`chart-${chart}`).locator('canvas')).toBeVisible()
  await application.close()

  ;({ application, page, at } = await openAtHome(home))
  expect(await runsOf(page)).toHaveLength(2)
  // The offer was neither taken nor declined.
  await expect(at('tour-offer')).toBeVisible()
  await at('tour-decline').click()
  await expect(at('tour-offer')).toHaveCount(0)
  await application.close()

  ;({ application, page, at } = await openAtHome(home))
  await expect(at('rail-library')).toBeVisible()
  await expect(at('tour-offer')).toHaveCount(0)
  await application.close()
})

test('a library named by the user gets no examples', async () => {
  const lab = await open(await newFolder())
  expect(await runsOf(lab.page)).toEqual([])
  await expect(lab.at('tour-offer')).toHaveCount(0)
  await lab.close()
})

test('the tour works by keyboard, does not block the window, and ends with Escape', async () => {
  const { application, page, at } = await openAtHome(await newFolder())
  await at('tour-take').focus()
  await page.keyboard.press('Enter')
  await expect(at('tour-offer')).toHaveCount(0)
  for (const [index, { title }] of steps.entries()) {
    await expect(at('tour-title')).toHaveText(title)
    await expect(at('tour')).toContainText(`Step ${index + 1} of ${steps.length}`)
    await expect(at('tour')).toBeInViewport({ ratio: 1 })
    await expect(at('tour-next')).toBeFocused()
    if (index === 1) {
      await page.keyboard.press('Shift+Tab')
      await page.keyboard.press('Enter')
      await expect(at('tour-title')).toHaveText(steps[0]!.title)
      await page.keyboard.press('Enter')
    }
    if (index + 1 < steps.length) await page.keyboard.press('Enter')
  }
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Example: on PCM')
  // The tour is not modal: the rest of the window works.
  await at('rail-settings').click()
  await expect(at('theme')).toBeVisible()
  // A tooltip that is just appearing does not keep Esc from the tour.
  await page.evaluate(() => document.body.append(Object.assign(document.createElement('div'), { className: 'el-popper is-dark' })))
  await page.keyboard.press('Escape')
  await expect(at('tour')).toHaveCount(0)

  await page.keyboard.press('Control+k')
  await expect(at('palette-query')).toBeFocused()
  await page.keyboard.type('tour')
  await page.keyboard.press('Enter')
  await expect(at('tour-title')).toHaveText(steps[0]!.title)
  await application.close()
})

test('an existing library means no first start', async () => {
  const home = await newFolder()
  const lab = await open(home)
  await lab.close()
  const place = join(home, 'data', 'chalcogen')
  await mkdir(place, { recursive: true })
  await copyFile(libraryIn(home), join(place, 'library.chalcogen'))
  const { application, page, at } = await openAtHome(home)
  expect(await runsOf(page)).toEqual([])
  await expect(at('tour-offer')).toHaveCount(0)
  await application.close()
})
