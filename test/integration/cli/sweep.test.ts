import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import Database from 'better-sqlite3'
import Papa from 'papaparse'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { RunSummary } from '../../../src-main/app/app.ts'
import { engineDigest } from '../../../scripts/engine-digest.ts'
import { openApp } from '../../fixtures/application.ts'
import { end, inProcess, start as startIn, untilTrained } from './program.ts'

vi.setConfig({ testTimeout: 120_000 })

const tiny = {
  task: { kind: 'sinusoids', patterns: 2, steps: 50, inputChannels: 5 },
  network: { recurrentNeurons: 6 },
  training: { epochs: 12 },
}
const schemes = { kind: 'list', path: 'scheme.kind', values: ['sign', 'mixed-precision'] }

let dir: string
beforeEach(() => { dir = mkdtempSync(path.join(os.tmpdir(), 'chalcogen-')) })
afterEach(() => rmSync(dir, { recursive: true }))

const library = () => path.join(dir, 'library.chalcogen')
const start = (...args: string[]) => startIn(args, dir, library())
const chalcogen = (...args: string[]) => inProcess(args, dir, library())
const write = (name: string, document: object) => writeFileSync(path.join(dir, name), JSON.stringify(document))

async function json(...args: string[]) {
  const { code, out, err } = await chalcogen(...args, '--json')
  expect(code, err).toBe(0)
  return JSON.parse(out)
}

test('plans, runs and ranks a sweep file whose experiment is another file', async () => {
  write('tiny.json', tiny)
  write('sweep.json', { name: 'two schemes', spec: 'tiny.json', axes: [schemes], seeds: [1, 2] })
  expect(await json('sweep', 'sweep.json', '--plan')).toMatchObject({ runs: 4, sequences: 96, time: { basis: 'probe' } })
  expect(await json('list')).toEqual([])
  const result = await json('sweep', 'sweep.json', '--workers', '1')
  expect(result.arms.map(({ sample }: { sample: { n: number } }) => sample.n)).toEqual([2, 2])
  expect(result.arms[0].sample.mean).toBeLessThanOrEqual(result.arms[1].sample.mean)
  const { out } = await chalcogen('sweep', result.sweepId)
  expect(out).toMatch(/Outcomes\n.*(?:2 \w+|1 \w+ · 1 \w+)\n/)
  expect(await json('sweeps')).toMatchObject([{ sweepId: result.sweepId, name: 'two schemes' }])
  const runs: { runId: string; sweep: { arm: number } }[] = await json('list')
  const { files } = await json('export', ...runs.map(({ runId }) => runId), '--format', 'csv', '--out', 'out')
  for (const file of (files as string[]).filter((name) => !name.endsWith('.columns.csv'))) {
    const rows = Papa.parse<Record<string, string>>(readFileSync(file, 'utf8'), { header: true, skipEmptyLines: true }).data
    const row = rows.find(({ runId }) => runId === runs[0]!.runId)
    expect(row).toMatchObject({ sweepId: result.sweepId, arm: String(runs[0]!.sweep.arm) })
    expect(row!.armLabel).toMatch(/^(Sign|Mixed precision)$/)
    expect(Object.keys(row!)).toEqual(expect.arrayContaining(['outcome', 'reasons', 'scheme.accumulatorStep']))
  }
})

test('names every error of a sweep and creates no library', async () => {
  write('sweep.json', { spec: { training: { epochs: 0 } }, axes: [{ ...schemes, path: 'scheme.knid' }] })
  const { code, err } = await chalcogen('sweep', 'sweep.json')
  expect(code).toBe(2)
  expect(err).toContain('spec.training.epochs must be between 1 and 1000000. Found 0.')
  expect(err).toContain('axes.0.path must be a setting. Did you mean scheme.kind? Found scheme.knid.')
  expect(existsSync(path.join(dir, 'library.chalcogen'))).toBe(false)
})

