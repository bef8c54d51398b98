// npm run bench:main [RUNS …] [signal]
// Measures how long the main thread is busy at a stretch while a large library is used, and while experiments are planned and started that
// read a signal of a million samples. Prints the longest stretch, ms of CPU time of
// this thread, which other programs cannot lengthen, and the wall time of the whole action.
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type SweepInput, sweepSchema } from '../../src-engine/experiment/sweep.ts'
import { expandSweep } from '../../src-engine/sweep/expand-sweep.ts'
import { type App, createApp } from '../../src-main/app/app.ts'
import { texts } from '../../src-main/contract/texts.ts'
import { canonicalJson } from '../../src-main/library/canonical-json.ts'
import { openConnection } from '../../src-main/library/connection.ts'
import { Epochs } from '../../src-main/library/epochs.ts'
import { newRunIds } from '../../src-main/library/run-id.ts'
import { provideEngineDigest } from '../../scripts/engine-digest.ts'
import { appOptions } from '../../src-main/cli/surroundings.ts'
import { makeLargeLibrary, metricsOf } from '../fixtures/large-library.ts'
import { Stream } from '../../src-engine/random/stream.ts'

const MOST_MS = 20
/** Time for which the sweep runs, so that many of its runs end. */
const SWEEP_MS = 5000

const tiny = {
  task: { kind: 'sinusoids', patterns: 1, steps: 10, inputChannels: 2 }, network: { recurrentNeurons: 3 }, scheme: { kind: 'fp32' },
  recording: { snapshotEnd: false },
}
const thousandArms: SweepInput = {
  name: 'halving', spec: { ...tiny, training: { epochs: 4 } }, seeds: [1], halving: { firstEpochs: 1, keep: 0.5 },
  axes: [{ kind: 'sample', path: 'learning.rateOutput', from: 1e-5, to: 1e-2, scale: 'logarithmic' }],
  sampling: { count: 1000 },
}
const tournament: SweepInput = {
  name: 'tournament', spec: { ...tiny, training: { epochs: 25 } }, seeds: Array.from({ length: 10 }, (_, index) => index + 1),
  axes: [{ kind: 'range', path: 'learning.rateOutput', from: 1e-5, to: 1e-2, scale: 'logarithmic', count: 30 }],
}
const TOURNAMENT = '0tournament'

/** Longest stretch without an event of this thread, ms of its CPU time, until `act` has ended. */
async function longestStretch(act: () => Promise<unknown>): Promise<{ stretch: number; wall: number }> {
  const cpu = () => { const { user, system } = process.threadCpuUsage(); return (user + system) / 1000 }
  let [last, stretch, ended] = [cpu(), 0, false]
  const began = performance.now()
  const tick = () => {
    const now = cpu()
    stretch = Math.max(stretch, now - last)
    last = now
    if (!ended) setTimeout(tick, 1)
  }
  setTimeout(tick, 1)
  await act()
  await new Promise((resolve) => { setTimeout(resolve, 100) })
  ended = true
  return { stretch, wall: performance.now() - began - 100 }
}

const IN_SIGHT = 100

/** Lists as the window does: all ids in order, and the runs in sight. */
async function listAsText({ queries, summaries }: App): Promise<void> {
  const sort = { name: 'created', descending: true }
  const order = await queries.order({ query: '', shelf: 'library', sort, groupBy: [], replicates: true })
  if (!order.ok) throw new Error(order.error.message)
  texts['runs.order'].encode(order)
  texts['runs.summaries'].encode(await summaries(order.runIds.split(' ').slice(0, IN_SIGHT)))
}

/** Adds a finished tournament to a library. */
function addTournament(file: string): void {
  const expanded = expandSweep(tournament)
  if (!expanded.ok) throw new Error(JSON.stringify(expanded.problems))
  const { db, close } = openConnection(file)
  const epochs = new Epochs(db)
  const draws = new Stream(2, 'initial weight', 0)
  const at = '2025-01-01T00:00:00.000Z'
  const environment = db.prepare('SELECT environment FROM runs LIMIT 1').pluck().get()
  const ids = newRunIds(expanded.runs.length)
  db.transaction(() => {
    db.prepare('INSERT INTO sweeps VALUES (?, ?, ?, ?)').run(TOURNAMENT, 'tournament', at, canonicalJson(sweepSchema.parse(tournament)))
    const insert = db.prepare(`
      INSERT INTO runs (run_id, status, created_at, queued_at, started_at, ended_at, sequences, environment, spec, sweep_id, arm)
      VALUES (?, 'done', ?, ?, ?, ?, 25, ?, ?, ?, ?)
    `)
    expanded.runs.forEach(({ arm, spec }, index) => {
      insert.run(ids[index], at, at, at, at, environment, canonicalJson(spec), TOURNAMENT, arm)
      epochs.append(ids[index]!, metricsOf(index, draws).map((metrics) => ({ ...metrics, patternLosses: [metrics.loss] })))
    })
  })()
  close()
}

