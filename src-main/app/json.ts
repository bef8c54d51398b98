import { BadInput } from '../contract/problem.ts'

/** @throws BadInput that names `source` and says where the text stops being JSON. */
export function parseJson(text: string, source: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new BadInput(source, [{ path: '', found: (error as SyntaxError).message, allowed: 'a JSON document' }])
  }
}
