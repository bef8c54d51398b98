import { setTimeout as delay } from 'node:timers/promises'
import { LibraryError, type LibraryErrorCode } from '../library/library.ts'

/** Time between two attempts while the disk is full or the library is locked, ms. */
const RETRY_MS = 2000

/** Errors that pass by themselves. */
const passing = new Set<LibraryErrorCode>(['disk-full', 'locked'])

/** Retries of a call after the library worker died. Limited, because the call itself may be the cause. */
const MOST_RESTARTS = 3

export const isPassing = (error: unknown): boolean => error instanceof LibraryError && passing.has(error.code)

const hasWorkerEnded = (error: unknown) => error instanceof LibraryError && error.code === 'worker-ended'

/**
 * Lets the calls that wait for the library try one after another. An attempt on a locked library keeps the library's worker busy for
 * seconds, and others need the library, too.
 */
export class RetryTurns {
  readonly #retryMs: number
  /** Whether the library was locked or full at the last attempt. */
  isBlocked = false
  #last: Promise<unknown> = Promise.resolve()

  constructor(retryMs = RETRY_MS) {
    this.#retryMs = retryMs
  }

  /** Repeats a call after the others that wait and a pause. The pause is left out once one has succeeded. */
  repeat<Result>(call: () => Promise<Result>, signal: AbortSignal): Promise<Result> {
    const repeated = this.#last.then(() => this.#attempt(call, signal))
    this.#last = repeated.catch(() => {})
    return repeated
  }

  async #attempt<Result>(call: () => Promise<Result>, signal: AbortSignal): Promise<Result> {
    if (this.isBlocked) await delay(this.#retryMs, null, { signal })
    signal.throwIfAborted()
    const result = await call()
    this.isBlocked = false
    return result
  }
}

/**
 * The way of every read and write of a run's life to the library. While the disk is full or the library is locked, a call waits and is
 * repeated. Any other error rejects.
 */
export class Patience {
  readonly #turns: RetryTurns
  readonly #onWait: (reason: string | null) => void
  readonly #end = new AbortController()
  /** Why calls wait now; null if none does. */
  #failure: Error | null = null

  /** @param onWait called with the reason when calls have to wait, and with null when they have resumed */
  constructor(turns: RetryTurns, onWait: (reason: string | null) => void = () => {}) {
    this.#turns = turns
    this.#onWait = onWait
  }

  /** Stops retrying. Calls that wait reject now with the reason, and so do later ones as long as none has succeeded. */
  giveUp(): void {
    this.#end.abort()
  }

  async until<Result>(call: () => Promise<Result>): Promise<Result> {
    const { signal } = this.#end
    if (signal.aborted && this.#failure !== null) throw this.#failure
    let attempt = call
    for (let restarts = 0; ;) {
      try {
        const result = await attempt()
        this.#turns.isBlocked = false
        this.#wait(null)
        return result
      } catch (error) {
        const mayPass = isPassing(error) || (hasWorkerEnded(error) && ++restarts <= MOST_RESTARTS)
        this.#turns.isBlocked = mayPass
        // After `giveUp`, calls that would have to wait are not attempted any more.
        if (signal.aborted && mayPass) this.#failure = error as Error
        if (!mayPass || signal.aborted) throw error
        this.#wait(error as Error)
        attempt = () => unlessAborted(this.#turns.repeat(call, signal), signal, error)
      }
    }
  }

  #wait(failure: Error | null): void {
    const isNews = failure?.message !== this.#failure?.message
    this.#failure = failure
    if (isNews) this.#onWait(failure?.message ?? null)
  }
}

/** Rejects with `reason` as soon as the signal aborts. */
function unlessAborted<Result>(work: Promise<Result>, signal: AbortSignal, reason: unknown): Promise<Result> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(reason)
    signal.addEventListener('abort', abort, { once: true })
    work.then(resolve, (error) => reject(signal.aborted ? reason : error)).finally(() => signal.removeEventListener('abort', abort))
  })
}
