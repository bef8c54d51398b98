import type { Library } from '../library/library.ts'
import type { RunRecord } from './messages.ts'
import type { Patience } from './patience.ts'

export interface WriterOptions {
  library: Library
  runId: string
  /** Waits while the disk is full or the library is locked. The run waits meanwhile, because its worker sends only a few records ahead. */
  patience: Pick<Patience, 'until'>
  /** Computed time of the run so far, s; null if it is not known. It is saved with every epoch. */
  secondsComputed?(): number | null
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

  async #drain(): Promise<void> {
    this.#writing = true
    while (this.#entries.length > 0) {
      const batch = this.#takeBatch()
      try {
        await this.#options.patience.until(() => this.#write(batch.map(({ record }) => record)))
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
    const first = records[0]!
    switch (first.kind) {
      case 'epoch': {
        const epochs = records.flatMap((record) => (record.kind === 'epoch' ? [record.metrics] : []))
        return library.appendEpochs(runId, epochs, secondsComputed?.() ?? null)
      }
      case 'snapshot': return library.putArrays(runId, first.epoch, first.arrays, first.supersedes)
      case 'checkpoint': return library.putCheckpoint(runId, first.sequences, first.parts)
    }
  }
}
