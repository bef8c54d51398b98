/** Ring buffer of the last `capacity` items of a stream. */
export class Recent<T> {
  readonly capacity: number
  readonly #items: T[] = []
  #next = 0

  constructor(capacity: number) {
    this.capacity = capacity
  }

  push(item: T): void {
    this.#items[this.#next] = item
    this.#next = (this.#next + 1) % this.capacity
  }

  /** Oldest first. */
  toArray(): T[] {
    return this.#items.length < this.capacity
      ? [...this.#items]
      : [...this.#items.slice(this.#next), ...this.#items.slice(0, this.#next)]
  }
}
