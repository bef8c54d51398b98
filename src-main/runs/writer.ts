import { type Library, LibraryError, type LibraryErrorCode } from '../library/library.ts'
import type { RunRecord } from './messages.ts'

/** Between two attempts while there is no room, or the file is locked. */
export const RETRY_MS = 2000

/** Troubles that pass: writing is tried again, and the run holds still meanwhile, since its worker sends no more than a few ahead. */
const passing = new Set<LibraryErrorCode>(['disk-full', 'locked'])

/** Times that a write is tried again after the library's worker died: it is started once more, and should not die of this write. */
const MOST_RESTARTS = 3

export interface WriterOptions {
  library: Library
  runId: string
  /** Why writing waits, and null once it goes on. */
  onWait(reason: string | null): void
  retryMs?: number
}

interface Entry {
  record: RunRecord
  done: () => void
  fail: (error: unknown) => void
}

/** Writes what a run keeps in the order it came, so that a checkpoint never is there before an epoch it has behind it. */
export class RunWriter {
  readonly #options: WriterOptions
  readonly #entries: Entry[] = []
  #writing = false
  #waiting = false
  #givenUp = false
  #wake = () => {}

  constructor(options: WriterOptions) {
    this.#options = options
  }

  /** Resolves once it is in the library. */
  keep(record: RunRecord): Promise<void> {
    return new Promise((done, fail) => {
      this.#entries.push({ record, done, fail })
      if (!this.#writing) void this.#drain()
    })
  }

  /** What waits for better times rejects now: nobody waits for it any more. */
  giveUp(): void {
    this.#givenUp = true
    this.#wake()
  }

  async #drain(): Promise<void> {
    this.#writing = true
    while (this.#entries.length > 0) {
      const batch = this.#takeBatch()
      try {
        await this.#untilKept(() => this.#write(batch.map(({ record }) => record)))
        batch.forEach(({ done }) => done())
      } catch (error) {
        batch.forEach(({ fail }) => fail(error))
      }
    }
    this.#writing = false
  }

  /** Epochs that came one after the other share a transaction. */
  #takeBatch(): Entry[] {
    const end = this.#entries.findIndex(({ record }) => record.kind !== 'epoch')
    const epochs = end < 0 ? this.#entries.length : end
    return this.#entries.splice(0, Math.max(1, epochs))
  }

  #write(records: RunRecord[]): Promise<void> {
    const { library, runId } = this.#options
    const [first] = records
    switch (first.kind) {
      case 'epoch': return library.appendEpochs(runId, records.flatMap((record) => (record.kind === 'epoch' ? [record.metrics] : [])))
      case 'snapshot': return library.putArrays(runId, first.epoch, first.arrays, first.supersedes)
      case 'checkpoint': return library.putCheckpoint(runId, first.sequences, first.parts)
    }
  }

  async #untilKept(write: () => Promise<void>): Promise<void> {
    for (let restarts = 0; ;) {
      try {
        await write()
        return this.#setWaiting(null)
      } catch (error) {
        const code = error instanceof LibraryError ? error.code : 'failed'
        const again = passing.has(code) || (code === 'worker-ended' && ++restarts <= MOST_RESTARTS)
        if (!again || this.#givenUp) throw error
        this.#setWaiting((error as Error).message)
        await this.#pause()
        if (this.#givenUp) throw error
      }
    }
  }

  #setWaiting(reason: string | null): void {
    if (reason === null && !this.#waiting) return
    this.#waiting = reason !== null
    this.#options.onWait(reason)
  }

  #pause(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, this.#options.retryMs ?? RETRY_MS)
      this.#wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }
}
