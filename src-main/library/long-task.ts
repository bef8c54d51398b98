import type { LibraryTask, LibraryWork } from '../contract/library.ts'
import { LibraryError } from './error.ts'

const INTERVAL_MS = 100

const titles: Readonly<Record<LibraryTask, string>> = {
  check: 'library check', backup: 'backup', compact: 'compaction', restore: 'restore', move: 'move', import: 'import', export: 'export', verify: 'verification',
}

/** Reports the progress of a long task at most every 100 ms, and cancels it on request. */
export class LongTask {
  readonly #task: LibraryTask
  readonly #unit: LibraryWork['unit']
  readonly #publish: (work: LibraryWork) => void
  readonly #startedAt = performance.now()
  #publishedAt = 0
  #last = { done: 0, total: 0 }
  #cancelled = false

  constructor(task: LibraryTask, unit: LibraryWork['unit'], publish: (work: LibraryWork) => void) {
    this.#task = task
    this.#unit = unit
    this.#publish = publish
  }

  get cancelled(): boolean {
    return this.#cancelled
  }

  cancel(): void {
    this.#cancelled = true
  }

  /** @throws LibraryError cancelled if the task was cancelled */
  report(done: number, total: number): void {
    if (this.#cancelled) throw new LibraryError('cancelled', `The ${titles[this.#task]} was cancelled.`)
    this.#last = { done, total }
    if (performance.now() - this.#publishedAt < INTERVAL_MS) return
    this.#publishedAt = performance.now()
    this.#publish(this.#work(false))
  }

  /** Reports the end, whether the task succeeded or not. */
  end(): void {
    this.#publish(this.#work(true))
  }

  #work(ended: boolean): LibraryWork {
    const { done, total } = this.#last
    const rate = (1000 * done) / Math.max(1, performance.now() - this.#startedAt)
    return { task: this.#task, done, total, unit: this.#unit, rate, secondsLeft: rate > 0 ? (total - done) / rate : null, ended }
  }
}

/** Lets other messages be handled between two steps of a long task. */
export const yieldToEvents = (): Promise<void> => new Promise((resolve) => { setImmediate(resolve) })
