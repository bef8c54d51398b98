import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { BadInput } from '../contract/problem.ts'
import { parseJson } from './json.ts'
import { nearest } from '../../src-engine/spec/nearest.ts'
import { readPresets } from './presets.ts'

/** A spec as the user gave it, before validation. */
export interface SpecSource {
  document: unknown
  /** Name of the file or preset, for messages. */
  source: string
  /** Folder that relative signal files start from. */
  baseDir: string
}

/**
 * Read the spec that a command-line argument names: a preset id or a JSON file.
 * @throws BadInput if it is neither
 */
export async function readSpecSource(word: string, where: { resourcesDir: string; cwd: string }): Promise<SpecSource> {
  const presets = await readPresets(where.resourcesDir)
  const preset = presets.find(({ id }) => id === word)
  if (preset) return { document: preset.spec, source: `preset ${word}`, baseDir: where.cwd }
  const file = path.resolve(where.cwd, word)
  const text = await readTextFile(file, word, presets.map(({ id }) => id))
  return { document: parseJson(text, word), source: word, baseDir: path.dirname(file) }
}

async function readTextFile(file: string, word: string, presets: string[]): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    const near = nearest(word, presets)
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT'
    const advice = near ? `Did you mean ${near}?` : 'Run chalcogen presets to list the presets'
    const reason = missing ? 'is not a file or a preset' : `cannot be read: ${(error as Error).message}`
    throw new BadInput(word, [{ path: '', rule: `${reason}. ${advice}`, found: '' }])
  }
}
