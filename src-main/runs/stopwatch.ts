/** Measures time that can be paused, s. Uses a clock that never runs backwards and, on Linux, stands still while the machine sleeps. */
export class Stopwatch {
  readonly #now: () => number
  #elapsed = 0
  #since: number | null = null

  /** @param now current time, ms */
  constructor(now = () => performance.now()) {
    this.#now = now
  }

  /** Has no effect if it is running. */
  start(): void {
    this.#since ??= this.#now()
  }

  /** Has no effect if it is not running. */
  pause(): void {
    this.#elapsed = this.seconds
    this.#since = null
  }

  get seconds(): number {
    return this.#elapsed + (this.#since === null ? 0 : (this.#now() - this.#since) / 1000)
  }
}
