import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { BadInput } from '../contract/problem.ts'
import { parseJson } from './json.ts'
import { readSpecSource } from './spec-source.ts'
import { expandOrRefuse } from './sweeps.ts'

/**
 * A sweep document from a file, found good. Where its `spec` is a text, that is a preset's id or a spec file beside it.
 * @returns null where there is no such file
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
  expandOrRefuse(whole, word)
  return whole
}

async function readText(file: string, word: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw new BadInput(word, [{ path: '', found: (error as Error).message, allowed: 'a JSON file' }])
  }
}

const namedSpec = async (word: string, file: string, resourcesDir: string) =>
  (await readSpecSource(word, { resourcesDir, cwd: path.dirname(file) })).document

const hasNamedSpec = (document: unknown): document is { spec: string } =>
  typeof document === 'object' && document !== null && 'spec' in document && typeof document.spec === 'string'
