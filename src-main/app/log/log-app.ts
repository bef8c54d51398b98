import { threadDeaths } from '../../threads/threads.ts'
import type { AppEvents } from '../events.ts'
import type { Log } from './log.ts'

/** Write a line for each thread that dies, failed run and notice. @returns a function that ends it */
export function logApp(log: Log, events: AppEvents): () => void {
  const seen = new Set<string>()
  const ends = [
    events.on('library.notice', ({ level, message }) => {
      // A run that waits repeats its notice with every attempt.
      if (level === 'info') seen.clear()
      if (!seen.has(message)) log.write(level, `Notice: ${message}`)
      seen.add(message)
    }),
    events.on('run.changed', ({ summary: { runId, status, error } }) => {
      if (status === 'failed') log.write('error', `Run ${runId} failed: ${error?.code ?? 'unknown'}.`)
    }),
    threadDeaths.listen((name, reason) => log.write('error', `The ${name} worker died: ${reason}.`)),
  ]
  return () => { for (const end of ends) end() }
}

/** An error for a line: its code and message, or where it happened if nobody expected it. */
export function errorLine(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return 'code' in error ? `${String(error.code)}: ${error.message}` : error.stack ?? error.message
}
