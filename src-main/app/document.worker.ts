import { parentPort } from 'node:worker_threads'
import { type DocumentJobs, readDocument } from './documents.ts'
import { serveJobs } from './job-threads.ts'

/** Worker that reads documents from outside, which may be made to be slow, so that the window does not wait. */
serveJobs<DocumentJobs>(parentPort!, ({ name, input }) => readDocument(name, input.source, input.resourcesDir))
