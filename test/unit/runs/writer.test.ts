import { expect, test, vi } from 'vitest'
import { type Library, LibraryError } from '../../../src-main/library/library.ts'
import type { RunRecord } from '../../../src-main/runs/messages.ts'
import { Patience, RetryTurns } from '../../../src-main/runs/patience.ts'
import { RunWriter } from '../../../src-main/runs/writer.ts'

const epoch = (number: number) => ({ kind: 'epoch', metrics: { epoch: number } }) as RunRecord
const snapshot = (number: number): RunRecord => ({ kind: 'snapshot', epoch: number, arrays: [], supersedes: null })
const checkpoint = (sequences: number): RunRecord => ({ kind: 'checkpoint', sequences, parts: [] })

/** Writes to `log`. Each write consumes one of `failures` and fails with it, while there are any. */
function writer(failures: LibraryError[] = []) {
  const log: string[] = []
  const waits: (string | null)[] = []
  const write = async (what: string) => {
    await new Promise(setImmediate)
    const failure = failures.shift()
    if (failure) throw failure
    log.push(what)
  }
  const library = {
    appendEpochs: (_: string, epochs: { epoch: number }[]) => write(`epochs ${epochs.map((one) => one.epoch).join(' ')}`),
    putArrays: (_: string, number: number) => write(`snapshot ${number}`),
    putCheckpoint: (_: string, sequences: number) => write(`checkpoint ${sequences}`),
  } as unknown as Library
  const patience = new Patience(new RetryTurns(5), (reason) => waits.push(reason))
  return { log, waits, patience, writer: new RunWriter({ library, runId: 'r', patience }) }
}

test('writes in order, with consecutive waiting epochs in one transaction', async () => {
  const { log, writer: own } = writer()
  const records = [epoch(1), epoch(2), epoch(3), snapshot(3), epoch(4), epoch(5), checkpoint(10), epoch(6)]
  await Promise.all(records.map((one) => own.keep(one)))
  expect(log).toEqual(['epochs 1', 'epochs 2 3', 'snapshot 3', 'epochs 4 5', 'checkpoint 10', 'epochs 6'])
})

test('retries while the disk is full, reports it, and keeps the order', async () => {
  const full = () => new LibraryError('disk-full', 'disk full')
  const { log, waits, writer: own } = writer([full(), full(), full()])
  await Promise.all([own.keep(snapshot(1)), own.keep(checkpoint(2))])
  expect(log).toEqual(['snapshot 1', 'checkpoint 2'])
  expect(waits).toEqual(['disk full', null])
})

test('rejects on an error that does not pass, and then does the next write', async () => {
  const { log, writer: own } = writer([new LibraryError('not-reproduced', 'other numbers')])
  await expect(own.keep(epoch(1))).rejects.toMatchObject({ code: 'not-reproduced' })
  await own.keep(epoch(2))
  expect(log).toEqual(['epochs 2'])
})

test('stops retrying if the library worker dies again and again', async () => {
  const { writer: own } = writer(Array.from({ length: 9 }, () => new LibraryError('worker-ended', 'it ended')))
  await expect(own.keep(epoch(1))).rejects.toMatchObject({ code: 'worker-ended' })
})

test('retries up to three times if the library worker dies', async () => {
  const { log, writer: own } = writer(Array.from({ length: 3 }, () => new LibraryError('worker-ended', 'it ended')))
  await own.keep(epoch(1))
  expect(log).toEqual(['epochs 1'])
  const { writer: other } = writer(Array.from({ length: 4 }, () => new LibraryError('worker-ended', 'it ended')))
  await expect(other.keep(epoch(1))).rejects.toMatchObject({ code: 'worker-ended' })
})

test('rejects waiting writes when it gives up', async () => {
  const { waits, patience, writer: own } = writer(Array.from({ length: 1000 }, () => new LibraryError('disk-full', 'disk full')))
  const kept = own.keep(epoch(1))
  kept.catch(() => {})
  await vi.waitUntil(() => waits.length > 0)
  patience.giveUp()
  await expect(kept).rejects.toMatchObject({ code: 'disk-full' })
  await expect(own.keep(epoch(2))).rejects.toMatchObject({ code: 'disk-full' })
})
