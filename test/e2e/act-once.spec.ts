import { expect, test } from '@playwright/test'
import type { RunSummary } from '../../src-main/contract/run.ts'
import { makeLargeLibrary } from '../fixtures/large-library.ts'
import { call, libraryIn, newFolder, open, type Laboratory } from './laboratory.ts'

const list = async ({ page }: Laboratory) => (await call(page, 'runs.list', {}) as { value: RunSummary[] }).value
const shelfOf = async (lab: Laboratory, runId: string) => (await list(lab)).find((run) => run.runId === runId)!.shelf
const statusOf = async (lab: Laboratory, runId: string) => (await list(lab)).find((run) => run.runId === runId)!.status
const countIn = async (lab: Laboratory, shelf: string) => (await list(lab)).filter((run) => run.shelf === shelf).length
/** Id of a run of `makeLargeLibrary`; the highest number is on top of the list. */
const idOf = (run: number) => `0run${String(run).padStart(8, '0')}`

test('fault 45: Delete affects the run that has the focus, once, and lists what is out of sight before it moves', async () => {
  const folder = await newFolder()
  makeLargeLibrary(libraryIn(folder), { runs: 60, snapshots: 0 })
  const lab = await open(folder)
  const { at, page } = lab
  const row = (run: number) => at(`run-row-${idOf(run)}`)
  await at('rail-library').click()
  const before = await countIn(lab, 'trash')

  await test.step('a ticked run that is scrolled out of sight stays', async () => {
    await at(`tick-${idOf(58)}`).check()
    await expect(at('runs-bar')).toContainText('1 ticked')
    await expect(at('acts-on')).toContainText('affect the 1 ticked run')
    await at('run-table').evaluate((table) => table.scrollTo(0, 1e6))
    await expect(at('runs-bar')).toContainText('1 ticked · 1 out of sight')
    await row(2).click()
    await expect(at('acts-on')).toContainText('affect the selected run only')
    await page.keyboard.press('Delete')
    await expect(at('moved')).toContainText('Moved 1 run to the trash')
    expect([await shelfOf(lab, idOf(2)), await shelfOf(lab, idOf(58))]).toEqual(['trash', 'library'])
  })

  await test.step('a ticked run that the filter hides stays', async () => {
    await at('filter').fill('seed=30')
    await expect(at('runs-bar')).toContainText('1 ticked · 1 not in this list')
    await row(30).click()
    await page.keyboard.press('Delete')
    await expect.poll(() => shelfOf(lab, idOf(30))).toBe('trash')
    expect(await shelfOf(lab, idOf(58))).toBe('library')
    await at('filter').fill('')
  })

  await test.step('ticked runs out of sight are listed first', async () => {
    await at('run-table').evaluate((table) => table.scrollTo(0, 1e6))
    await at(`tick-${idOf(3)}`).check()
    await expect(at('move')).toHaveText('Move 2')
    await page.keyboard.press('Delete')
    await expect(at('confirm')).toContainText('Move 2 runs to the trash')
    await expect(at('confirm')).toContainText('seed 58')
    await expect(at('confirm-cancel')).toBeFocused()
    await page.keyboard.press('Escape')
    await expect(at('confirm')).toBeHidden()
    expect([await shelfOf(lab, idOf(3)), await shelfOf(lab, idOf(58))]).toEqual(['library', 'library'])
    await at('show-ticked').click()
    await expect(row(58)).toHaveAttribute('aria-selected', 'true')
    await expect(row(58)).toBeInViewport()
    await at('untick').click()
    await expect(at('runs-bar')).toHaveCount(0)
  })

  await test.step('a held key and a double press move one run each', async () => {
    const start = await countIn(lab, 'trash')
    expect(start).toBe(before + 2)
    await row(55).click()
    for (let repeat = 0; repeat < 5; repeat++) await page.keyboard.down('Delete')
    await page.keyboard.up('Delete')
    await expect.poll(() => countIn(lab, 'trash')).toBe(start + 1)
    await page.waitForTimeout(400)
    // Both in the window at once: on a slow machine, two presses from here may be far apart.
    await page.evaluate(() => {
      for (let press = 0; press < 2; press++) {
        document.activeElement!.dispatchEvent(new KeyboardEvent('keydown', { key: 'Delete', bubbles: true, cancelable: true }))
        document.activeElement!.dispatchEvent(new KeyboardEvent('keyup', { key: 'Delete', bubbles: true }))
      }
    })
    await expect.poll(() => countIn(lab, 'trash')).toBe(start + 2)
    await page.waitForTimeout(200)
    expect(await countIn(lab, 'trash')).toBe(start + 2)
  })

  expect(lab.complaints).toEqual([])
  await lab.close()
})