/** Prints the longest stretch of each action. @param most the longest that is allowed, ms */
const reporter = (most: number) => async (what: string, act: () => Promise<unknown>) => {
  const { stretch, wall } = await longestStretch(act)
  const verdict = stretch <= most ? '' : `  above ${most} ms`
  console.log(`${what.padEnd(44)} ${stretch.toFixed(1).padStart(8)} ms, in ${wall.toFixed(0).padStart(6)} ms${verdict}`)
}

async function bench(runs: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'chalcogen-bench-'))
  const libraryFile = join(folder, 'library.chalcogen')
  console.log(`\n${runs} runs`)
  const report = reporter(MOST_MS)
  try {
    makeLargeLibrary(libraryFile, { runs, snapshots: 0 })
    addTournament(libraryFile)
    const options = { ...appOptions(), libraryFile, slots: 2 }
    let app: App | undefined
    await report('open the application', async () => { app = await createApp(options) })
    const { list, start, prepare, finished, sweeps, queue, close } = app!
    await report('list', () => list())
    await report('list as the window does', () => listAsText(app!))
    const spec = await prepare({ ...tiny, training: { epochs: 1 } }, 'bench', folder)
    await report('start one run and wait for its end', async () => finished(await start(spec)))
    await report('list the sweeps', () => sweeps.list())
    await report('compare 30 arms × 10 seeds', () => sweeps.compare(TOURNAMENT, null))
    await report('compare them again', () => sweeps.compare(TOURNAMENT, null))
    await report('plan a sweep of 1000 arms', () => sweeps.plan(thousandArms, false))
    let sweepId = ''
    await report('start it', async () => { sweepId = await sweeps.start(thousandArms) })
    await report('run it for 5 s, with halving', () => new Promise((resolve) => { setTimeout(resolve, SWEEP_MS) }))
    await report('state of the queue', () => queue.get())
    const ended = (await list()).filter((run) => run.sweep?.sweepId === sweepId && run.epochsDone > 0).length
    console.log(`  ${ended} runs of it ended`)
    await report('pause it', () => sweeps.pause(sweepId))
    await report('resume it', () => sweeps.resume(sweepId))
    await report('stop it', () => sweeps.stop(sweepId))
    await report('close', () => close())
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const SAMPLES = 1_000_000
const MOST_WITH_SIGNAL_MS = 50

async function benchSignal(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'chalcogen-bench-'))
  const libraryFile = join(folder, 'library.chalcogen')
  console.log(`\nA signal of ${SAMPLES} samples`)
  const report = reporter(MOST_WITH_SIGNAL_MS)
  try {
    const draws = new Stream(3, 'initial weight', 0)
    writeFileSync(join(folder, 'signal.csv'), `y\n${Array.from({ length: SAMPLES }, (_, index) => draws.normal(index, 0).toFixed(6)).join('\n')}\n`)
    const document = {
      ...tiny, task: { kind: 'signal', file: 'signal.csv', patterns: 10, steps: 1000, inputChannels: 2 }, training: { epochs: 1 },
    }
    const sweep: SweepInput = {
      name: 'signal', spec: document, seeds: [1, 2, 3, 4],
      axes: [{ kind: 'list', path: 'learning.rateOutput', values: [1e-5, 1e-4, 1e-3, 1e-2, 1e-1] }],
    }
    const app = await createApp({ ...appOptions(), libraryFile, slots: 2 })
    const { prepare, start, estimate, finished, get, overview, retry, sweeps, close } = app
    const prepared = () => prepare(document, 'bench', folder)
    await report('estimate the time', async () => estimate(await prepared()))
    await report('estimate it again', async () => estimate(await prepared()))
    let runId = ''
    await report('start', async () => { runId = await start(await prepared()) })
    await report('wait for its end', () => finished(runId))
    await report('read the run', async () => { await get(runId); await overview(runId) })
    await report('retry it', async () => finished(await retry(runId)))
    await report('plan a sweep of 20 runs', () => sweeps.plan(sweep, true, folder))
    let sweepId = ''
    await report('start it', async () => { sweepId = await sweeps.start(sweep, folder) })
    await report('wait for its end', () => sweeps.finished(sweepId))
    await report('close', () => close())
    console.log(`  library: ${(statSync(libraryFile).size / 1e6).toFixed(1)} MB`)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

await provideEngineDigest()
const asked = process.argv.slice(2)
const sizes = asked.filter((one) => one !== 'signal').map(Number)
console.log(`Longest stretch without an event on the main thread of ${fileURLToPath(new URL('../..', import.meta.url))}`)
for (const runs of asked.length > 0 ? sizes : [10_000, 100_000]) await bench(runs)
if (asked.length === 0 || asked.includes('signal')) await benchSignal()
