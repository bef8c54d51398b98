import { constants } from 'node:os'

/** Ctrl+C, a request to end (`kill`, a scheduler), and a closed terminal. */
export const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
export type Signal = (typeof SIGNALS)[number]

/** Where signals come from: the process, or a test. */
export interface SignalSource {
  on(signal: Signal, listener: (signal: Signal) => void): unknown
  off(signal: Signal, listener: (signal: Signal) => void): unknown
}

/** Exit code of a command that a signal ended, as shells count it. */
export const exitCodeOf = (signal: Signal) => 128 + constants.signals[signal]

/** npm passes on a signal that the terminal sends to it, so one Ctrl+C may arrive twice. */
const SAME_SIGNAL_MS = 200
/** How long a second signal waits for a checkpoint that is being saved. */
const LAST_WAIT_MS = 2000

/** Thrown by `unless` if a signal ended the command. */
export class Interrupted extends Error {
  constructor(signal: Signal) {
    super(`Ended by ${signal}.`)
    this.name = 'Interrupted'
  }
}

type Stop = () => Promise<unknown>

/**
 * The signals of one command. The first one stops the work: running experiments save a checkpoint. The second one ends the process
 * at once, though it waits a moment for a checkpoint that is being saved. While there is nothing to stop, signals keep their default
 * effect, which ends the process even if its thread is busy.
 */
export class Interruption {
  /** Resolves to the exit code if the process must end now, whatever the command does. */
  readonly endNow: Promise<number>
  /** Resolves when the first signal has stopped the work. */
  readonly stopped: Promise<void>
  readonly #stops = new Set<Stop>()
  readonly #source: SignalSource | null
  readonly #receive = (signal: Signal) => this.receive(signal)
  #signal: Signal | null = null
  #receivedAt = 0
  #saved: Promise<unknown> = Promise.resolve()
  #resolveEndNow: (exitCode: number) => void = () => {}
  #resolveStopped = () => {}

  /** @param source without it, no signal arrives */
  constructor(source: SignalSource | null = null) {
    this.#source = source
    this.endNow = new Promise((resolve) => { this.#resolveEndNow = resolve })
    this.stopped = new Promise((resolve) => { this.#resolveStopped = resolve })
  }

  /** The first signal; null if there was none. */
  get signal(): Signal | null {
    return this.#signal
  }

  /** Calls `stop` at the first signal, until the returned function is called. `stop` resolves when everything is saved. */
  onStop(stop: Stop): () => void {
    if (this.#stops.size === 0 && this.#signal === null) for (const signal of SIGNALS) this.#source?.on(signal, this.#receive)
    this.#stops.add(stop)
    return () => {
      this.#stops.delete(stop)
      if (this.#stops.size === 0 && this.#signal === null) this.end()
    }
  }

  /** Stops listening. After the first signal, the command listens for a second one until it ends. */
  end(): void {
    for (const signal of SIGNALS) this.#source?.off(signal, this.#receive)
  }

  /** @throws Interrupted if a signal has arrived, so that no more work is started */
  check(): void {
    if (this.#signal !== null) throw new Interrupted(this.#signal)
  }

  receive(signal: Signal): void {
    if (this.#signal === null) return this.#first(signal)
    if (performance.now() - this.#receivedAt < SAME_SIGNAL_MS) return
    const exitCode = exitCodeOf(this.#signal)
    void Promise.race([this.#saved, delay(LAST_WAIT_MS)]).then(() => this.#resolveEndNow(exitCode))
  }

  #first(signal: Signal): void {
    this.#signal = signal
    this.#receivedAt = performance.now()
    if (this.#stops.size === 0) return this.#resolveEndNow(exitCodeOf(signal))
    this.#saved = Promise.allSettled([...this.#stops].map((stop) => stop()))
    void this.#saved.then(() => this.#resolveStopped())
  }

  /**
   * The result of `work`. After a signal has stopped it, `work` has `patience` ms to report what is saved.
   * @throws Interrupted if it does not end by then
   */
  async unless<Result>(work: Promise<Result>, patience: number): Promise<Result> {
    const interrupted = this.stopped.then(() => delay(patience)).then(() => { throw new Interrupted(this.#signal!) })
    return Promise.race([work, interrupted])
  }
}

const delay = (ms: number) => new Promise<void>((resolve) => { setTimeout(resolve, ms).unref() })
