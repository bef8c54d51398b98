import type { Row } from '../csv.ts'

/** Collects the rows of a table and passes them on in blocks of a fixed size. */
export class RowBlocks {
  readonly #size: number
  readonly #write: (rows: readonly Row[]) => Promise<void>
  #rows: Row[] = []

  constructor(size: number, write: (rows: readonly Row[]) => Promise<void>) {
    this.#size = size
    this.#write = write
  }

  async add(rows: readonly Row[]): Promise<void> {
    for (const row of rows) {
      this.#rows.push(row)
      if (this.#rows.length === this.#size) await this.flush()
    }
  }

  async flush(): Promise<void> {
    if (this.#rows.length === 0) return
    const rows = this.#rows
    this.#rows = []
    await this.#write(rows)
  }
}
