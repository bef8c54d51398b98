import { expect, test } from '@playwright/test'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { longestExperiment, refusedDocuments } from '../fixtures/hostile/heavy-documents.ts'
import { call, newFolder, open, type Laboratory } from './laboratory.ts'

// Documents of 10 MB that JSON.parse takes seconds for: the main process, which answers all windows and runs, must not wait for them.

/** Far more than a loaded machine takes, and far less than these documents took: up to 8 s. */
const LONGEST_MS = 1000

let lab: Laboratory
let folder: string

test.beforeAll(async () => {
  folder = await newFolder()
  lab = await open(folder)
})
test.afterAll(() => lab.close())

/** Begins to measure the longest time in which the main process does nothing else. */
const startClock = () => lab.application.evaluate(() => {
  const clock = { longest: 0, last: performance.now(), timer: setInterval(() => {
    clock.longest = Math.max(clock.longest, performance.now() - clock.last)
    clock.last = performance.now()
  }, 5) }
  Object.assign(globalThis, { clock })
})
const stopClock = () => lab.application.evaluate(() => {
  const { clock } = globalThis as unknown as { clock: { longest: number; timer: NodeJS.Timeout } }
  clearInterval(clock.timer)
  return clock.longest
})

async function longestPauseOf(work: () => Promise<unknown>): Promise<number> {
  await startClock()
  await work()
  return stopClock()
}

for (const [what, text] of [...refusedDocuments, ['a signal of a million samples', longestExperiment] as const]) {
  test(`the main process does not wait for ${what}`, async ({}, { annotations }) => {
    const file = join(folder, 'heavy.json')
    await writeFile(file, text())
    await lab.application.evaluate(({ dialog }, chosen) => {
      dialog.showOpenDialog = (async () => ({ canceled: false, filePaths: [chosen] })) as typeof dialog.showOpenDialog
    }, file)
    // Answers of the calls themselves are large texts for the valid one, which stay in the page.
    const ask = (name: string, input: object) => lab.page.evaluate(
      async ([name, input]) => { await window.chalcogen.call(name as string, input) }, [name, input] as const,
    )
    const pauses: Record<string, number> = {}
    for (const kind of ['experiment', 'sweep']) pauses[kind] = await longestPauseOf(() => ask('spec.import', { kind }))
    pauses.study = await longestPauseOf(() => ask('studies.import', {}))
    annotations.push({ type: 'longest pauses, ms', description: JSON.stringify(pauses) })
    console.log(what, JSON.stringify(pauses))
    expect(Math.max(...Object.values(pauses))).toBeLessThan(LONGEST_MS)
    expect(await call(lab.page, 'runs.list', {})).toMatchObject({ ok: true })
  })
}
