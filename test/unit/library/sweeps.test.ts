import { expect, test } from 'vitest'
import { specSchema } from '../../../src-engine/experiment/spec.ts'
import type { RoundEnd } from '../../../src-main/library/protocol.ts'
import { Epochs } from '../../../src-main/library/epochs.ts'
import { Runs } from '../../../src-main/library/runs.ts'
import { Sweeps } from '../../../src-main/library/sweeps.ts'
import { environment, memoryLibrary, metricsOf } from './support.ts'

const at = '2026-03-01T12:00:00.000Z'
const ended = { endedAt: at, digest: null, secondsPerSequence: 2, error: null }

/** A sweep of runs that are paused after as many epochs as named. The loss of an epoch is its number. */
function sweepOf(epochs: Record<string, number>) {
  const db = memoryLibrary()
  const [runs, sweeps] = [new Runs(db), new Sweeps(db)]
  runs.create(Object.keys(epochs).map((runId, arm) =>
    ({ runId, spec: specSchema.parse({}), environment, createdAt: at, sequences: 750, sweep: { sweepId: '0sweep000001', arm } })))
  for (const [runId, count] of Object.entries(epochs)) {
    new Epochs(db).append(runId, Array.from({ length: count }, (_, index) => ({ ...metricsOf(index + 1), loss: index + 1 })))
    runs.finish(runId, { ...ended, status: 'paused' })
  }
  const summaryOf = (runId: string) => runs.get(runId).summary
  const seen = () => Object.keys(epochs).map(summaryOf).map(({ runId, status, epochsDone }) => ({ runId, status, epochsDone }))
  const endRound = (some: Omit<RoundEnd, 'seen' | 'at'>, asSeen = seen()) =>
    sweeps.endRound('0sweep000001', { seen: asSeen, at, ...some })
  return { db, runs, sweeps, seen, summaryOf, endRound }
}

test('the losses of all runs of a sweep are of the same epochs', () => {
  const { sweeps } = sweepOf({ aaaaaaaa: 25, bbbbbbbb: 30, cccccccc: 2 })
  const mean = (from: number, to: number) => (from + to) / 2
  expect(sweeps.losses('0sweep000001', 25)).toEqual(new Map([['aaaaaaaa', mean(6, 25)], ['bbbbbbbb', mean(6, 25)], ['cccccccc', mean(1, 2)]]))
  expect(sweeps.losses('0sweep000001', 2)).toEqual(new Map([['aaaaaaaa', 1.5], ['bbbbbbbb', 1.5], ['cccccccc', 1.5]]))
})

test('a run without a loss has none, and other sweeps are not read', () => {
  const { db, sweeps } = sweepOf({ aaaaaaaa: 2, bbbbbbbb: 0 })
  db.exec(`UPDATE epochs SET loss = NULL WHERE epoch = 2`)
  expect(sweeps.losses('0sweep000001', 2)).toEqual(new Map([['aaaaaaaa', NaN], ['bbbbbbbb', NaN]]))
  expect(sweeps.losses('0sweep000002', 2).size).toBe(0)
})

test('a round ends in one step: some runs are stopped with their rank, and others are queued', () => {
  const { summaryOf, endRound } = sweepOf({ aaaaaaaa: 2, bbbbbbbb: 2 })
  const error = { code: 'halved', message: 'rank 2 of 2' }
  expect(endRound({ stop: [{ runId: 'bbbbbbbb', error }], advance: ['aaaaaaaa'] })).toBe(true)
  expect(summaryOf('aaaaaaaa')).toMatchObject({ status: 'queued', error: null })
  expect(summaryOf('bbbbbbbb')).toMatchObject({ status: 'stopped', error, secondsPerSequence: 2, endedAt: at })
})

test.each([
  ['another status', ({ runs }: ReturnType<typeof sweepOf>) => runs.finish('aaaaaaaa', { ...ended, status: 'interrupted' })],
  ['more epochs', ({ db }: ReturnType<typeof sweepOf>) => new Epochs(db).append('aaaaaaaa', [metricsOf(3)])],
  ['been deleted', ({ db }: ReturnType<typeof sweepOf>) => db.exec(`DELETE FROM runs WHERE run_id = 'aaaaaaaa'`)],
])('nothing changes if a run has %s since it was seen', (_, change) => {
  const sweep = sweepOf({ aaaaaaaa: 2, bbbbbbbb: 2 })
  const seen = sweep.seen()
  change(sweep)
  expect(sweep.endRound({ stop: [{ runId: 'bbbbbbbb', error: null }], advance: [] }, seen)).toBe(false)
  expect(sweep.summaryOf('bbbbbbbb').status).toBe('paused')
})

test('nothing changes if one of the runs cannot be queued', () => {
  const { runs, summaryOf, endRound } = sweepOf({ aaaaaaaa: 2, bbbbbbbb: 2 })
  runs.requeue(['aaaaaaaa'], at, false)
  expect(() => endRound({ stop: [{ runId: 'bbbbbbbb', error: null }], advance: ['aaaaaaaa'] })).toThrow('is queued')
  expect(summaryOf('bbbbbbbb').status).toBe('paused')
})
