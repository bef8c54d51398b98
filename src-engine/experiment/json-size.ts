/** Most nesting levels of a document. Ours have about five. */
export const MOST_LEVELS = 32

/** Limits of a JSON document. */
export interface JsonLimits {
  /** Number of values: numbers, strings, arrays and objects. */
  values: number
  /** Number of values in one array or object. */
  entries: number
  /** Number of names in one object. Many take seconds to parse. */
  names: number
}

/**
 * Counts the levels and values of a document that comes in pieces, before JSON.parse, whose result can be thirty times as large and
 * takes seconds for millions of groups or levels.
 */
export class JsonSize {
  #level = 0
  #levels = 0
  #values = 1
  /** Commas of each open array or object, and which of them are objects. */
  readonly #open: number[] = []
  readonly #isGroup: boolean[] = []
  #entries = 0
  #names = 0

  /** @param bytes a piece that splits no string */
  add(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length; at++) {
      const byte = bytes[at]
      if (byte === QUOTE) at = endOfText(bytes, at)
      else if (byte === COMMA) {
        this.#values++
        const entries = 1 + (this.#open[this.#level] = (this.#open[this.#level] ?? 0) + 1)
        this.#entries = Math.max(this.#entries, entries)
        if (this.#isGroup[this.#level]) this.#names = Math.max(this.#names, entries)
      }
      else if (byte === GROUP_END || byte === LIST_END) this.#level--
      else if (byte === GROUP || byte === LIST) {
        this.#values++
        this.#levels = Math.max(this.#levels, ++this.#level)
        if (this.#level > MOST_LEVELS) continue
        this.#open[this.#level] = 0
        this.#isGroup[this.#level] = byte === GROUP
      }
    }
  }

  /** What there is too much of, as a rule and what was found; null if nothing. */
  excess({ values, entries, names }: JsonLimits): { rule: string; found: string } | null {
    if (this.#levels > MOST_LEVELS) return { rule: `must have at most ${MOST_LEVELS} levels`, found: `${this.#levels} levels` }
    if (this.#values > values) return { rule: `must have at most ${values} values`, found: `${this.#values} values` }
    if (this.#entries > entries) return { rule: `must have at most ${entries} values in one list or group`, found: `${this.#entries} values` }
    return this.#names > names ? { rule: `must have at most ${names} names in one group`, found: `${this.#names} names` } : null
  }
}

const [QUOTE, BACKSLASH, COMMA, GROUP, GROUP_END, LIST, LIST_END] = Array.from('"\\,{}[]', (character) => character.charCodeAt(0))

function endOfText(bytes: Uint8Array, start: number): number {
  let at = start + 1
  while (at < bytes.length && bytes[at] !== QUOTE) at += bytes[at] === BACKSLASH ? 2 : 1
  return at
}
