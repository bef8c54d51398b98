import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { BadInput } from '../contract/problem.ts'
import { parseJson } from './json.ts'
import { nearest } from './nearest.ts'
import { readPresets } from './presets.ts'

/** A spec as it was given, before any check. */
export interface SpecSource {
  document: unknown
  /** For messages: the file or the preset. */
  source: string
  /** Where a relative signal file starts. */
  baseDir: string
}

/**
 * The spec that a word on the command line means: a preset's id or a JSON file.
 * @throws BadInput where it is neither
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
    throw new BadInput(word, [{
      path: '',
      found: missing ? 'no such file or preset' : (error as Error).message,
      allowed: near ? `did you mean ${near}?` : 'a JSON file, or a preset (list them with: chalcogen presets)',
    }])
  }
}
