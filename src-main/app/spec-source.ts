import path from 'node:path'
import { specIn } from '../../src-engine/experiment/document.ts'
import { BadInput } from '../contract/problem.ts'
import { parseJson } from './json.ts'
import { nearest } from '../../src-engine/experiment/nearest.ts'
import { type FileAccess, forbiddenPath } from './file-access.ts'
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
 * @param where `cwd` is the folder that a relative file starts from. `mayRead` says whether a document may name the file
 * @throws BadInput if it is neither
 */
export async function readSpecSource(word: string, where: { resourcesDir: string; cwd: string; mayRead?: FileAccess['mayRead'] }): Promise<SpecSource> {
  const presets = await readPresets(where.resourcesDir)
  const preset = presets.find(({ id }) => id === word)
  if (preset) return { document: preset.spec, source: `preset ${word}`, baseDir: where.cwd }
  const file = path.resolve(where.cwd, word)
  if (where.mayRead) await refuseElsewhere(file, word, where.mayRead)
  const text = await readTextFile(file, word, presets.map(({ id }) => id))
  const spec = specIn(parseJson(text, word))
  if (!spec.ok) throw new BadInput(word, spec.problems)
  return { document: spec.document, source: word, baseDir: path.dirname(file) }
}

/** A document names the file, not the user. @throws BadInput before anything looks at it */
async function refuseElsewhere(file: string, word: string, mayRead: FileAccess['mayRead']): Promise<void> {
  const rule = forbiddenPath(word) ?? forbiddenPath(file) ?? (await mayRead(file) ? null : 'must be below the folder of the sweep that names it, or below another one that you name with --files')
  if (rule !== null) throw new BadInput(word, [{ path: '', rule, found: '' }])
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
