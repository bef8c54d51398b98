import path from 'node:path'
import { EXAMPLE } from '../../src-engine/experiment/tasks/signal.ts'
import { BadInput } from '../contract/problem.ts'
import { type FileAccess, filesBelow } from './file-access.ts'
import { parseJson } from './json.ts'
import { readSpecFile } from './spec-file.ts'
import { readSpecSource } from './spec-source.ts'
import { expandOrRefuse } from './sweeps.ts'

/** A sweep document with its experiment, and the files that it may name. */
export interface SweepSource {
  document: unknown
  access: FileAccess
}

/**
 * Read and validate a sweep document from a file. If its `spec` is a string, it names a preset or a spec file next to it.
 * @param where `access` says which files a document of a folder may name; by default those below it
 * @returns null if there is no such file
 * @throws BadInput
 */
export async function readSweepSource(
  word: string, where: { resourcesDir: string; cwd: string; access?: (folder: string) => FileAccess },
): Promise<SweepSource | null> {
  const file = path.resolve(where.cwd, word)
  const text = await readText(file, word)
  if (text === null) return null
  const document = parseJson(text, word)
  const access = (where.access ?? filesBelow)(path.dirname(file))
  const whole = hasNamedSpec(document)
    ? { ...document, spec: await namedSpec(document.spec, access, where.resourcesDir) }
    : document
  await expandOrRefuse(whole, word)
  return { document: whole, access }
}

async function readText(file: string, word: string): Promise<string | null> {
  try {
    return await readSpecFile(file, word)
  } catch (error) {
    if (error instanceof BadInput) throw error
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw new BadInput(word, [{ path: '', rule: `cannot be read: ${(error as Error).message}`, found: '' }])
  }
}

/**
 * The experiment in another file. Its relative signal file starts there, so it is rewritten to start at the sweep.
 * @throws BadInput if it cannot be read
 */
export async function namedSpec(word: string, access: FileAccess, resourcesDir: string): Promise<unknown> {
  const sweepDir = access.baseDir
  const { document, baseDir } = await readSpecSource(word, { resourcesDir, cwd: sweepDir, mayRead: access.mayRead })
  if (!hasSignalFile(document) || baseDir === sweepDir) return document
  const { file } = document.task
  if (path.isAbsolute(file) || file.startsWith(EXAMPLE)) return document
  return { ...document, task: { ...document.task, file: path.relative(sweepDir, path.resolve(baseDir, file)) } }
}

const isGroup = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

const hasNamedSpec = (document: unknown): document is { spec: string } => isGroup(document) && typeof document.spec === 'string'

const hasSignalFile = (document: unknown): document is { task: { file: string } } =>
  isGroup(document) && isGroup(document.task) && typeof document.task.file === 'string'
