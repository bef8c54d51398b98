/** Values of a statement. A query is text from outside, so nothing of it becomes SQL: each value is bound by a name. */
export class Binder {
  readonly #names = new Map<string | number, string>()

  /** By name, for better-sqlite3. */
  get values(): Record<string, string | number> {
    return Object.fromEntries([...this.#names].map(([value, name]) => [name, value]))
  }

  /** The name of the value in SQL: '@v0'. */
  bind(value: string | number): string {
    const name = this.#names.get(value) ?? `v${this.#names.size}`
    this.#names.set(value, name)
    return `@${name}`
  }

  /** '(@v0, @v1)' */
  bindAll(values: readonly (string | number)[]): string {
    return `(${values.map((value) => this.bind(value)).join(', ')})`
  }
}
