import os from 'node:os'
import type { Priority } from '../contract/sweep.ts'

export interface Waiting {
  id: string
  priority: Priority
}

export interface Job extends Waiting {
  /** Must not reject. */
  run: () => Promise<void>
}

const ranks: Readonly<Record<Priority, number>> = { high: 0, normal: 1, low: 2 }

/** One run per core: a run is one thread of pure arithmetic, and the window and the library need little CPU. */
export const defaultSlots = () => os.availableParallelism()

/**
 * Queue of runs: by priority, then first in, first out, unless reordered. Runs `slots` at a time, and none while it is on hold.
 * Guests are other work that needs a slot. They start after all runs that can start.
 */
export class RunQueue {
  #waiting: Job[] = []
  readonly #guests: (() => Promise<void>)[] = []
  readonly #changed: () => void
  #slots: number
  #held: boolean
  #running = 0

  /** @param changed called whenever the queue or its settings change */
  constructor(slots: number, { held = false, changed = () => {} }: { held?: boolean; changed?: () => void } = {}) {
    this.#slots = slots
    this.#held = held
    this.#changed = changed
  }

  get slots(): number {
    return this.#slots
  }

  /** Running runs continue. If there are too many, no run starts until enough have ended. */
  set slots(slots: number) {
    this.#slots = slots
    this.#advance()
  }

  get held(): boolean {
    return this.#held
  }

  set held(held: boolean) {
    this.#held = held
    this.#advance()
  }

  /** In the order in which they will start. */
  get waiting(): readonly Waiting[] {
    return this.#waiting
  }

  /** Adds jobs in their order, at the front or the end of their priority. */
  add(jobs: readonly Job[], first = false): void {
    this.#waiting = first ? [...jobs, ...this.#waiting] : [...this.#waiting, ...jobs]
    this.#sort()
  }

  /** Removes jobs that have not started. @returns their ids; those that have started or are unknown are left out */
  remove(ids: readonly string[]): string[] {
    const named = new Set(ids)
    const gone = this.#waiting.filter(({ id }) => named.has(id))
    if (gone.length === 0) return []
    this.#waiting = this.#waiting.filter(({ id }) => !named.has(id))
    this.#changed()
    return gone.map(({ id }) => id)
  }

  /** Puts jobs in this order. Jobs that are not listed follow them. */
  order(ids: readonly string[]): void {
    const places = new Map(ids.map((id, place) => [id, place]))
    const placeOf = ({ id }: Job) => places.get(id) ?? Infinity
    this.#waiting.sort((a, b) => (placeOf(a) === placeOf(b) ? 0 : placeOf(a) - placeOf(b)))
    this.#sort()
  }

  prioritise(ids: readonly string[], priority: Priority): void {
    const named = new Set(ids)
    for (const job of this.#waiting) if (named.has(job.id)) job.priority = priority
    this.#sort()
  }

  /** Runs a job that is not a run, in a slot that no run needs. A hold is for runs only. */
  asGuest<Result>(job: () => Promise<Result>): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.#guests.push(() => job().then(resolve, reject))
      this.#advance()
    })
  }

  #sort(): void {
    this.#waiting.sort((a, b) => ranks[a.priority] - ranks[b.priority])
    this.#advance()
  }

  #advance(): void {
    while (!this.#held && this.#hasSlot && this.#waiting.length > 0) this.#start(this.#waiting.shift()!.run)
    while (this.#hasSlot && this.#guests.length > 0) this.#start(this.#guests.shift()!)
    this.#changed()
  }

  get #hasSlot(): boolean {
    return this.#running < this.#slots
  }

  #start(run: () => Promise<void>): void {
    this.#running++
    void run().finally(() => {
      this.#running--
      this.#advance()
    })
  }
}
