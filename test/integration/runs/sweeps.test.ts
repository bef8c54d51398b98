import Database from 'better-sqlite3'
import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { meanOf } from '../../../src-engine/statistics/samples.ts'
import type { SweepInput } from '../../../src-engine/experiment/sweep.ts'
import { type App, createApp } from '../../../src-main/app/app.ts'
import { threadFiles } from '../../../src-main/threads/thread-files.ts'
import { kernelsFile } from '../../fixtures/kernels.ts'
import { builtFile } from '../../fixtures/built.ts'
import { requireReadable } from '../../../src-main/app/errors.ts'


const tiny = {
  name: 'tiny',
  task: { kind: 'sinusoids', patterns: 2, steps: 50, inputChannels: 5 },
  network: { recurrentNeurons: 6 },
  training: { epochs: 12 },
}
const rates = { kind: 'list' as const, path: 'learning.rateOutput', values: [1e-3, 1e-2, 1e-1, 1e-5] }
const schemes: SweepInput = {
  name: 'schemes', spec: tiny, axes: [{ kind: 'list', path: 'scheme.kind', values: ['sign', 'mixed-precision'] }], seeds: [1, 2],
}

let dir: string
let app: App
beforeEach(() => { dir = mkdtempSync(path.join(os.tmpdir(), 'chalcogen-')) })
afterEach(async () => {
  await app.close()
  rmSync(dir, { recursive: true })
})

async function open(some: { slots?: number; resident?: boolean } = {}): Promise<void> {
  app = await createApp({
    libraryFile: path.join(dir, 'library.chalcogen'),
    resourcesDir: path.join(dir, 'resources'),
    workers: threadFiles(builtFile),
    kernels: kernelsFile,
    engineDigest: 'test',
    applicationVersion: '0.0.0',
    slots: 1,
    ...some,
  })
}

/** Runs in the order in which they were created. */
const runs = async () => (await app.list()).toReversed()
const waiting = async () => (await app.queue.get()).entries.map(({ runId }) => runId)

test('saves a sweep and its runs with their arms and seeds', async () => {
  await open()
  const sweepId = await app.sweeps.start(schemes)
  await app.sweeps.finished(sweepId)
  const made = await runs()
  expect(made.map(({ scheme, seed, status, sweep }) => [scheme, seed, status, sweep])).toEqual([
    ['sign', 1, 'done', { sweepId, arm: 0 }], ['mixed-precision', 1, 'done', { sweepId, arm: 1 }],
    ['sign', 2, 'done', { sweepId, arm: 0 }], ['mixed-precision', 2, 'done', { sweepId, arm: 1 }],
  ])
  expect(await app.sweeps.list()).toMatchObject([{ sweepId, name: 'schemes', arms: [{ label: 'Sign' }, { label: 'Mixed precision' }] }])
})

test('a sweep is deleted with the last of its runs', async () => {
  await open()
  const sweepId = await app.sweeps.start({ ...schemes, seeds: [1] })
  await app.sweeps.finished(sweepId)
  const [first = '', second = ''] = (await app.list()).map(({ runId }) => runId)
  await app.shelve([first, second], 'trash')
  await app.deleteRuns([first])
  expect(await app.sweeps.list()).toHaveLength(1)
  await app.deleteRuns([second])
  expect(await app.sweeps.list()).toEqual([])
})

test('retrying a failed run replaces it in its sweep; retrying a finished run adds one outside the sweep', async () => {
  await open()
  const sweepId = await app.sweeps.start({ ...schemes, seeds: [1] })
  await app.sweeps.finished(sweepId)
  const [done, failed] = await runs()
  await app.close()
  const db = new Database(path.join(dir, 'library.chalcogen'))
  db.prepare(`UPDATE runs SET status = 'failed', error_code = 'x', error_message = 'x' WHERE run_id = ?`).run(failed!.runId)
  db.close()
  await open()
  const [again, beside] = [await app.retry(failed!.runId), await app.retry(done!.runId)]
  await Promise.all([app.finished(again), app.finished(beside)])
  expect((await app.get(again)).summary).toMatchObject({ status: 'done', sweep: { sweepId, arm: 1 }, digest: failed!.digest })
  expect((await app.get(beside)).summary).toMatchObject({ status: 'done', sweep: null, digest: done!.digest })
})

