import { parentPort, workerData } from 'node:worker_threads'
import { testGroups } from '../../src-engine/statistics/group-tests.ts'
import { ComparisonWork } from './comparison-of.ts'
import type { FromComparison, ToComparison, WorkOfComparison } from './comparison-worker.ts'

/** Worker that compares the arms of one sweep, or tests groups of runs, so that neither the runs nor the window wait. */
const port = parentPort!
const work = workerData as WorkOfComparison

const answer = (result: FromComparison) => port.postMessage(result)

if (work.kind === 'groups') answer({ kind: 'groups', results: testGroups(work.groups, work.base, work.pairing) })
else {
  const comparing = new ComparisonWork(work.input)
  port.on('message', (message: ToComparison) => {
    if (message.kind === 'end') answer({ kind: 'arms', comparison: comparing.compare() })
    else comparing.add(message)
  })
}
