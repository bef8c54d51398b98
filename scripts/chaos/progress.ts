import { formatDuration } from '../../src-engine/format/durations.ts'

/** Shows how far the work is: on a terminal in one line that is overwritten, else in a line every five seconds. */
export class ProgressLine {
  readonly #begun = performance.now()
  #shownAt = -Infinity

  /**
   * @param done share of the work, 0 to 1
   * @param text what is done
   */
  show(done: number, text: string): void {
    const { isTTY } = process.stderr
    const now = performance.now()
    if (!isTTY && now - this.#shownAt < 5000) return
    this.#shownAt = now
    const line = `${text}${this.#left(done)}`
    process.stderr.write(isTTY ? `\r\x1b[2K${line}` : `${line}\n`)
  }

  end(): void {
    if (process.stderr.isTTY) process.stderr.write('\r\x1b[2K')
  }

  /** Seconds since the start. */
  get seconds(): number {
    return (performance.now() - this.#begun) / 1000
  }

  #left(done: number): string {
    return done > 0 ? `, ${formatDuration((this.seconds * (1 - done)) / done)} left` : ''
  }
}
