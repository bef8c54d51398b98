/** Memory that the arrays of snapshots may take, bytes. */
const MOST_BYTES = 96 * 2 ** 20

interface Sized {
  bytes: number
}

/** What was read last, up to a number of bytes. What was not used for longest is forgotten first. */
export class ArrayCache<Info extends Sized, Value> {
  readonly #entries = new Map<string, { bytes: number; value: Promise<Value> }>()
  readonly #most: number
  #bytes = 0
  constructor(most = MOST_BYTES) {
    this.#most = most
  }

  /** The value of a key, which `read` reads if it is not here. A failure is not kept. */
  get(key: string, info: Info, read: (info: Info) => Promise<Value>): Promise<Value> {
    const found = this.#entries.get(key)
    if (found) {
      this.#entries.delete(key)
      this.#entries.set(key, found)
      return found.value
    }
    const value = read(info)
    this.#entries.set(key, { bytes: info.bytes, value })
    this.#bytes += info.bytes
    value.catch(() => this.#forget(key))
    for (const oldest of this.#entries.keys()) {
      if (this.#bytes <= this.#most || oldest === key) break
      this.#forget(oldest)
    }
    return value
  }

  #forget(key: string): void {
    this.#bytes -= this.#entries.get(key)?.bytes ?? 0
    this.#entries.delete(key)
  }
}
