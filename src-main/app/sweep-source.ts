import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { BadInput } from '../contract/problem.ts'
import { parseJson } from './json.ts'
import { readSpecSource } from './spec-source.ts'
import { expandOrRefuse } from './sweeps.ts'

/**
 * Read and validate a sweep document from a file. If its `spec` is a string, it names a preset or a spec file next to it.
 * @returns null if there is no such file
 * @throws BadInput
 */
export async function readSweepSource(word: string, where: { resourcesDir: string; cwd: string }): Promise<unknown> {
  const file = path.resolve(where.cwd, word)
  const text = await readText(file, word)
  if (text === null) return null
  const document = parseJson(text, word)
  const whole = hasNamedSpec(document)
    ? { ...document, spec: await namedSpec(document.spec, file, where.resourcesDir) }
    : document
  await expandOrRefuse(whole, word)
  return whole
}

async function readText(file: string, word: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw new BadInput(word, [{ path: '', rule: `cannot be read: ${(error as Error).message}`, found: '' }])
  }
}

const namedSpec = async (word: string, file: string, resourcesDir: string) =>
  (await readSpecSource(word, { resourcesDir, cwd: path.dirname(file) })).document

const hasNamedSpec = (document: unknown): document is { spec: string } =>
  typeof document === 'object' && document !== null && 'spec' in document && typeof document.spec === 'string'