test('a bad sweep is refused and not saved', async () => {
  await open()
  await expect(app.sweeps.start({ ...schemes, seeds: [] })).rejects.toMatchObject({ problems: [{ path: 'seeds' }] })
  await app.sweeps.start({ ...schemes, spec: { ...tiny, training: { epochs: 0 } } }).catch((error: Error) => expect(error.message).toContain('spec.training.epochs'))
  expect(await app.list()).toEqual([])
  expect(await app.sweeps.list()).toEqual([])
})

describe('the queue', () => {
  test('can be held, reordered, prioritised and released, and survives a restart', async () => {
    await open({ resident: true })
    await app.queue.hold()
    const sweepId = await app.sweeps.start(schemes)
    const ids = (await runs()).map(({ runId }) => runId)
    expect(await waiting()).toEqual(ids)
    await app.queue.order([ids[3]!, ids[1]!])
    await app.queue.prioritise([ids[2]!], 'high')
    const order = [ids[2], ids[3], ids[1], ids[0]]
    expect(await waiting()).toEqual(order)
    expect(app.live()).toEqual([])

    await app.close()
    await open({ resident: true })
    await vi.waitUntil(async () => (await waiting()).length === 4, 10_000)
    expect(await app.queue.get()).toMatchObject({ held: true, entries: [{ priority: 'high' }, {}, {}, {}] })
    expect(await waiting()).toEqual(order)
    await app.queue.release()
    await app.sweeps.finished(sweepId)
    const ended = (await app.list()).toSorted((a, b) => a.endedAt!.localeCompare(b.endedAt!)).map(({ runId }) => runId)
    expect(ended).toEqual(order)
  })

  test('returns running runs to its front with a checkpoint when held, and they resume to the same bits', async () => {
    await open({ slots: 2 })
    const long = { ...schemes, spec: { ...tiny, training: { epochs: 800 } } }
    const sweepId = await app.sweeps.start(long)
    await vi.waitUntil(() => app.live().filter(({ progress }) => progress.sequencesDone > 4).length === 2, 20_000)
    const started = app.live().map(({ progress }) => progress.runId)
    await app.queue.hold()
    expect(app.live()).toEqual([])
    expect((await waiting()).slice(0, 2)).toEqual(started)
    for (const runId of started) expect((await app.get(runId)).summary).toMatchObject({ status: 'queued', checkpoint: expect.any(Number) })
    await app.queue.release()
    await app.sweeps.finished(sweepId)
    const first = (await runs())[0]!
    const again = await app.start(requireReadable(await app.get(first.runId)).spec)
    expect((await app.finished(again)).digest).toBe(first.digest)
  })

  test('pauses, resumes and stops all runs of a sweep together', async () => {
    await open()
    const sweepId = await app.sweeps.start({ ...schemes, spec: { ...tiny, training: { epochs: 2000 } } })
    const statuses = async () => [...new Set((await app.list()).map(({ status }) => status))]
    await vi.waitUntil(() => app.live().some(({ progress }) => progress.sequencesDone > 0), 20_000)
    await app.sweeps.pause(sweepId)
    expect(await statuses()).toEqual(['paused'])
    await app.sweeps.resume(sweepId)
    expect((await statuses()).sort()).not.toContain('paused')
    await app.sweeps.stop(sweepId)
    expect(await statuses()).toEqual(['stopped'])
  })
})

