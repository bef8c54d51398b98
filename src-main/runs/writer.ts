import { type Library, LibraryError, type LibraryErrorCode } from '../library/library.ts'
import type { RunRecord } from './messages.ts'

/** Time between two attempts while the disk is full or the library is locked, ms. */
export const RETRY_MS = 2000

/** Errors after which a write is retried. The run waits meanwhile, because its worker sends only a few records ahead. */
const passing = new Set<LibraryErrorCode>(['disk-full', 'locked'])

/** Retries of a write after the library worker died. Limited, because the write itself may be the cause. */
const MOST_RESTARTS = 3

export interface WriterOptions {
  library: Library
  runId: string
  /** Computed time of the run so far, s; null if it is not known. It is saved with every epoch. */
  secondsComputed?(): number | null
  /** Called with the reason when writing has to wait, and with null when it has resumed. */
  onWait(reason: string | null): void
  retryMs?: number
}

interface Entry {
  record: RunRecord
  done: () => void
  fail: (error: unknown) => void
}

/** Writes the records of a run in order, so that a checkpoint is never saved before the epochs it includes. */
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

  /** Resolves when the record is saved in the library. */
  keep(record: RunRecord): Promise<void> {
    return new Promise((done, fail) => {
      this.#entries.push({ record, done, fail })
      if (!this.#writing) void this.#drain()
    })
  }

  /** Stops retrying. Records that are waiting reject now. */
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

  /** Takes the next records. Consecutive epochs share a transaction. */
  #takeBatch(): Entry[] {
    const end = this.#entries.findIndex(({ record }) => record.kind !== 'epoch')
    const epochs = end < 0 ? this.#entries.length : end
    return this.#entries.splice(0, Math.max(1, epochs))
  }

  #write(records: RunRecord[]): Promise<void> {
    const { library, runId, secondsComputed } = this.#options
    const [first] = records
    switch (first.kind) {
      case 'epoch': {
        const epochs = records.flatMap((record) => (record.kind === 'epoch' ? [record.metrics] : []))
        return library.appendEpochs(runId, epochs, secondsComputed?.() ?? null)
      }
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
