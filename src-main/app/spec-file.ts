import { open } from 'node:fs/promises'
import { MOST_SPEC_BYTES, sizeProblem } from '../../src-engine/experiment/document.ts'
import { BadInput } from '../contract/problem.ts'

/**
 * Read the text of a document that the user chose, such as a spec or a sweep, without a byte order mark. The window and the command
 * line both read documents here.
 * @param name the file as messages should name it
 * @throws BadInput if it is too large or not text; file system errors
 */
export async function readSpecFile(file: string, name = file): Promise<string> {
  const bytes = await readLimited(file, name)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new BadInput(name, [{ path: '', rule: 'must be text in UTF-8', found: '' }])
  }
}

/** Counts what it reads, because a pipe has no size. */
async function readLimited(file: string, name: string): Promise<Buffer> {
  const handle = await open(file)
  try {
    refuseLarge((await handle.stat()).size, name)
    const chunks: Buffer[] = []
    let size = 0
    for await (const chunk of handle.createReadStream({ end: MOST_SPEC_BYTES })) {
      chunks.push(chunk as Buffer)
      size += (chunk as Buffer).length
    }
    refuseLarge(size, name)
    return Buffer.concat(chunks)
  } finally {
    await handle.close()
  }
}

function refuseLarge(size: number, name: string): void {
  const problem = sizeProblem(size)
  if (problem) throw new BadInput(name, [problem])
}
