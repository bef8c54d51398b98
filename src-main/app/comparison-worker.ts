import type { Worker } from 'node:worker_threads'
import type { Comparison } from '../../src-engine/statistics/comparison.ts'
import { rest, startThread } from '../threads/threads.ts'
import type { Batch } from './comparison-of.ts'
import type { Compare } from './comparison.ts'

/** A message to the worker: results, and at last the request to compare them. */
export type ToComparison = Batch | { kind: 'end' }
/** The worker's only message. A failure reaches its `error` event. */
export interface FromComparison { comparison: Comparison }

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

async function inWorker(file: string | URL, input: Parameters<Compare>[0], batches: AsyncIterable<Batch>): Promise<Comparison> {
  const worker = startThread(file, { workerData: input, name: 'comparison' })
  const result = resultOf(worker)
  // Its rejection is handled below, after the batches.
  result.catch(() => {})
  try {
    for await (const batch of batches) worker.postMessage(batch satisfies ToComparison, buffersOf(batch))
    worker.postMessage({ kind: 'end' } satisfies ToComparison)
    return await result
  } finally {
    void rest().then(() => worker.terminate())
  }
}

const resultOf = (worker: Worker) => new Promise<Comparison>((resolve, reject) => {
  worker.once('message', ({ comparison }: FromComparison) => resolve(comparison))
  worker.once('error', reject)
  worker.once('exit', (code) => reject(new Error(`The comparison stopped unexpectedly (exit code ${code}).`)))
})

/** Transferred, not copied: a sweep may have a gigabyte of epochs. */
const buffersOf = (batch: Batch) => (batch.kind === 'tasks'
  ? []
  : batch.curves.flatMap(([, curve]) => Object.values(curve).map(({ buffer }: Float64Array) => buffer as ArrayBuffer)))
