import { parentPort } from 'node:worker_threads'
import { serveJobs } from './job-threads.ts'
import { readFields } from './prepare.ts'
import { checkSamples, checkSignal } from './signal-check.ts'
import type { SignalJobs } from './signal-messages.ts'
import { previewSignal } from './signal-preview.ts'

/** Worker that reads signal files, which may be large or made to be slow, so that the window does not wait. */
serveJobs<SignalJobs>(parentPort!, async (job, report) => {
  switch (job.name) {
    case 'preview': return previewSignal(job.input.file, job.input.choice, job.input.part, report)
    case 'check': return job.input.file === null ? checkSamples(job.input.spec) : checkSignal(job.input.file, job.input.spec)
    case 'read': return readFields(job.input.file, job.input.task)
  }
})
