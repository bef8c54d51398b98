import { BadInput } from '../contract/problem.ts'

/** Parse JSON. @throws BadInput that names `source` and the position of the syntax error */
export function parseJson(text: string, source: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new BadInput(source, [{ path: '', rule: `must be a JSON document. ${(error as SyntaxError).message}`, found: '' }])
  }
}
