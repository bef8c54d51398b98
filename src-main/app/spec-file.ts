import { readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { sizeProblem } from '../../src-engine/spec/document.ts'
import { BadInput } from '../contract/problem.ts'

/** The text of a file that may be a spec; a byte order mark is left out. @throws BadInput where it is too large or no text */
export async function readSpecFile(file: string): Promise<string> {
  const { size } = await stat(file)
  const problem = sizeProblem(size)
  if (problem) throw new BadInput(path.basename(file), [problem])
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(await readFile(file))
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    throw new BadInput(path.basename(file), [{ path: '', found: 'bytes that are no UTF-8', allowed: 'a text in UTF-8' }])
  }
}
