import Database from 'better-sqlite3'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished, test, vi } from 'vitest'
import type { SweepInput } from '../../src-engine/experiment/sweep.ts'
import { expandSweep } from '../../src-engine/sweep/expand-sweep.ts'
import type { EventPayload } from '../../src-main/contract/contract.ts'
import type { RunSummary } from '../../src-main/contract/run.ts'
import { type Library, openLibrary } from '../../src-main/library/library.ts'
import type { Estimates } from '../../src-main/runs/estimates.ts'
import { createRuns } from '../../src-main/runs/runs.ts'
import { createSweeps } from '../../src-main/runs/sweeps.ts'
import { kernelsModule } from '../fixtures/kernels.ts'
import { environment } from '../unit/library/support.ts'
import { busy, check, lineOf, openApp, source, startProcess, startRun, temporaryFolder } from './support.ts'
import { builtFile } from '../fixtures/built.ts'

vi.setConfig({ testTimeout: 60_000 })

const impatient = 'test/fault/fixtures/impatient-library.worker.ts'
const newFile = () => join(temporaryFolder(), 'library.chalcogen')

/** Two arms for 40 epochs, and the better one for 80. */
const halved: SweepInput = {
  name: 'halved',
  spec: {
    task: { kind: 'sinusoids', patterns: 2, steps: 50, inputChannels: 5 }, network: { recurrentNeurons: 6 }, training: { epochs: 80 },
    recording: { snapshotEvery: 20, checkpointEvery: 1e-4 },
  },
  axes: [{ kind: 'list', path: 'learning.rateOutput', values: [1e-3, 1e-2] }], seeds: [1], halving: { firstEpochs: 40, keep: 0.5 },
}

interface Watch {
  /** Called before each call to the library. */
  before?(call: keyof Library): void
  onNotice?(notice: EventPayload<'library.notice'>): void
  /** Whether the library is locked by another program. */
  isLocked?(): boolean
}

/** The queue and the sweeps on a real library. */
async function openRuns(file: string, { before = () => {}, onNotice = () => {} }: Watch) {
  const opened = await openLibrary({ file, worker: source(impatient) })
  const library = new Proxy(opened, {
    get(target, name: keyof Library) {
      const value = target[name]
      if (typeof value !== 'function') return value
      return async (...args: never[]) => {
        before(name)
        return (value as (...args: never[]) => unknown)(...args)
      }
    },
  })
  const statuses: RunSummary['status'][] = []
  const emit = (name: string, payload: unknown) => {
    if (name === 'library.notice') onNotice(payload as EventPayload<'library.notice'>)
    if (name === 'run.changed') statuses.push((payload as EventPayload<'run.changed'>).summary.status)
  }
  const estimates = { forget: () => {}, each: async (jobs: unknown[]) => jobs.map(() => null) } as unknown as Estimates
  const runs = createRuns({
    library, worker: builtFile('runs/engine.worker'), slots: 2, retryMs: 5, environment, estimates, emit, kernels: async () => kernelsModule,
    onRunsEnded: (sweepIds) => { for (const sweepId of sweepIds) if (sweepId !== null) sweeps.advance(sweepId).catch(() => {}) },
  })
  const sweeps = createSweeps({ library, emit, runs })
  const close = async () => {
    await runs.close()
    await opened.close()
  }
  onTestFinished(close)
  return { library, runs, sweeps, statuses, close }
}

/** Starts a sweep, holds the queue, and closes. The next program takes the runs over and finishes the sweep. */
async function wholeLife(file: string, watch: Watch = {}): Promise<{ runs: RunSummary[]; statuses: RunSummary['status'][] }> {
  const plan = expandSweep(halved)
  if (!plan.ok) throw new Error(JSON.stringify(plan.problems))
  const first = await openRuns(file, watch)
  const sweepId = await first.sweeps.start(plan.sweep, plan.runs)
  await vi.waitUntil(() => first.statuses.includes('running'), { interval: 1, timeout: 20_000 })
  await first.runs.hold()
  // Who closes while the library is locked is told that the ends of its runs cannot be saved. Reads do not delay the close until then.
  await vi.waitUntil(() => !watch.isLocked?.(), { interval: 1, timeout: 20_000 })
  await first.close()
  const second = await openRuns(file, watch)
  await second.library.interruptUnfinished()
  await second.runs.adopt()
  await second.sweeps.resume(sweepId)
  await second.sweeps.finished(sweepId)
  const runs = await second.library.list()
  await second.close()
  return { runs, statuses: [...first.statuses, ...second.statuses] }
}

/** What must be the same however long the library was locked. */
const resultsOf = (runs: readonly RunSummary[]) =>
  runs.map(({ status, epochsDone, digest, loss, error, sweep }) => ({ arm: sweep?.arm, status, epochsDone, digest, loss, error }))

