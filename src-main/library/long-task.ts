import type { LibraryTask, LibraryWork } from '../contract/library.ts'
import { LibraryError } from './error.ts'

const INTERVAL_MS = 100

/** Says how far something long is, and ends it when that is asked. */
export class LongTask {
  readonly #task: LibraryTask
  readonly #unit: LibraryWork['unit']
  readonly #tell: (work: LibraryWork) => void
  readonly #began = performance.now()
  #told = 0
  #last = { done: 0, total: 0 }
  #cancelled = false

  constructor(task: LibraryTask, unit: LibraryWork['unit'], tell: (work: LibraryWork) => void) {
    this.#task = task
    this.#unit = unit
    this.#tell = tell
  }

  get cancelled(): boolean {
    return this.#cancelled
  }

  cancel(): void {
    this.#cancelled = true
  }

  /** @throws LibraryError cancelled once that was asked */
  report(done: number, total: number): void {
    if (this.#cancelled) throw new LibraryError('cancelled', `the ${this.#task} was cancelled`)
    this.#last = { done, total }
    if (performance.now() - this.#told < INTERVAL_MS) return
    this.#told = performance.now()
    this.#tell(this.#work(false))
  }

  /** However it went. */
  end(): void {
    this.#tell(this.#work(true))
  }

  #work(ended: boolean): LibraryWork {
    const { done, total } = this.#last
    const rate = (1000 * done) / Math.max(1, performance.now() - this.#began)
    return { task: this.#task, done, total, unit: this.#unit, rate, secondsLeft: rate > 0 ? (total - done) / rate : null, ended }
  }
}

/** Lets other messages in between two pieces of long work. */
export const breathe = (): Promise<void> => new Promise((resolve) => { setImmediate(resolve) })
