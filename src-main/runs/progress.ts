import type { Progress } from '../contract/run.ts'

const WINDOW_MS = 5000
/** Shortest measurement that gives a rate, ms. A shorter one may be off by several times, because the engine is still warming up. */
const SHORTEST_MS = 500

/** Measures the rate over the last 5 s, and the time remaining at that rate. */
export class ProgressMeter {
  readonly #runId: string
  readonly #sequences: number
  #until: number
  readonly #samples: { done: number; at: number }[] = []
  #sequencesDone = 0
  /** Sequences done when the measurement began; null before its first report. */
  #start: number | null = null
  #waiting: string | null = null

  constructor(runId: string, sequences: number) {
    this.#runId = runId
    this.#sequences = sequences
    this.#until = sequences
  }

  /** Number of sequences after which the run waits for the others of its round. At first, its end. */
  set until(sequences: number) {
    this.#until = sequences
  }

  /** Sets why the run is waiting; null if it is not waiting. The rate is then measured anew, so that the wait does not count. */
  wait(reason: string | null): void {
    this.#waiting = reason
    this.#samples.length = 0
    this.#start = null
  }

  /** @param at milliseconds of a monotonic clock */
  record(done: number, at = performance.now()): void {
    this.#sequencesDone = done
    this.#start ??= done
    // The first sequence does not count: the engine starts, nothing is compiled yet, and a picture of it is made.
    if (done === this.#start) return
    this.#samples.push({ done, at })
    while (this.#samples.length > 2 && this.#samples[1]!.at <= at - WINDOW_MS) this.#samples.shift()
  }

  get progress(): Progress {
    const sequencesPerSecond = this.#rate()
    const left = Math.max(0, this.#until - this.#sequencesDone)
    return {
      runId: this.#runId,
      sequencesDone: this.#sequencesDone,
      sequences: this.#sequences,
      sequencesPerSecond,
      secondsLeft: sequencesPerSecond > 0 ? left / sequencesPerSecond : null,
      waiting: this.#waiting,
    }
  }

  /** Sequences per second; 0 while unknown. */
  #rate(): number {
    const [first, last] = [this.#samples[0], this.#samples.at(-1)]
    if (!first || !last || last.at - first.at < SHORTEST_MS) return 0
    return (1000 * (last.done - first.done)) / (last.at - first.at)
  }
}
