import type { Progress } from '../contract/run.ts'

const WINDOW_MS = 5000

/** Measures the rate over the last 5 s, and the time remaining at that rate. */
export class ProgressMeter {
  readonly #runId: string
  readonly #sequences: number
  readonly #samples: { done: number; at: number }[] = []
  #waiting: string | null = null

  constructor(runId: string, sequences: number) {
    this.#runId = runId
    this.#sequences = sequences
  }

  /** Sets why the run is waiting; null if it is not waiting. */
  wait(reason: string | null): void {
    this.#waiting = reason
  }

  /** @param at milliseconds of a monotonic clock */
  record(done: number, at = performance.now()): void {
    // Restart the window until the first sequence is done, so that the engine's start does not count.
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
