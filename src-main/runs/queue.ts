import os from 'node:os'
import type { Priority } from '../contract/sweep.ts'

export interface Waiting {
  id: string
  priority: Priority
}

interface Job extends Waiting {
  run: () => Promise<void>
}

const ranks: Readonly<Record<Priority, number>> = { high: 0, normal: 1, low: 2 }

/** A run is one thread of pure arithmetic: as many as there are cores. The window and the library need little beside. */
export const defaultSlots = () => os.availableParallelism()

/** By priority, then in the order of their coming or the one that was asked for; `slots` at a time, none while it is held. */
export class RunQueue {
  readonly #waiting: Job[] = []
  readonly #changed: () => void
  #slots: number
  #held: boolean
  #running = 0

  /** @param changed told whenever what waits, or how, is another */
  constructor(slots: number, { held = false, changed = () => {} }: { held?: boolean; changed?: () => void } = {}) {
    this.#slots = slots
    this.#held = held
    this.#changed = changed
  }

  get slots(): number {
    return this.#slots
  }

  /** Those that run go on; fewer are begun until there are as few. */
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

  /** In the order in which they will begin. */
  get waiting(): readonly Waiting[] {
    return this.#waiting
  }

  /** @param run must not reject. */
  add({ id, priority }: Waiting, run: () => Promise<void>, first = false): void {
    if (first) this.#waiting.unshift({ id, priority, run })
    else this.#waiting.push({ id, priority, run })
    this.#sort()
  }

  /** Takes a job out that has not begun; false where it has, or never was. */
  remove(id: string): boolean {
    const place = this.#waiting.findIndex((job) => job.id === id)
    if (place < 0) return false
    this.#waiting.splice(place, 1)
    this.#changed()
    return true
  }

  /** Those that are not named come behind them. */
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

  #sort(): void {
    this.#waiting.sort((a, b) => ranks[a.priority] - ranks[b.priority])
    this.#advance()
  }

  #advance(): void {
    while (!this.#held && this.#running < this.#slots && this.#waiting.length > 0) {
      this.#running++
      void this.#waiting.shift()!.run().finally(() => {
        this.#running--
        this.#advance()
      })
    }
    this.#changed()
  }
}
