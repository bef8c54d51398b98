import type { Progress } from '../contract/run.ts'

const WINDOW_MS = 5000

/** Rate over the last seconds, and the time left at that rate. */
export class ProgressMeter {
  readonly #runId: string
  readonly #sequences: number
  readonly #samples: { done: number; at: number }[] = []
  #waiting: string | null = null

  constructor(runId: string, sequences: number) {
    this.#runId = runId
    this.#sequences = sequences
  }

  /** Why the run holds still; null where it goes on. */
  wait(reason: string | null): void {
    this.#waiting = reason
  }

  /** @param at milliseconds of a monotonic clock */
  record(done: number, at = performance.now()): void {
    // A run begins once its engine is ready: the making of it says nothing of the rate.
    if (this.#samples.length > 0 && done === this.#samples[0].done) this.#samples.length = 0
    this.#samples.push({ done, at })
    while (this.#samples.length > 2 && this.#samples[1].at <= at - WINDOW_MS) this.#samples.shift()
  }

  get progress(): Progress {
    const first = this.#samples[0]
    const last = this.#samples.at(-1)
    const sequencesDone = last?.done ?? 0
    const sequencesPerSecond = first && last && last.at > first.at
      ? (1000 * (last.done - first.done)) / (last.at - first.at)
      : 0
    const secondsLeft = sequencesPerSecond > 0 ? (this.#sequences - sequencesDone) / sequencesPerSecond : null
    const [runId, sequences, waiting] = [this.#runId, this.#sequences, this.#waiting]
    return { runId, sequencesDone, sequences, sequencesPerSecond, secondsLeft, waiting }
  }
}
