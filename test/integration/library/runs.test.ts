import { createHash } from 'node:crypto'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { specSchema } from '../../../src-engine/experiment/spec.ts'
import { runDetailSchema, runSummarySchema } from '../../../src-main/contract/run.ts'
import { beganAt, ownerText, thisProcess } from '../../../src-main/library/owner.ts'
import { join } from 'node:path'
import { addRun, createdAt, endedAt, environment, metricsOf, open, openNew, temporaryFolder } from './support.ts'
import { requireReadable } from '../../../src-main/library/library.ts'

describe('a run in the library', () => {
  it('is queued, runs and ends, and matches the contract in each state', async () => {
    const library = await openNew()
    const runId = await addRun(library, { name: 'first', seed: 7, scheme: { kind: 'sign' }, training: { epochs: 9 } })
    const [queued] = await library.list()
    expect(runSummarySchema.parse(queued)).toEqual({
      runId, status: 'queued', shelf: 'library', checkpoint: null, name: 'first', preset: '', task: 'sinusoids', scheme: 'sign', seed: 7, epochs: 9, epochsDone: 0, sequences: 750,
      loss: null, lossLast20: null, metrics: {}, meanRateHz: null, outcome: null, reasons: [],
      ledger: { set: 0, reset: 0, refresh: 0, read: 0 },
      secondsPerSequence: null, digest: null, createdAt, startedAt: null, endedAt: null, secondsComputed: 0,
      error: null, sweep: null,
    })
    await library.markRunning(runId, '2026-03-01T12:00:01.000Z', environment)
    await library.appendEpochs(runId, [metricsOf(1)], 1.5)
    expect((await library.list())[0]).toMatchObject({
      status: 'running', outcome: null, secondsComputed: 1.5, startedAt: '2026-03-01T12:00:01.000Z', epochsDone: 1, loss: 0.5, lossLast20: 0.5, meanRateHz: 12.5,
      ledger: { set: 1, reset: 2, refresh: 3, read: 4 },
    })
    await library.finishRun(runId, { status: 'done', endedAt, digest: 'd', secondsPerSequence: 0.0125, error: null, secondsComputed: 2.25 })
    expect((await library.list())[0]).toMatchObject({ status: 'done', outcome: 'diverged', secondsComputed: 2.25, endedAt, digest: 'd', secondsPerSequence: 0.0125 })
  })

  it('stores why it failed', async () => {
    const library = await openNew()
    const runId = await addRun(library)
    const error = { code: 'out-of-memory', message: 'it needed more' }
    await library.finishRun(runId, { status: 'failed', endedAt, digest: null, secondsPerSequence: NaN, error })
    expect((await library.get(runId)).summary).toMatchObject({ status: 'failed', secondsPerSequence: null, error })
  })

  it('keeps spec, environment and epochs when the library is closed and opened', async () => {
    const file = join(temporaryFolder(), 'library.chalcogen')
    const first = await open(file)
    const spec = { name: 'µ "quoted" \u0000 \ud83d\ude00', seed: Number.MAX_SAFE_INTEGER, task: { kind: 'signal', file: 'a.csv', samples: [0.1, 1e-300, -5] } } as const
    const runId = await addRun(first, { ...spec, task: { ...spec.task, samples: [...spec.task.samples] } })
    await first.appendEpochs(runId, [metricsOf(1)])
    await first.appendEpochs(runId, [metricsOf(2, { loss: 0.25 })])
    await first.close()
    const second = await open(file)
    const detail = requireReadable(await second.get(runId))
    expect(runDetailSchema.parse(detail)).toEqual(detail)
    const { samples } = (requireReadable(await second.complete(runId)).spec.task as { samples: Float64Array })
    expect([...samples]).toEqual(spec.task.samples)
    const kept = { count: 3, sha256: createHash('sha256').update(samples).digest('hex') }
    expect(detail.spec).toEqual(specSchema.parse({ ...spec, task: { ...spec.task, samples: kept } }))
    expect(detail.summary.name).toBe(spec.name)
    expect(detail.environment).toEqual(environment)
    expect(detail.epochs).toEqual([metricsOf(1), metricsOf(2, { loss: 0.25 })])
  })

  it('has the mean of the last 20 epochs, or of all if there are fewer', async () => {
    const library = await openNew()
    const runId = await addRun(library)
    const loss: number[] = []
    for (let epoch = 1; epoch <= 25; epoch++) {
      loss.push(1 / epoch)
      await library.appendEpochs(runId, [metricsOf(epoch, { loss: 1 / epoch })])
      const last = loss.slice(-20)
      const summary = (await library.list())[0]!
      expect(summary.loss).toBe(1 / epoch)
      expect(summary.epochsDone).toBe(epoch)
      expect(summary.lossLast20).toBeCloseTo(last.reduce((sum, x) => sum + x, 0) / last.length, 14)
    }
  })

  it('has a NaN mean while one of the last 20 is NaN', async () => {
    const library = await openNew()
    const runId = await addRun(library)
    await library.appendEpochs(runId, [metricsOf(1, { loss: NaN })])
    expect((await library.list())[0]).toMatchObject({ loss: NaN, lossLast20: NaN })
    for (let epoch = 2; epoch <= 20; epoch++) await library.appendEpochs(runId, [metricsOf(epoch, { loss: 2 })])
    expect((await library.list())[0]).toMatchObject({ loss: 2, lossLast20: NaN })
    await library.appendEpochs(runId, [metricsOf(21, { loss: 2 })])
    expect((await library.list())[0]!.lossLast20).toBe(2)
  })

  it('returns its epochs as columns, in the order of the requested runs', async () => {
    const library = await openNew()
    const [first, second, empty] = [await addRun(library), await addRun(library), await addRun(library)]
    await library.appendEpochs(first, [metricsOf(2, { loss: NaN, silent: null, alwaysFiring: null, saturated: NaN })])
    await library.appendEpochs(first, [metricsOf(1, { loss: Infinity, meanRateHz: 7 })])
    await library.appendEpochs(second, [metricsOf(1)])
    const none = new Float64Array(0)
    const column = (...values: number[]) => Float64Array.from(values)
    expect(await library.epochColumns([second, first, empty])).toEqual([
      {
        loss: column(0.5), meanRateHz: column(12.5), silent: column(0.25), zeroSurrogate: column(0.5),
        alwaysFiring: column(0.03125), saturated: column(0.125),
        set: column(1), reset: column(2), read: column(4),
      },
      {
        loss: column(Infinity, NaN), meanRateHz: column(7, 12.5), silent: column(0.25, NaN), zeroSurrogate: column(0.5, 0.5),
        alwaysFiring: column(0.03125, NaN), saturated: column(0.125, NaN),
        set: column(1, 1), reset: column(2, 2), read: column(4, 4),
      },
      {
        loss: none, meanRateHz: none, silent: none, zeroSurrogate: none, alwaysFiring: none, saturated: none,
        set: none, reset: none, read: none,
      },
    ])
  })

  it('is listed newest first, regardless of the order in which runs were added', async () => {
    const library = await openNew()
    const middle = await addRun(library, {}, '2026-03-02T00:00:00.000Z')
    const oldest = await addRun(library, {}, '2026-03-01T00:00:00.000Z')
    const newest = await addRun(library, {}, '2026-03-03T00:00:00.000Z')
    const afterwards = await addRun(library, {}, '2026-03-03T00:00:00.000Z')
    expect((await library.list()).map(({ runId }) => runId)).toEqual([afterwards, newest, middle, oldest])
  })

  it('is interrupted if an earlier process left it unfinished', async () => {
    const library = await openNew()
    const [queued, running, done] = [await addRun(library), await addRun(library), await addRun(library)]
    await library.markRunning(running, createdAt, environment)
    await library.finishRun(done, { status: 'done', endedAt, digest: null, secondsPerSequence: null, error: null })
    expect(await library.interruptUnfinished()).toBe(1)
    expect(await library.interruptUnfinished()).toBe(0)
    const status = new Map((await library.list()).map((run) => [run.runId, run.status]))
    expect([queued, running, done].map((runId) => status.get(runId))).toEqual(['queued', 'interrupted', 'done'])
  })

  it('is left to another living process, and adopted when its owner is dead', async () => {
    const file = join(temporaryFolder(), 'library.chalcogen')
    const library = await open(file)
    const runIds = [await addRun(library), await addRun(library), await addRun(library), await addRun(library)]
    const [alive, dead, reusedPid, elsewhere] = runIds
    await library.close()
    const other = { ...thisProcess(), pid: process.ppid, began: beganAt(process.ppid) }
    const database = new Database(file)
    const setOwner = database.prepare('UPDATE runs SET owner = ? WHERE run_id = ?')
    setOwner.run(ownerText(other), alive)
    setOwner.run(ownerText({ ...other, pid: 2 ** 31 - 1 }), dead)
    setOwner.run(ownerText({ ...other, began: '1' }), reusedPid)
    setOwner.run(ownerText({ ...other, system: 'another machine' }), elsewhere)
    database.close()
    const reopened = await open(file)
    expect((await reopened.adoptQueued()).map(({ runId }) => runId)).toEqual([dead, reusedPid, elsewhere])
    expect(await reopened.adoptQueued()).toEqual([])
    await expect(reopened.requeue([alive!], createdAt)).rejects.toMatchObject({ code: 'busy', message: expect.stringContaining(`process ${process.ppid}`) })
  })

  it('must exist for every request', async () => {
    const library = await openNew()
    const runId = '0nosuchrun'
    const end = { status: 'done', endedAt, digest: null, secondsPerSequence: null, error: null } as const
    const requests = [
      () => library.get(runId), () => library.markRunning(runId, createdAt, environment),
      () => library.finishRun(runId, end),
      () => library.appendEpochs(runId, [metricsOf(1)]), () => library.putArrays(runId, 1, []),
      () => library.epochColumns([runId]),
    ]
    for (const request of requests) {
      await expect(request()).rejects.toMatchObject({ name: 'LibraryError', code: 'no-run', message: expect.stringContaining(runId) })
    }
  })

  it('is refused if it does not match the protocol, and the library continues to work', async () => {
    const library = await openNew()
    const runId = await addRun(library)
    const bad = { ...metricsOf(1), loss: 'low' as unknown as number }
    await expect(library.appendEpochs(runId, [bad])).rejects.toMatchObject({ code: 'bad-request', message: expect.stringContaining('loss') })
    await library.appendEpochs(runId, [metricsOf(1)])
    expect((await library.get(runId)).epochs).toEqual([metricsOf(1)])
  })

  it('accepts an equal epoch again, but not a different one', async () => {
    const library = await openNew()
    const runId = await addRun(library)
    await library.appendEpochs(runId, [metricsOf(1), metricsOf(2, { loss: NaN })])
    await library.appendEpochs(runId, [metricsOf(1), metricsOf(2, { loss: NaN }), metricsOf(3)])
    await expect(library.appendEpochs(runId, [metricsOf(4), metricsOf(3, { patternLosses: [0.25, 0.7] })])).rejects.toMatchObject({ code: 'not-reproduced' })
    expect((await library.get(runId)).epochs.map(({ epoch }) => epoch)).toEqual([1, 2, 3])
  })
})
