import os from 'node:os'

interface Job {
  id: string
  run: () => Promise<void>
}

/** A run is one thread of pure arithmetic: as many as there are cores. The window and the library need little beside. */
export const defaultSlots = () => os.availableParallelism()

/** First in, first out, `slots` at a time. */
export class RunQueue {
  readonly #slots: number
  readonly #waiting: Job[] = []
  #running = 0

  constructor(slots: number) {
    this.#slots = slots
  }

  /** @param run must not reject. */
  add(id: string, run: () => Promise<void>): void {
    this.#waiting.push({ id, run })
    this.#advance()
  }

  /** Takes a job out that has not begun; false where it has, or never was. */
  remove(id: string): boolean {
    const place = this.#waiting.findIndex((job) => job.id === id)
    if (place < 0) return false
    this.#waiting.splice(place, 1)
    return true
  }

  #advance(): void {
    while (this.#running < this.#slots && this.#waiting.length > 0) {
      this.#running++
      void this.#waiting.shift()!.run().finally(() => {
        this.#running--
        this.#advance()
      })
    }
  }
}
