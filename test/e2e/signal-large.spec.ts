import { expect, test } from '@playwright/test'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { newFolder, open, type Laboratory } from './laboratory.ts'

test.skip(process.env.SMOOTHNESS === undefined, 'timed, on request only: npm run bench:window')
test.setTimeout(300_000)

const ROWS = 1_000_000
const ROUNDS = 5
const MOST = { 'first preview': 300, 'all read': 3000, 'longest task': 50, 'longest pause of the main process': 50 }

/** Watches for tasks that block the window, and for pauses of a timer of the main process. */
async function watch({ application, page }: Laboratory): Promise<void> {
  await page.evaluate(`(window.tasks = [], new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) window.tasks.push(duration)
  }).observe({ entryTypes: ['longtask'] }), undefined)`)
  await application.evaluate(() => {
    const watched = { last: performance.now(), longest: 0 }
    Object.assign(globalThis, { watched })
    setInterval(() => {
      const now = performance.now()
      watched.longest = Math.max(watched.longest, now - watched.last)
      watched.last = now
    }, 1)
  })
}

const forget = async ({ application, page }: Laboratory) => {
  await page.evaluate('window.tasks.length = 0')
  await application.evaluate(() => {
    Object.assign((globalThis as unknown as { watched: object }).watched, { longest: 0, last: performance.now() })
  })
}
const pausesOf = async ({ application, page }: Laboratory) => ({
  'longest task': Math.max(0, ...await page.evaluate<number[]>('window.tasks')),
  'longest pause of the main process': await application.evaluate(() => (globalThis as unknown as { watched: { longest: number } }).watched.longest),
})

/** Presses Choose…, and measures in the page until the first rows are drawn and until all of the file is read, ms. */
const imported = (page: Laboratory['page']) => page.evaluate<Record<'first preview' | 'all read', number>>(`(async () => {
  const frame = () => new Promise((drawn) => requestAnimationFrame(drawn))
  const until = async (isSo) => { while (!isSo()) await new Promise((resolve) => { setTimeout(resolve, 1) }); await frame() }
  const one = (name) => document.querySelector('[data-test="' + name + '"]')
  const began = performance.now()
  one('choose-signal').click()
  await until(() => one('signal-table')?.querySelector('td'))
  const first = performance.now() - began
  await until(() => one('signal-state')?.textContent.includes('samples'))
  return { 'first preview': first, 'all read': performance.now() - began }
})()`)

test('a CSV of 1,000,000 rows is shown at once, read in 3 s, used and started, and never blocks the window', async () => {
  const folder = await newFolder()
  const file = join(folder, 'large.csv')
  const rows = Array.from({ length: ROWS }, (_, row) => `${(row / 1000).toFixed(3)},${Math.sin(row / 5000).toFixed(6)}\n`)
  await writeFile(file, `time,force\n${rows.join('')}`)
  const lab = await open(folder)
  const { at, application, page } = lab
  await application.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = (async () => ({ canceled: false, filePaths: [chosen] })) as typeof dialog.showOpenDialog
  }, file)
  await at('rail-design').click()
  await at('variant-task-signal').click()
  await at('variant-scheme-fp32').click()
  await at('field-network.recurrentNeurons').fill('20')
  await at('field-training.epochs').fill('1')
  await page.waitForTimeout(1000)
  await watch(lab)
  const found: Record<string, number[]> = {}
  const note = (values: Record<string, number>) => {
    for (const [what, value] of Object.entries(values)) (found[what] ??= []).push(value)
  }
  for (let round = 0; round < ROUNDS; round++) {
    await forget(lab)
    note({ ...await imported(page), ...await pausesOf(lab) })
    if (round < ROUNDS - 1) await at('signal-cancel').click()
  }
  await forget(lab)
  await at('signal-use').click()
  await expect(at('signal-notes')).toContainText(`column 'force'`, { timeout: 60_000 })
  await expect(at('start')).toBeEnabled({ timeout: 60_000 })
  const using = await pausesOf(lab)
  await forget(lab)
  await at('start').click()
  await expect(at('run-status')).toHaveText('finished', { timeout: 120_000 })
  const starting = await pausesOf(lab)
  for (const [what, values] of Object.entries(found)) {
    const sorted = values.toSorted((a, b) => a - b)
    console.log(`${what}: ${sorted[sorted.length >> 1]!.toFixed(0)} ms (${sorted[0]!.toFixed(0)} to ${sorted.at(-1)!.toFixed(0)})`)
  }
  for (const [what, pauses] of Object.entries({ 'use the signal': using, 'start and run': starting })) {
    console.log(`${what}: ${Object.entries(pauses).map(([name, ms]) => `${name} ${ms.toFixed(0)} ms`).join(', ')}`)
  }
  await lab.close()
  for (const [what, most] of Object.entries(MOST)) expect.soft(Math.max(...found[what]!), what).toBeLessThanOrEqual(most)
  for (const pauses of [using, starting]) {
    for (const [what, ms] of Object.entries(pauses)) expect.soft(ms, what).toBeLessThanOrEqual(MOST[what as keyof typeof MOST])
  }
})
