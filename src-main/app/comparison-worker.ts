import type { Worker } from 'node:worker_threads'
import type { Comparison } from '../../src-engine/statistics/comparison.ts'
import type { GroupResult } from '../../src-engine/statistics/group-tests.ts'
import type { GroupsToTest } from '../contract/group-tests.ts'
import { rest, startThread } from '../threads/threads.ts'
import type { Batch, ComparisonInput } from './comparison-of.ts'
import type { Compare } from './comparison.ts'

/** A message to the worker: results, and at last the request to compare them. */
export type ToComparison = Batch | { kind: 'end' }
/** What the worker does. */
export type WorkOfComparison = { kind: 'arms'; input: ComparisonInput } | { kind: 'groups' } & GroupsToTest
/** The worker's only message. A failure reaches its `error` event. */
export type FromComparison = { kind: 'arms'; comparison: Comparison } | { kind: 'groups'; results: GroupResult[] }

/** Sweeps whose latest comparison is remembered. */
const MOST_REMEMBERED = 20

/**
 * Compares in a worker, and remembers the latest result of each sweep as long as the same runs are finished.
 * @param worker `comparison.worker.ts` or its bundled path
 */
export function comparisonWorker(worker: string | URL): Compare {
  /** By sweep, oldest first. */
  const remembered = new Map<string, { key: string; result: Promise<Comparison> }>()
  return (input, batches) => {
    const { sweepId, by, runs } = input
    const key = JSON.stringify([by, runs])
    const known = remembered.get(sweepId)
    if (known?.key === key) return known.result
    const result = inWorker(worker, input, batches)
    remembered.delete(sweepId)
    remembered.set(sweepId, { key, result })
    if (remembered.size > MOST_REMEMBERED) remembered.delete(remembered.keys().next().value!)
    // A failure is not remembered.
    result.catch(() => { if (remembered.get(sweepId)?.result === result) remembered.delete(sweepId) })
    return result
  }
}

async function inWorker(file: string | URL, input: ComparisonInput, batches: AsyncIterable<Batch>): Promise<Comparison> {
  const worker = start(file, { kind: 'arms', input })
  const result = resultOf<'arms'>(worker)
  // Its rejection is handled below, after the batches.
  result.catch(() => {})
  try {
    for await (const batch of batches) worker.postMessage(batch satisfies ToComparison, buffersOf(batch))
    worker.postMessage({ kind: 'end' } satisfies ToComparison)
    return (await result).comparison
  } finally {
    void rest().then(() => worker.terminate())
  }
}

/** Tests groups of runs against one of them in a worker. @param file `comparison.worker.ts` or its bundled path */
export async function testInWorker(file: string | URL, groups: GroupsToTest): Promise<GroupResult[]> {
  const worker = start(file, { kind: 'groups', ...groups })
  try {
    return (await resultOf<'groups'>(worker)).results
  } finally {
    void rest().then(() => worker.terminate())
  }
}

const start = (file: string | URL, work: WorkOfComparison) => startThread(file, { workerData: work, name: 'comparison' })

type Answer<Kind extends FromComparison['kind']> = Extract<FromComparison, { kind: Kind }>

const resultOf = <Kind extends FromComparison['kind']>(worker: Worker) => new Promise<Answer<Kind>>((resolve, reject) => {
  worker.once('message', resolve)
  worker.once('error', reject)
  worker.once('exit', (code) => reject(new Error(`The comparison stopped unexpectedly (exit code ${code}).`)))
})

/** Transferred, not copied: a sweep may have a gigabyte of epochs. */
const buffersOf = (batch: Batch) => (batch.kind === 'curves'
  ? batch.curves.flatMap(([, curve]) => Object.values(curve).map(({ buffer }: Float64Array) => buffer as ArrayBuffer))
  : [])