test('continues a killed sweep by its id to the same bits', async () => {
  write('sweep.json', { spec: { ...tiny, training: { epochs: 600 } }, axes: [schemes], seeds: [1, 2] })
  const whole = await json('sweep', 'sweep.json')
  const child = start('sweep', 'sweep.json')
  const ended = end(child)
  const sweepId = await new Promise<string>((resolve) => {
    child.stderr!.on('data', (text: Buffer) => {
      const [, found] = /^Sweep (\w+) started/m.exec(text.toString()) ?? []
      if (found) resolve(found)
    })
  })
  // 2400 epochs of this sweep are before it, from the first time.
  await untilTrained(child, library(), 3000)
  child.kill('SIGKILL')
  await ended
  const unfinished = (await json('list')).filter(({ sweep, status }: { sweep: { sweepId: string }; status: string }) =>
    sweep.sweepId === sweepId && status !== 'done')
  expect(unfinished.length).toBeGreaterThan(0)
  const resumed = await json('sweep', sweepId)
  const digestsOf = (result: { arms: { label: string; runs: { seed: number; digest: string }[] }[] }) =>
    result.arms.flatMap(({ label, runs }) => runs.map(({ seed, digest }) => `${label} ${seed} ${digest}`)).sort()
  expect(digestsOf(resumed)).toEqual(digestsOf(whole))
})

describe('fault 49: a sweep with early stopping whose program ended in the middle of a round', () => {
  const halved = {
    spec: { ...tiny, training: { epochs: 1200 } }, axes: [{ kind: 'list', path: 'learning.rateOutput', values: [1e-3, 1e-2, 1e-1, 1e-5] }], seeds: [1],
    halving: { firstEpochs: 300, keep: 0.5 },
  }
  const resultsOf = (runs: RunSummary[]) => runs
    .map(({ sweep, status, epochsDone, digest, error }) =>
      ({ arm: sweep!.arm, status, epochsDone, digest, rank: error?.message }))
    .sort((a, b) => a.arm - b.arm)

  let expected: ReturnType<typeof undisturbed> | null = null

  /** Results without a disturbance. */
  async function undisturbed() {
    write('halved.json', halved)
    const other = path.join(dir, 'other.chalcogen')
    expect((await inProcess(['sweep', 'halved.json', '--json'], dir, other)).code).toBe(0)
    return resultsOf(JSON.parse((await inProcess(['list', '--json'], dir, other)).out))
  }

  /** Ends a sweep whose arms wait for the last one, and puts the waiting ones into the queue as if the program had just done it. */
  async function endInRound(last: 'queued' | 'interrupted'): Promise<{ sweepId: string; runId: string }> {
    const app = await openApp(library(), { slots: 1, engineDigest: await engineDigest() })
    const sweepId = await app.sweeps.start(halved)
    await vi.waitUntil(async () => (await app.list()).filter(({ status }) => status === 'paused').length === 3, { timeout: 60_000, interval: 5 })
    await app.close()
    const db = new Database(library())
    const runId = db.prepare(`SELECT run_id FROM runs WHERE status <> 'paused'`).pluck().get() as string
    db.prepare('UPDATE runs SET status = ?, owner = NULL WHERE run_id = ?').run(last, runId)
    db.prepare(`UPDATE runs SET status = 'queued' WHERE status = 'paused'`).run()
    db.close()
    return { sweepId, runId }
  }

  test.each(['sweep', 'queue'] as const)('continues with the same arms and ranks by the command %s', async (command) => {
    await (expected ??= undisturbed())
    const { sweepId } = await endInRound('queued')
    await json(...(command === 'sweep' ? ['sweep', sweepId] : ['queue']))
    expect(resultsOf(await json('list'))).toEqual(await expected)
  })

  test('continues with the same arms and ranks if one run is resumed, then the queue', async () => {
    await (expected ??= undisturbed())
    const { runId } = await endInRound('interrupted')
    expect(await json('resume', runId)).toMatchObject({ status: 'paused', epochsDone: 300 })
    await json('queue')
    expect(resultsOf(await json('list'))).toEqual(await expected)
  })

  test('enters the next round by the command queue, if the program ended before it decided the round', async () => {
    await (expected ??= undisturbed())
    const { runId } = await endInRound('interrupted')
    await json('resume', runId)
    const db = new Database(library())
    // All four wait at the end of the round now.
    db.prepare(`UPDATE runs SET status = 'paused'`).run()
    db.close()
    await json('queue')
    expect(resultsOf(await json('list'))).toEqual(await expected)
  })
})
