import type { Caps } from './caps.ts'
import { type Place, refusal } from './refusal.ts'

/** Most nesting levels. Our documents have about five. */
const DEEPEST = 32

/**
 * Parse a JSON document from outside.
 * @throws BadInput if it is not JSON, has too many levels or values, or has a name that could reach a prototype
 */
export function readJson(bytes: Uint8Array, place: Place, caps: Caps): unknown {
  checkJson(bytes, place, caps)
  const text = decodeText(bytes, place)
  try {
    return JSON.parse(text, SUSPECT.test(text) ? (name, value: unknown) => checked(name, value, place) : undefined)
  } catch (error) {
    if (error instanceof SyntaxError) throw refusal(place, `must be a JSON document. ${error.message}`)
    throw error
  }
}

/**
 * Check the size of a document before JSON.parse, whose result can be thirty times as large. A full heap ends the process.
 * @throws BadInput if there are too many levels or values
 */
export function checkJson(bytes: Uint8Array, place: Place, caps: Caps): void {
  const size = new JsonSize()
  size.add(bytes)
  size.check(place, caps)
}

/** Counts the levels and values of a document that comes in pieces. */
export class JsonSize {
  #level = 0
  #levels = 0
  #values = 1
  /** Commas of each open array or object. */
  readonly #open: number[] = []
  #entries = 0

  /** @param bytes a piece that splits no string */
  add(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length; at++) {
      const byte = bytes[at]
      if (byte === QUOTE) at = endOfText(bytes, at)
      else if (byte === COMMA) {
        this.#values++
        this.#entries = Math.max(this.#entries, 1 + (this.#open[this.#level] = (this.#open[this.#level] ?? 0) + 1))
      }
      else if (byte === GROUP_END || byte === LIST_END) this.#level--
      else if (byte === GROUP || byte === LIST) {
        this.#values++
        this.#levels = Math.max(this.#levels, ++this.#level)
        if (this.#level <= DEEPEST) this.#open[this.#level] = 0
      }
    }
  }

  /** @throws BadInput if there are too many levels or values */
  check(place: Place, { jsonValues, jsonEntries }: Caps): void {
    if (this.#levels > DEEPEST) throw refusal(place, `must have at most ${DEEPEST} levels`, `${this.#levels} levels`)
    if (this.#values > jsonValues) throw refusal(place, `must have at most ${jsonValues} values`, `${this.#values} values`)
    if (this.#entries > jsonEntries) throw refusal(place, `must have at most ${jsonEntries} values in one list or group`, `${this.#entries} values`)
  }
}

/** Text without a match has no dangerous name. This avoids checking every name, which takes longer than parsing. */
const SUSPECT = /__proto__|constructor|\\u/

function checked(name: string, value: unknown, place: Place): unknown {
  if (name !== '__proto__' && name !== 'constructor') return value
  throw refusal(place, `must not have the name ${name}`)
}

function decodeText(bytes: Uint8Array, place: Place): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw refusal(place, 'must be a JSON document in UTF-8')
  }
}

const [QUOTE, BACKSLASH, COMMA, GROUP, GROUP_END, LIST, LIST_END] = Buffer.from('"\\,{}[]')

function endOfText(bytes: Uint8Array, start: number): number {
  let at = start + 1
  while (at < bytes.length && bytes[at] !== QUOTE) at += bytes[at] === BACKSLASH ? 2 : 1
  return at
}
