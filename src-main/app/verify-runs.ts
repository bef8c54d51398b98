import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { LibraryWork, Notice } from '../contract/library.ts'
import type { RunSummary, Shelf } from '../contract/run.ts'
import type { Verification } from '../contract/verification.ts'
import { type Library, LibraryError } from '../library/library.ts'
import { LongTask } from '../library/long-task.ts'
import type { Runs } from '../runs/runs.ts'
import { compareAgain, isComparable, notCompared, type RunsToCompare } from './compare-again.ts'
import type { AppEvents } from './events.ts'

/** An application on a temporary library. */
interface TemporaryApp extends RunsToCompare, Pick<Runs, 'start' | 'finished'> {
  events: AppEvents
  shelve(runIds: string[], shelf: Shelf): Promise<void>
  deleteRuns(runIds: string[]): Promise<void>
  close(): Promise<void>
}

export interface RunVerifierOptions {
  library: RunsToCompare & Pick<Library, 'complete' | 'list' | 'summaries' | 'markVerified' | 'readOnly'>
  runs: Pick<Runs, 'asGuest'>
  /** Open an application on a new library. */
  open(libraryFile: string): Promise<TemporaryApp>
  onWork(work: LibraryWork): void
  onNotice(notice: Notice): void
  /** Imported runs were computed again with the same result. */
  onVerified(): void
}

export interface RunVerifier {
  /**
   * Compute runs again in a temporary library and compare their digests. Of the user's library,
   * only the mark of imported runs that give the same changes. Each run takes the place of a
   * worker and starts after all queued runs. Runs that cannot be computed are returned with the reason.
   * Rejects with `busy` during another verification, and with `cancelled`.
   */
  verify(runIds: readonly string[]): Promise<Verification[]>
  /** Cancel the verification, and wait until its temporary library is deleted. */
  cancel(): Promise<void>
}

export function createRunVerifier(options: RunVerifierOptions): RunVerifier {
  let running: { abort: AbortController; ended: Promise<unknown> } | null = null
  return {
    async verify(runIds) {
      if (running) throw new LibraryError('busy', 'Other runs are being verified. Wait until this is finished, or cancel it.')
      const abort = new AbortController()
      const work = verifyAll(options, new Set(runIds), abort.signal)
      running = { abort, ended: work.catch(() => {}) }
      try {
        const results = await work
        if (await noteVerified(options.library, sameOf(results))) options.onVerified()
        return results
      } finally {
        running = null
      }
    },
    async cancel() {
      running?.abort.abort(new LibraryError('cancelled', 'The verification was cancelled.'))
      await running?.ended
    },
  }
}

async function verifyAll(options: RunVerifierOptions, runIds: ReadonlySet<string>, signal: AbortSignal): Promise<Verification[]> {
  const saved = (await options.library.list()).filter(({ runId }) => runIds.has(runId))
  return inTemporaryLibrary(options, async (app) => {
    signal.throwIfAborted()
    const progress = progressOf(app, saved.filter(isComparable), options.onWork)
    try {
      return await orAborted(signal, Promise.all(saved.map(async (run) => (isComparable(run)
        ? options.runs.asGuest(() => verifyOne({ library: options.library, app, progress, signal }, run))
        : notCompared(run)))))
    } finally {
      progress.end()
    }
  })
}

async function inTemporaryLibrary<Result>(
  { open, onNotice }: RunVerifierOptions, use: (app: TemporaryApp) => Promise<Result>,
): Promise<Result> {
  const folder = await mkdtemp(path.join(tmpdir(), 'chalcogen-verify-'))
  try {
    const app = await open(path.join(folder, 'library.chalcogen'))
    // The disk of the temporary library may be full. Its runs wait then, which only they can tell.
    app.events.on('library.notice', ({ level, message }) => onNotice({ level, message: `Verification: ${message}` }))
    try {
      return await use(app)
    } finally {
      await app.close()
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** The result, or as soon as the signal aborts, its reason. It has not aborted yet. */
async function orAborted<Result>(signal: AbortSignal, result: Promise<Result>): Promise<Result> {
  const aborted = Promise.withResolvers<never>()
  const abort = () => aborted.reject(signal.reason as Error)
  signal.addEventListener('abort', abort, { once: true })
  try {
    return await Promise.race([result, aborted.promise])
  } finally {
    signal.removeEventListener('abort', abort)
  }
}

interface Verifying {
  library: RunVerifierOptions['library']
  app: TemporaryApp
  progress: ReturnType<typeof progressOf>
  signal: AbortSignal
}

async function verifyOne({ library, app, progress, signal }: Verifying, run: RunSummary): Promise<Verification> {
  signal.throwIfAborted()
  try {
    progress.begin()
    const overview = await library.complete(run.runId)
    if ('texts' in overview) return notCompared(run, overview.summary.unreadable)
    const newId = await app.start(overview.spec)
    const now = await app.finished(newId)
    const compared = await compareAgain({ source: library, run }, { source: app, run: now })
    await discard(app, newId)
    return compared
  } catch (error) {
    signal.throwIfAborted()
    return notCompared(run, (error as Error).message)
  } finally {
    progress.finished(run)
  }
}

/** Delete a run that is compared, so that a long verification needs the space of few runs. */
async function discard(app: TemporaryApp, runId: string): Promise<void> {
  await app.shelve([runId], 'trash')
  await app.deleteRuns([runId])
}

/** Progress in sequences. The task begins with the first run, so that waiting for a worker does not count in its rate. */
function progressOf(app: TemporaryApp, runs: readonly RunSummary[], onWork: (work: LibraryWork) => void) {
  const total = runs.reduce((sum, { sequences }) => sum + sequences, 0)
  const underWay = new Map<string, number>()
  let task: LongTask | null = null
  let ended = 0
  const report = () => task?.report(Math.min(total, ended + [...underWay.values()].reduce((sum, done) => sum + done, 0)), total)
  app.events.on('run.progress', ({ runId, sequencesDone }) => {
    underWay.set(runId, sequencesDone)
    report()
  })
  app.events.on('run.removed', ({ runIds }) => { for (const runId of runIds) underWay.delete(runId) })
  return {
    begin() {
      task ??= new LongTask('verify', 'sequences', onWork)
      report()
    },
    finished({ sequences }: RunSummary) {
      ended += sequences
      report()
    },
    end() {
      task?.end()
      // Runs that were cancelled report no more.
      task = null
    },
  }
}

export const sameOf = (results: readonly Verification[]): string[] =>
  results.filter(({ result }) => result === 'same').map(({ runId }) => runId)

/** Takes the mark from those of the runs that were imported. @returns whether there were any */
export async function noteVerified(
  library: Pick<Library, 'summaries' | 'markVerified' | 'readOnly'>, runIds: readonly string[],
): Promise<boolean> {
  const marked = (await library.summaries(runIds)).filter(({ unverified }) => unverified === true)
  if (marked.length === 0 || library.readOnly !== null) return false
  await library.markVerified(marked.map(({ runId }) => runId))
  return true
}
