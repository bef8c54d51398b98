import { expect, test } from '@playwright/test'
import { makeLargeLibrary } from '../fixtures/large-library.ts'
import { type Laboratory, libraryIn, newFolder, open, showEachRun } from './laboratory.ts'

test.skip(process.env.LARGE_LIBRARY === undefined, 'timed, on request only: npm run bench:library')
test.setTimeout(600_000)

const RUNS = 10_000
const ROUNDS = Number(process.env.ROUNDS ?? 7)
/** Most memory of the process of the window, bytes. */
const MOST_MEMORY = 400e6
/** Longest task of the window, ms. */
const LONGEST_TASK = 50
const sizes = [{ copies: 0, most: 100 }, { copies: 9, most: 400 }]

/**
 * Time from an action in the page until its rows are there and two more frames are drawn, ms.
 * @param changes whether the first row or the number of rows changes
 */
const untilDrawn = ({ page }: Laboratory, act: string, changes: boolean) => page.evaluate<number>(`(async () => {
  const frame = () => new Promise((drawn) => requestAnimationFrame(drawn))
  const table = () => document.querySelector('[data-test="run-table"]')
  const stateOf = () => table() === null ? '' : table().getAttribute('aria-rowcount') + table().querySelector('[aria-rowindex="1"]')?.dataset.test
    + table().querySelector('[aria-rowindex="1"]')?.textContent
  const isThere = () => table()?.querySelector('[aria-rowindex]') && table().matches('[aria-busy]') === false && table().querySelector('[aria-busy]') === null
  await frame()
  const before = stateOf()
  const began = performance.now()
  await ${act}
  const isDrawn = () => isThere() && (!${changes} || stateOf() !== before)
  for (let waited = 0; waited < 5000 && !isDrawn(); waited++) await new Promise((resolve) => { setTimeout(resolve, 1) })
  await frame()
  await frame()
  return performance.now() - began
})()`)

const typed = (text: string) => `(() => {
  const input = document.querySelector('[data-test="filter"]')
  const field = input.matches('input') ? input : input.querySelector('input')
  field.value = ${JSON.stringify(text)}
  field.dispatchEvent(new Event('input', { bubbles: true }))
})()`
const clicked = (name: string) => `document.querySelector('[data-test="${name}"]').click()`
const scrolled = (top: number) => `document.querySelector('[data-test="run-table"]').scrollTo(0, ${top})`
const groupedBy = (names: string[]) =>
  `(document.querySelector('#app').__vue_app__.config.globalProperties.$pinia._s.get('table').groupBy = ${JSON.stringify(names)})`

interface Act {
  what: string
  codes: string[]
  changes?: boolean
  prepare?: string
}
const acts: readonly Act[] = [
  { what: 'open', codes: [clicked('rail-library')], prepare: clicked('rail-settings') },
  { what: 'filter', codes: ['mixed', 'seed > 500 mixed', 'seed > 500', ''].map(typed), changes: true },
  { what: 'sort', codes: ['sort-loss', 'sort-name', 'sort-seed', 'sort-created'].map(clicked), changes: true },
  { what: 'group', codes: [['scheme'], ['scheme', 'seed'], []].map(groupedBy), changes: true },
  { what: 'scroll', codes: [1e9, 700_000, 0].map(scrolled) },
]

/** Memory of the process of the window, bytes, after what is no longer needed was collected. */
async function memoryOf({ application, page }: Laboratory): Promise<number> {
  const session = await page.context().newCDPSession(page)
  await session.send('HeapProfiler.collectGarbage')
  await session.detach()
  return application.evaluate(({ app, BrowserWindow }) => {
    const id = BrowserWindow.getAllWindows()[0]!.webContents.getOSProcessId()
    return app.getAppMetrics().find(({ pid }) => pid === id)!.memory.workingSetSize * 1024
  })
}

const watchTasks = `(window.tasks = [], new PerformanceObserver((list) => {
  for (const { duration } of list.getEntries()) window.tasks.push(duration)
}).observe({ entryTypes: ['longtask'] }), undefined)`

for (const { copies, most } of sizes) {
  const runs = RUNS * (1 + copies)
  test(`${runs} runs are opened, filtered, sorted and grouped without a noticeable wait`, async () => {
    const folder = await newFolder()
    makeLargeLibrary(libraryIn(folder), { runs: RUNS, snapshots: 100, copies })
    const lab = await open(folder)
    await expect(lab.at('run-table').locator('[aria-rowindex="1"]')).toContainText('2', { timeout: 60_000 })
    await lab.page.evaluate(watchTasks)
    // Most of the copies are replicates, and each run is to be a row.
    await showEachRun(lab)
    const found: Record<string, number> = {}
    for (const { what, codes, changes = false, prepare } of acts) {
      const times: number[] = []
      await lab.page.evaluate('window.tasks.length = 0')
      for (let round = 0; round < ROUNDS; round++) {
        for (const code of codes) {
          if (prepare !== undefined) await lab.page.evaluate(prepare)
          times.push(await untilDrawn(lab, code, changes))
        }
      }
      times.sort((a, b) => a - b)
      found[what] = times[times.length >> 1]!
      const longest = Math.max(0, ...await lab.page.evaluate<number[]>('window.tasks'))
      const [low, high] = [times[times.length >> 2]!, times[(3 * times.length) >> 2]!].map((time) => time.toFixed(0))
      console.log(`${runs} runs, ${what}: ${found[what].toFixed(0)} ms (${low} to ${high}), longest task ${longest.toFixed(0)} ms`)
      found[`longest task, ${what}`] = longest
    }
    found.memory = await memoryOf(lab)
    console.log(`${runs} runs, memory of the window: ${(found.memory / 1e6).toFixed(0)} MB`)
    await lab.close()
    for (const { what } of acts) {
      expect.soft(found[what], what).toBeLessThanOrEqual(most)
      expect.soft(found[`longest task, ${what}`], `longest task, ${what}`).toBeLessThanOrEqual(LONGEST_TASK)
    }
    expect.soft(found.memory).toBeLessThanOrEqual(MOST_MEMORY)
  })
}
