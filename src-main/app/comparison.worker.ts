import { parentPort, workerData } from 'node:worker_threads'
import { type ComparisonInput, ComparisonWork } from './comparison-of.ts'
import type { FromComparison, ToComparison } from './comparison-worker.ts'

/** Worker that compares the arms of one sweep, so that neither the runs nor the window wait. */
const port = parentPort!
const work = new ComparisonWork(workerData as ComparisonInput)

port.on('message', (message: ToComparison) => {
  if (message.kind !== 'end') return work.add(message)
  const result: FromComparison = { comparison: work.compare() }
  port.postMessage(result)
})