let undisturbed: ReturnType<typeof wholeLife> | null = null

const moments: [moment: string, call: keyof Library][] = [
  ['is taken from the queue', 'sweep'],
  ['reads its checkpoint', 'checkpoint'],
  ['is marked as running', 'markRunning'],
  ['saves an epoch', 'appendEpochs'],
  ['saves a snapshot', 'putArrays'],
  ['saves a checkpoint', 'putCheckpoint'],
  ['saves its end', 'finishRun'],
  ['returns to the queue', 'requeue'],
  ['is taken over by the next program', 'adoptQueued'],
  ['is ranked at the end of its round', 'losses'],
  ['enters the next round', 'endRound'],
]

describe('fault 41: the library is locked by another program when a run', () => {
  it.each(moments)('%s: it waits, says why, and resumes by itself', async (_, moment) => {
    undisturbed ??= wholeLife(newFile())
    const expected = resultsOf((await undisturbed).runs)
    const file = newFile()
    let holder: Database.Database | null = null
    const notices: string[] = []
    const { runs, statuses } = await wholeLife(file, {
      before(call) {
        if (call !== moment || holder !== null) return
        holder = new Database(file)
        holder.exec('BEGIN IMMEDIATE')
      },
      isLocked: () => holder?.inTransaction === true,
      onNotice({ message }) {
        notices.push(message)
        // The lock is held until somebody has said that it is in the way.
        if (holder?.inTransaction && message.includes('locked by another program')) holder.exec('ROLLBACK')
      },
    })
    expect(holder!.inTransaction).toBe(false)
    holder!.close()
    expect(notices[0]).toContain('The library is locked by another program')
    expect(notices[0]).toMatch(/(is waiting and will resume|will be saved) automatically\.$/)
    expect(statuses).not.toContain('failed')
    expect(resultsOf(runs)).toEqual(expected)
  })
})

/** Locks the library from another process. @returns that process, and a function that ends the lock */
async function lockElsewhere(file: string) {
  const child = startProcess('keeps-locked.ts', [file])
  await lineOf(child, (line) => line === 'locked')
  const free = async () => {
    child.stdin!.end()
    await lineOf(child, (line) => line === 'free')
  }
  return { pid: child.pid, free }
}

const long = { ...busy, training: { epochs: 2000 }, recording: { snapshotEvery: 0, checkpointEvery: 0.02 } }

test('fault 41: a run that waits says which program has locked the library, and the queue waits with it', async () => {
  const file = newFile()
  const app = await openApp(file, { libraryWorker: impatient, retryMs: 20, slots: 1 })
  const notices: EventPayload<'library.notice'>[] = []
  app.events.on('library.notice', (notice) => notices.push(notice))
  const [first, second] = [await startRun(app, long), await startRun(app, { ...busy, training: { epochs: 2 } })]
  await vi.waitUntil(async () => (await app.get(first)).summary.epochsDone >= 2, 20_000)
  const { pid, free } = await lockElsewhere(file)
  await vi.waitUntil(() => app.live()[0]!.progress.waiting !== null, 20_000)
  expect(app.live()[0]!.progress.waiting).toContain(`(process ${pid})`)
  expect(notices).toMatchObject([{ level: 'warning', runId: first, message: expect.stringContaining(`(process ${pid})`) }])
  // The next run starts, and waits too.
  await app.stop(first)
  await vi.waitUntil(() => app.live()[0]?.progress.runId === second && app.live()[0]!.progress.waiting !== null, 20_000)
  await free()
  expect(await app.finished(second)).toMatchObject({ status: 'done', error: null })
  await vi.waitUntil(async () => (await app.get(first)).summary.status === 'stopped', 20_000)
  await app.close()
  expect((await check(file)).findings).toEqual([])
})

test('fault 41: a run that waits for a locked library is stopped at once, and its end is saved later', async () => {
  const file = newFile()
  const app = await openApp(file, { slots: 1 })
  const [first, second] = [await startRun(app, long), await startRun(app, long)]
  await vi.waitUntil(async () => (await app.get(first)).summary.epochsDone >= 2, 20_000)
  const { free } = await lockElsewhere(file)
  await vi.waitUntil(() => app.live()[0]!.progress.waiting !== null, 20_000)
  const began = performance.now()
  await app.stop(second)
  await app.stop(first)
  expect(performance.now() - began).toBeLessThan(2000)
  expect(app.activity()).toEqual({ running: 0, queued: 0 })
  await free()
  await vi.waitUntil(async () => (await app.list()).every(({ status }) => status === 'stopped'), 20_000)
  await app.resume(first)
  expect((await app.get(first)).summary.status).toMatch(/queued|running/)
})
