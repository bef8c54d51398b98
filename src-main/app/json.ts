import { readJson } from '../../src-engine/experiment/document.ts'
import { BadInput } from '../contract/problem.ts'

/** Parse JSON, with or without a byte order mark. @throws BadInput that names `source` and the position of the syntax error */
export function parseJson(text: string, source: string): unknown {
  const json = readJson(text)
  if (!json.ok) throw new BadInput(source, json.problems)
  return json.document
}