/** Clicks impatiently for a second at one place: a double click, and then on whatever appears there. The page may be too busy to answer. */
const clickInARow = ({ application }: Laboratory, place: { x: number; y: number }) =>
  application.evaluate(async ({ BrowserWindow }, { x, y }) => {
    const { webContents } = BrowserWindow.getAllWindows()[0]!
    for (let click = 0; click < 8; click++) {
      for (const type of ['mouseDown', 'mouseUp'] as const) {
        webContents.sendInputEvent({ type, x: Math.round(x), y: Math.round(y), button: 'left', clickCount: Math.min(2, click + 1) })
      }
      await new Promise((resolve) => setTimeout(resolve, 120))
    }
  }, place)

test('fault 45: a double click on Start starts a run, which is shown live, announced at the end and greeted at the next start', async () => {
  const folder = await newFolder()
  const lab = await open(folder, { CHALCOGEN_TEST_DIALOG: 'Cancel' })
  const { at, page, application } = lab
  let output = ''
  application.process().stdout!.on('data', (data) => { output += String(data) })

  await test.step('Esc leaves a field for its row, Enter selects its value, and an error leads to its field', async () => {
    await at('rail-design').click()
    const epochs = at('field-training.epochs')
    await epochs.fill('oops')
    await at('field-seed').focus()
    await at('start-blocked').click()
    await expect(epochs).toBeFocused()
    await epochs.fill('1000000')
    await page.keyboard.press('Enter')
    expect(await epochs.evaluate((input: HTMLInputElement) => input.selectionEnd! - input.selectionStart!)).toBe(7)
    await page.keyboard.press('Escape')
    await expect(epochs).not.toBeFocused()
    await expect(page.locator('[data-row]:focus')).toContainText('Epochs')
    await page.keyboard.press('Enter')
    await expect(epochs).toBeFocused()
    await page.keyboard.press('Escape')
  })

  await test.step('the second click does not stop the run', async () => {
    await at('start').hover()
    const { x, y, width, height } = (await at('start').boundingBox())!
    await clickInARow(lab, { x: x + width / 2, y: y + height / 2 })
    await expect(at('run-stop')).toBeVisible()
    await expect(at('run-status')).toHaveText('running')
    await page.waitForTimeout(700)
    await expect(at('run-status')).toHaveText('running')
    expect(await list(lab)).toHaveLength(1)
  })

  const { runId } = (await list(lab))[0]!
  await test.step('Library and Queue show the epochs and the loss of the running run', async () => {
    await at('rail-library').click()
    const cell = async (column: string) => {
      const heads = await page.getByRole('columnheader').evaluateAll((all) => all.map((head) => (head as HTMLElement).dataset.test))
      return at(`run-row-${runId}`).getByRole('gridcell').nth(heads.indexOf(`head-${column}`))
    }
    const epochs = await cell('epochs')
    await expect.poll(async () => Number.parseInt(await epochs.textContent() ?? '', 10)).toBeGreaterThan(1)
    await expect(await cell('loss')).toHaveText(/^\d/)
    await at('rail-queue').click()
    await expect(at(`queue-row-${runId}`).locator('.progress')).not.toHaveText(/^0 /)
  })

  await test.step('a double click on Pause all does not resume', async () => {
    const { x, y, width, height } = (await at('queue-hold').boundingBox())!
    await page.mouse.dblclick(x + width / 2, y + height / 2)
    await expect(at('queue-held')).toBeVisible()
    await page.waitForTimeout(700)
    await expect(at('queue-held')).toBeVisible()
    await at('queue-release').click()
    await expect.poll(() => statusOf(lab, runId)).toBe('running')
  })

  await test.step('closing the window asks, and Cancel keeps the run going', async () => {
    await at('rail-design').click()
    const close = () => application.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.close())
    await close()
    await expect.poll(() => output).toContain('[dialog] Quit while 1 run is running?: The running run saves a checkpoint')
    expect(await statusOf(lab, runId)).toBe('running')
    expect(lab.complaints).toEqual([])
    const closed = application.waitForEvent('close')
    await close()
    await closed
  })

  await test.step('the next start shows on its screen what was interrupted', async () => {
    const next = await open(folder)
    await expect(next.at('start')).toBeVisible()
    await expect(next.at('interrupted')).toContainText('1 run was interrupted')
    await next.at('resume-all').click()
    await expect.poll(() => statusOf(next, runId)).toBe('running')
    await expect(next.at('interrupted')).toHaveCount(0)
    const closed = next.application.waitForEvent('close')
    next.application.process().kill('SIGTERM')
    await closed
  })
  const last = await open(folder)
  expect(await statusOf(last, runId)).toBe('interrupted')
  await last.close()
})