describe('successive halving', () => {
  const halved: SweepInput = { name: 'search', spec: tiny, axes: [rates], seeds: [1, 2], halving: { firstEpochs: 3, keep: 0.5 } }

  async function expectHalved(): Promise<void> {
    const made = await runs()
    const ofArm = (arm: number) => made.filter(({ sweep }) => sweep?.arm === arm)
    const epochsOfArms = [0, 1, 2, 3].map((arm) => ofArm(arm).map(({ epochsDone }) => epochsDone))
    // 4 arms run for 3 epochs, 2 for 6 and 1 to the end.
    expect(epochsOfArms.map(([epochs]) => epochs).sort((a, b) => a! - b!)).toEqual([3, 3, 6, 12])
    expect(epochsOfArms.every(([one, other]) => one === other)).toBe(true)
    const stopped = made.filter(({ status }) => status === 'stopped')
    expect(stopped).toHaveLength(6)
    expect(stopped.every(({ error }) => error?.code === 'halved' && /rank \d of \d arms after \d epochs/.test(error.message))).toBe(true)
    const best = made.find(({ status }) => status === 'done')!
    const lossAfterRound = async (arm: number) => {
      const details = await Promise.all(ofArm(arm).map(({ runId }) => app.get(runId)))
      return meanOf(details.flatMap(({ epochs }) => epochs.slice(0, 3).map(({ loss }) => loss)))
    }
    const losses = await Promise.all([0, 1, 2, 3].map(lossAfterRound))
    // The last arm was in the better half of the first round.
    expect(losses.filter((loss) => loss < losses[best.sweep!.arm]!).length).toBeLessThan(2)
  }

  test('stops the worse arms early, and pausing does not change the best run', async () => {
    await open({ slots: 2 })
    await app.sweeps.finished(await app.sweeps.start(halved))
    await expectHalved()
    const best = (await app.list()).find(({ status }) => status === 'done')!
    const again = await app.start(requireReadable(await app.get(best.runId)).spec)
    expect((await app.finished(again)).digest).toBe(best.digest)
  })

  test('continues after a restart in the middle of a round', async () => {
    await open({ resident: true })
    const sweepId = await app.sweeps.start(halved)
    await vi.waitUntil(async () => (await app.list()).filter(({ epochsDone }) => epochsDone === 3).length >= 3, 20_000)
    await app.close()
    await open({ resident: true })
    const interrupted = (await app.list()).filter(({ status }) => status === 'interrupted')
    for (const { runId } of interrupted) await app.resume(runId)
    await vi.waitUntil(async () => (await app.list()).some(({ status }) => status === 'done'), 30_000)
    await app.sweeps.finished(sweepId)
    await expectHalved()
  })
})

describe('a time estimate', () => {
  test('comes from a probe if there is no run of the kind, and from runs afterwards', async () => {
    await open()
    expect((await app.sweeps.plan(schemes, false)).time).toBeNull()
    const probed = await app.sweeps.plan(schemes, true)
    expect(probed).toMatchObject({ runs: 4, sequences: 4 * 24, arms: [{ label: 'Sign' }, { label: 'Mixed precision' }], time: { basis: 'probe' } })
    expect(await app.list()).toEqual([])
    await app.sweeps.finished(await app.sweeps.start(schemes))
    const { time } = await app.sweeps.plan(schemes, false)
    expect(time).toMatchObject({ basis: 'runs', count: 2 })
    expect(time!.low).toBeLessThan(time!.seconds)
    expect(time!.high).toBeGreaterThan(time!.seconds)
  })

  test('counts the rounds of successive halving', async () => {
    await open()
    const whole = await app.sweeps.plan({ ...schemes, axes: [rates] }, false)
    const { sequences } = await app.sweeps.plan({ ...schemes, axes: [rates], halving: { firstEpochs: 3, keep: 0.5 } }, false)
    expect(whole.sequences).toBe(2 * 4 * 24)
    expect(sequences).toBe(2 * 2 * (3 + 3 + 6 + 12))
  })
})
