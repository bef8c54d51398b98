import { readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { sizeProblem } from '../../src-engine/spec/document.ts'
import { BadInput } from '../contract/problem.ts'

/** Read a file that may be a spec, without a byte order mark. @throws BadInput if it is too large or not text */
export async function readSpecFile(file: string): Promise<string> {
  const { size } = await stat(file)
  const problem = sizeProblem(size)
  if (problem) throw new BadInput(path.basename(file), [problem])
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(await readFile(file))
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    throw new BadInput(path.basename(file), [{ path: '', rule: 'must be text in UTF-8', found: '' }])
  }
}
