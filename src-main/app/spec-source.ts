import path from 'node:path'
import { specIn } from '../../src-engine/experiment/document.ts'
import { BadInput } from '../contract/problem.ts'
import { parseJson } from './json.ts'
import { nearest } from '../../src-engine/experiment/nearest.ts'
import { readPresets } from './presets.ts'
import { readSpecFile } from './spec-file.ts'

/** A spec as the user gave it, before validation. */
export interface SpecSource {
  document: unknown
  /** Name of the file or preset, for messages. */
  source: string
  /** Folder that relative signal files start from. */
  baseDir: string
}

/**
 * Read the spec that a command-line argument names: a preset id, or a JSON file with a spec or one exported run.
 * @param where `cwd` is the folder that a relative file starts from
 * @throws BadInput if it is neither
 */
export async function readSpecSource(word: string, where: { resourcesDir: string; cwd: string }): Promise<SpecSource> {
  const presets = await readPresets(where.resourcesDir)
  const preset = presets.find(({ id }) => id === word)
  if (preset) return { document: preset.spec, source: `preset ${word}`, baseDir: where.cwd }
  const file = path.resolve(where.cwd, word)
  const text = await readTextFile(file, word, presets.map(({ id }) => id))
  const spec = specIn(parseJson(text, word))
  if (!spec.ok) throw new BadInput(word, spec.problems)
  return { document: spec.document, source: word, baseDir: path.dirname(file) }
}

async function readTextFile(file: string, word: string, presets: string[]): Promise<string> {
  try {
    return await readSpecFile(file, word)
  } catch (error) {
    if (error instanceof BadInput) throw error
    const near = nearest(word, presets)
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT'
    const advice = near ? `Did you mean ${near}?` : 'Run chalcogen presets to list the presets'
    const reason = missing ? 'is not a file or a preset' : `cannot be read: ${(error as Error).message}`
    throw new BadInput(word, [{ path: '', rule: `${reason}. ${advice}`, found: '' }])
  }
}
