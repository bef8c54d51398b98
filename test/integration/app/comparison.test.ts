import Database from 'better-sqlite3'
import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { energyOf } from '../../../src-engine/statistics/budget.ts'
import { signFlipTest } from '../../../src-engine/statistics/paired.ts'
import { meanOf } from '../../../src-engine/statistics/samples.ts'
import { comparisonSchema, type SweepInput } from '../../../src-engine/experiment/sweep.ts'
import { makePatterns } from '../../../src-engine/task/patterns.ts'
import { type App, createApp } from '../../../src-main/app/app.ts'
import { comparisonResultSchema } from '../../../src-main/contract/sweep.ts'
import { threadFiles } from '../../../src-main/threads/thread-files.ts'
import { kernelsFile } from '../../fixtures/kernels.ts'
import { builtFile } from '../../fixtures/built.ts'
import { requireReadable } from '../../../src-main/app/errors.ts'


/** Digital weights learn this task, and the sign scheme fires SETs in every epoch. */
const tiny = {
  name: 'tiny',
  task: { kind: 'sinusoids', patterns: 2, steps: 50, inputChannels: 8, inputRate: 200 },
  network: { recurrentNeurons: 10, threshold: 0.1, weightGain: 0.1 },
  learning: { rateInput: 1e-4, rateRecurrent: 1e-4, rateOutput: 5e-4 },
  device: { initialConductance: 0.4, scale: 20 },
  training: { epochs: 24 },
}
const tournament: SweepInput = {
  name: 'which scheme', spec: tiny, seeds: [1, 2, 3],
  variants: [
    { label: 'FP32', changes: { 'scheme.kind': 'fp32' } },
    { label: 'sign', changes: { 'scheme.kind': 'sign' } },
    { label: 'deaf', changes: { 'scheme.kind': 'sign', 'task.inputRate': 0 } },
  ],
  comparison: { reference: 'sign' },
}

let dir: string
let app: App
beforeAll(async () => {
  dir = mkdtempSync(path.join(os.tmpdir(), 'chalcogen-'))
  app = await open()
})
afterAll(async () => {
  await app.close()
  rmSync(dir, { recursive: true })
})

const libraryFile = () => path.join(dir, 'library.chalcogen')

const open = () => createApp({
  libraryFile: libraryFile(),
  resourcesDir: path.join(dir, 'resources'),
  workers: threadFiles(builtFile),
  kernels: kernelsFile,
  engineDigest: 'test',
  applicationVersion: '0.0.0',
  slots: 2,
})

/** Run a sweep to its end. @returns its id */
async function done(document: SweepInput): Promise<string> {
  const sweepId = await app.sweeps.start(document)
  await app.sweeps.finished(sweepId)
  return sweepId
}

const armOf = async (sweepId: string, label: string, by: Parameters<typeof comparisonSchema.parse>[0] = null) =>
  (await app.sweeps.compare(sweepId, by === null ? null : comparisonSchema.parse(by)))!.arms.find((arm) => arm.label === label)!

async function change(statement: string, ...values: unknown[]): Promise<void> {
  await app.close()
  const db = new Database(libraryFile())
  db.prepare(statement).run(...values)
  db.close()
  app = await open()
}

