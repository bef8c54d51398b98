import { MOST_NAMES } from '../../../src-engine/experiment/bounds.ts'
import { JsonSize } from '../../../src-engine/experiment/json-size.ts'
import type { Caps } from './caps.ts'
import { type Place, refusal } from './refusal.ts'

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

function checkJson(bytes: Uint8Array, place: Place, caps: Caps): void {
  const size = new JsonSize()
  size.add(bytes)
  checkSize(size, place, caps)
}

/** @throws BadInput if a document has too many levels or values. A full heap ends the process */
export function checkSize(size: JsonSize, place: Place, { jsonValues, jsonEntries }: Caps): void {
  const excess = size.excess({ values: jsonValues, entries: jsonEntries, names: MOST_NAMES })
  if (excess) throw refusal(place, excess.rule, excess.found)
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
