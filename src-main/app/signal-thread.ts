import { jobThreads, type JobThreads } from './job-threads.ts'
import type { SignalJobs } from './signal-messages.ts'

/** Reads signal files in threads of their own. */
export type SignalThreads = JobThreads<SignalJobs>

/** For the text of the largest file, two bytes per character, and its numbers as JavaScript values. */
const HEAP_MB = 512

/**
 * @param file `signal.worker.ts` or its bundled path
 * @param heapMb most memory of a thread besides the bytes of the file, MB
 */
export const signalThreads = (file: string | URL, heapMb = HEAP_MB): SignalThreads => jobThreads<SignalJobs>({
  file, name: 'signal', heapMb, sourceOf: ({ input }) => input.file ?? 'The signal', advice: 'Shorten it, or save its columns as NPY',
})
