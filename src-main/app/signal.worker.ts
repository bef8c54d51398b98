import { parentPort } from 'node:worker_threads'
import { sent } from './export-messages.ts'
import { openDocument } from './open-document.ts'
import { readFields } from './prepare.ts'
import { checkSamples, checkSignal } from './signal-check.ts'
import type { FromSignal, SignalJob } from './signal-messages.ts'
import { previewSignal } from './signal-preview.ts'

/** Worker that reads signal files, which may be large or made to be slow, so that the window does not wait. It does one job at a time. */
const port = parentPort!
const post = (message: FromSignal) => port.postMessage(message)

/** Shortest time between two reports of progress, ms. */
const INTERVAL_MS = 100
let reportedAt = performance.now()

function report(share: number): void {
  if (performance.now() - reportedAt < INTERVAL_MS) return
  reportedAt = performance.now()
  post({ kind: 'progress', share })
}

function outputOf(job: SignalJob) {
  switch (job.name) {
    case 'preview': return previewSignal(job.input.file, job.input.choice, job.input.part, report)
    case 'check': return job.input.file === null ? Promise.resolve(checkSamples(job.input.spec)) : checkSignal(job.input.file, job.input.spec)
    case 'document': return openDocument(job.input.file, job.input.resourcesDir)
    case 'read': return readFields(job.input.file, job.input.task)
  }
}

port.on('message', (job: SignalJob) => {
  outputOf(job).then(
    (output) => post({ kind: 'done', output }),
    (error: unknown) => post({ kind: 'failed', error: sent(error) }),
  )
})