/** All tests share these runs. The last ones change some of them. */
describe('a tournament', () => {
  let sweepId: string
  beforeAll(async () => { sweepId = await done(tournament) })

  test('is computed from the library with the settings of the sweep', async () => {
    const comparison = (await app.sweeps.compare(sweepId, null))!
    expect(comparisonResultSchema.parse(comparison)).toEqual(comparison)
    expect(comparison).toMatchObject({ reference: 'sign', budget: { kind: 'epochs' } })
    const sign = comparison.arms.find(({ label }) => label === 'sign')!
    const details = await Promise.all(sign.runs.map(({ runId }) => app.get(runId).then(requireReadable)))
    for (const [index, { summary, epochs, spec }] of details.entries()) {
      const run = sign.runs[index]
      expect(spec.scheme.kind).toBe('sign')
      const loss = meanOf(epochs.slice(4).map(({ loss }) => loss))
      expect(run).toMatchObject({ seed: summary.seed, epochs: 24, loss: expect.closeTo(loss, 14) })
      const { set, reset, read } = epochs[23]!.ledger
      expect(run).toMatchObject({ set, reset, read, energy: energyOf({ set, reset, read }, comparison.energy) })
    }
    expect(sign.runs.map(({ seed }) => seed)).toEqual([1, 2, 3])
    expect(sign.set).toBeGreaterThan(0)
    const fp32 = comparison.arms.find(({ label }) => label === 'FP32')!
    expect(fp32).toMatchObject({ set: 0, onFront: false, failed: 0, unfinished: 0 })
    const differences = fp32.runs.map(({ loss }, index) => loss - sign.runs[index]!.loss)
    expect(fp32.test).toMatchObject({
      pairs: 3, p: signFlipTest(differences), difference: expect.closeTo(meanOf(differences), 14),
    })
    expect(comparison.warnings).toEqual([expect.stringMatching(/^n = 3\. Use at least 10 seeds/)])
  })

  test('measures a run by the error of a zero output for its own targets', async () => {
    const deaf = await armOf(sweepId, 'deaf')
    // Without spikes, the output stays 0.
    for (const { seed, loss } of deaf.runs) {
      const { task } = requireReadable(await app.get(deaf.runs[0]!.runId)).spec
      const targets = makePatterns(task, seed).map(({ target }) => target)
      expect(loss).toBeCloseTo(meanOf(targets.map((target) => meanOf(target.map((y) => y * y)))), 5)
    }
    expect(deaf.outcomes).toEqual({ learned: 0, untrained: 0, silent: 3, diverged: 0 })
    expect(deaf.runs[0]!.stability.reasons).toContain('no spikes')
  })

  test('can use another budget without new runs', async () => {
    const whole = await armOf(sweepId, 'sign')
    const { epochs } = await app.get(whole.runs[0]!.runId)
    const pulses = epochs[3]!.ledger.set
    const counted = epochs.filter(({ ledger }) => ledger.set <= pulses)
    expect(counted.length).toBeLessThan(24)
    const part = await armOf(sweepId, 'sign', { budget: { kind: 'set', pulses } })
    expect(part.runs[0]).toMatchObject({
      epochs: counted.length, set: pulses, loss: expect.closeTo(meanOf(counted.slice(-20).map(({ loss }) => loss)), 14),
    })
    const runs = (await app.list()).length
    expect(await armOf(sweepId, 'FP32', { budget: { kind: 'energy', microjoules: 1e-9 } })).toMatchObject({ runs: [{ epochs: 24 }, {}, {}] })
    expect(await app.list()).toHaveLength(runs)
  })

  test('keeps a NaN loss', async () => {
    const { runs: [run], outcomes: { diverged } } = await armOf(sweepId, 'FP32')
    expect(diverged).toBe(0)
    await change('UPDATE epochs SET loss = NULL WHERE run_id = ? AND epoch = 24', run!.runId)
    const fp32 = await armOf(sweepId, 'FP32')
    expect(fp32).toMatchObject({
      sample: { n: 3, mean: NaN }, interval: null, test: { pairs: 3, p: NaN }, outcomes: { diverged: 1 },
    })
    expect(fp32.runs[0]!.stability.reasons).toContain('not a number')
  })

  test('counts failed, unfinished and deleted runs', async () => {
    const [failed, stopped, deleted] = (await armOf(sweepId, 'sign')).runs.map(({ runId }) => runId)
    await change(`UPDATE runs SET status = 'failed', error_code = 'x', error_message = 'x' WHERE run_id = ?`, failed)
    await change(`UPDATE runs SET status = 'stopped' WHERE run_id = ?`, stopped)
    await app.shelve([deleted!], 'trash')
    await app.deleteRuns([deleted!])
    expect(await armOf(sweepId, 'sign')).toMatchObject({ runs: [], failed: 1, unfinished: 1, worst: null, test: null })
    expect((await app.sweeps.compare(sweepId, null))!.warnings).toEqual([
      '1 of the 9 runs of this sweep is no longer in the library.',
      'The reference arm “sign” has no finished run, so no arm is tested.',
      expect.stringMatching(/^n = 3/),
      '1 run failed and is left out of the means: sign (1).',
      '1 run has not finished and is left out of the means: sign (1).',
      expect.stringMatching(/^1 run ended with a loss that is not a number.*: FP32 \(1\)/),
    ])
    await app.finished(await app.retry(failed!))
    expect(await armOf(sweepId, 'sign')).toMatchObject({ runs: [{ seed: 1 }], failed: 0, unfinished: 1 })
  })
})

test('by default, compares at equal epochs with the first arm', async () => {
  const sweepId = await done({ name: 'plain', spec: tiny, axes: [{ kind: 'list', path: 'scheme.kind', values: ['fp32', 'sign'] }], seeds: [4] })
  expect(await app.sweeps.compare(sweepId, null)).toMatchObject({ reference: 'FP32', budget: { kind: 'epochs' } })
})

test('counts only finished runs of a sweep with early stopping', async () => {
  const sweepId = await done({
    name: 'search', spec: tiny, axes: [{ kind: 'list', path: 'learning.rateOutput', values: [1e-3, 1e-2, 1e-1, 1e-5] }], seeds: [1],
    halving: { firstEpochs: 6, keep: 0.5 },
  })
  const { arms, warnings } = (await app.sweeps.compare(sweepId, null))!
  expect(arms.map(({ runs, unfinished }) => [runs.length, unfinished])).toEqual([[1, 0], [0, 1], [0, 1], [0, 1]])
  expect(warnings[0]).toMatch(/^Early stopping: .* only runs that finished count/)
})

test('is null for an unknown sweep', async () => {
  expect(await app.sweeps.compare('0123456789abcdef', null)).toBeNull()
})
