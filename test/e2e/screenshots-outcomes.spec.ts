import { expect, test } from '@playwright/test'
import Database from 'better-sqlite3'
import type { RunSummary } from '../../src-main/contract/run.ts'
import { call, type Laboratory, libraryIn, newFolder, open } from './laboratory.ts'
import { everywhere } from './pictures.ts'

test.skip(process.env.SCREENSHOTS === undefined, 'made on request: npm run screenshots')
test.setTimeout(900_000)

const tiny = {
  preset: 'pattern-generation/fp32', scheme: { kind: 'fp32' }, task: { kind: 'sinusoids', patterns: 1, steps: 200 },
  network: { recurrentNeurons: 40 }, training: { epochs: 60 },
}
const LONG = 'a long name that describes what was tried here and why, as names often do in the third week of a project'

/** One spec for each outcome. */
const specs = {
  learned: { ...tiny, name: LONG, training: { epochs: 400 } },
  diverged: { ...tiny, name: `${LONG}, rate a thousand times larger`, learning: { rateInput: 1, rateRecurrent: 1, rateOutput: 1 } },
  silent: { ...tiny, name: 'threshold out of reach', network: { recurrentNeurons: 40, threshold: 1000 } },
  untrained: { ...tiny, name: '', learning: { rateInput: 7.74251e-9, rateRecurrent: 7.74251e-9, rateOutput: 7.74251e-9 } },
  failed: { ...tiny, name: `${LONG}, part 2` },
  unreadable: { ...tiny, name: 'made by a newer version' },
}

/** Arms that diverge, learn nothing or fail, named by rates that need powers of ten. */
const sweep = {
  name: `Rates from far too small to far too large, ${LONG}`, spec: { ...tiny, training: { epochs: 40 } }, seeds: [4_294_967_294, 4_294_967_295],
  axes: [{ kind: 'list', path: 'learning.rateOutput', values: [7.74251e-9, 1.23457e-5, 0.000774251, 0.0455200, 12.34567] }],
}
const tournament = {
  ...sweep, axes: [], comparison: {}, name: `Schemes, ${LONG}`,
  variants: [
    { label: LONG.slice(0, 80), changes: {} },
    { label: `${LONG.slice(0, 60)}, far too fast`, changes: { 'learning.rateOutput': 12.34567 } },
    { label: 'no neuron spikes', changes: { 'network.threshold': 1000 } },
  ],
}

const mapValues = <Key extends string, From, To>(record: Record<Key, From>, to: (value: From) => To) =>
  Object.fromEntries(Object.entries<From>(record).map(([key, value]) => [key, to(value)])) as Record<Key, To>
const list = async ({ page }: Laboratory) => (await call(page, 'runs.list', {}) as { value: RunSummary[] }).value

async function startAll({ page }: Laboratory) {
  const answers = [
    ...await Promise.all(Object.values(specs).map((spec) => call(page, 'runs.start', { spec }))),
    ...await Promise.all([sweep, tournament].map((document) => call(page, 'sweeps.start', { sweep: document }))),
  ]
  for (const answer of answers) expect(answer).toMatchObject({ ok: true, value: { ok: true } })
}

/** One of the single runs and one of the sweep's, as if the engine had run out of memory. */
function fail(file: string, runIds: string[]): void {
  const db = new Database(file)
  const failed = db.prepare(`UPDATE runs SET status = 'failed', digest = NULL, outcome = NULL, reasons = NULL, error_code = 'out-of-memory',
    error_message = 'The engine ran out of memory.' WHERE run_id = ?`)
  for (const runId of runIds) failed.run(runId)
  db.close()
}

/** As if a newer version had made the run. */
function makeUnreadable(file: string, runId: string): void {
  const db = new Database(file)
  db.prepare(`UPDATE runs SET spec = json_set(spec, '$.version', 99) WHERE run_id = ?`).run(runId)
  db.close()
}

test('runs of every outcome on every screen, in every size and theme', async () => {
  const folder = await newFolder()
  let lab = await open(folder)
  await startAll(lab)
  await expect.poll(async () => (await list(lab)).every(({ status }) => status === 'done'), { timeout: 300_000 }).toBe(true)
  const runs = await list(lab)
  const idOf = (name: string) => runs.find((run) => run.sweep === null && run.name === name)!.runId
  const { learned, diverged, silent, untrained, failed, unreadable } = mapValues(specs, ({ name }) => idOf(name))
  await lab.close()
  const [first, second] = Map.groupBy(runs.filter((run) => run.sweep !== null), ({ sweep: of }) => of!.sweepId).values()
  fail(libraryIn(folder), [failed, first![0]!.runId, second![0]!.runId])
  makeUnreadable(libraryIn(folder), unreadable)

  lab = await open(folder)
  const { at, page } = lab
  const openRun = async (runId: string) => {
    await at('rail-library').click()
    await at(`run-row-${runId}`).dblclick()
    await expect(at('run-charts')).toBeVisible()
  }
  await everywhere(lab, async (shoot) => {
    await at('rail-library').click()
    await shoot('outcomes-library')
    for (const [name, runId] of Object.entries({ diverged, untrained, failed, unreadable })) {
      await at(`run-row-${runId}`).click()
      await shoot(`outcomes-inspector-${name}`)
    }
    await at('filter').fill('diverged')
    await shoot('outcomes-filtered')
    await at('filter').fill('')
    for (const [name, runId] of Object.entries({ diverged, silent, failed, unreadable })) {
      await openRun(runId)
      await shoot(`outcomes-run-${name}`)
    }
    await at('rail-library').click()
    for (const runId of [learned, diverged, silent, untrained, failed, unreadable]) await at(`tick-${runId}`).check()
    await at('compare-open').click()
    await shoot('outcomes-compare')
    await at('rail-library').click()
    await at('untick').click()
    await at('rail-queue').click()
    await shoot('outcomes-queue')
    for (const [position, name] of ['tournament', 'sweep'].entries()) {
      await at('queue-table').press('Home')
      for (let row = 0; row < position; row++) await at('queue-table').press('ArrowDown')
      await at('queue-table').press('o')
      await page.waitForTimeout(1000)
      await shoot(`outcomes-${name}`)
      await at('sweep-back').click()
    }
  })
  expect(lab.complaints).toEqual([])
  await lab.close()
})
