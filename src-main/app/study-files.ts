import { existsSync } from 'node:fs'
import { mkdir, readdir } from 'node:fs/promises'
import path from 'node:path'
import { nearest } from '../../src-engine/experiment/nearest.ts'
import type { StudySettings } from '../../src-engine/study/settings.ts'
import type { Study } from '../../src-engine/study/study.ts'
import { BadInput } from '../contract/problem.ts'
import { safeFileName } from '../transfer/safe-name.ts'
import { writeFileAtomically } from '../transfer/write-file.ts'
import { readDocument, type ReadDocument } from './documents.ts'

/** A study that can be run. */
export interface NamedStudy {
  /** Name of its file without `.json`. */
  id: string
  /** True if it is one of the user's own. */
  own: boolean
  study: Study
  /** Settings that a search found, from the file that the study names. */
  settings: StudySettings | null
}

/** Folders of studies: shipped with the application, and the user's own beside the library. */
export interface StudyFolders {
  shipped: string
  own: string
  /** Reads documents; by default in this thread. */
  read?: ReadDocument
}

/** @param id of a study that would be lost */
export type MayReplace = (id: string) => Promise<boolean>

/** Ending of the files with settings, which lie beside their studies. */
const SETTINGS = '.settings.json'

/** Shipped studies, then the user's own, each sorted by id. Files that are not valid are listed with their error. */
export async function listStudies(folders: StudyFolders): Promise<(NamedStudy | { id: string; own: boolean; error: string })[]> {
  const files = [...await studyFiles(folders.shipped, false), ...await studyFiles(folders.own, true)]
  return Promise.all(files.map(async ({ file, ...named }) => {
    try {
      return { ...named, ...await readStudyFile(file, named.id, folders.read) }
    } catch (error) {
      return { ...named, error: (error as Error).message }
    }
  }))
}

/**
 * Find a study by its id, or read it from a file.
 * @param cwd folder that a relative file starts from; null to accept ids only
 * @throws BadInput if it is neither, or not valid
 */
export async function findStudy(word: string, folders: StudyFolders, cwd: string | null): Promise<NamedStudy> {
  const files = [...await studyFiles(folders.shipped, false), ...await studyFiles(folders.own, true)]
  const known = files.find(({ id }) => id === word)
  if (known) return { id: known.id, own: known.own, ...await readStudyFile(known.file, `study ${word}`, folders.read) }
  const missing = noStudy(word, files.map(({ id }) => id))
  if (cwd === null) throw missing
  const file = path.resolve(cwd, word)
  try {
    return { id: path.basename(file, '.json'), own: true, ...await readStudyFile(file, word, folders.read) }
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === 'ENOENT' ? missing : error
  }
}

function noStudy(word: string, ids: readonly string[]): BadInput {
  const near = nearest(word, ids)
  const advice = near ? `Did you mean ${near}?` : `The studies are ${ids.join(', ')}`
  return new BadInput(word, [{ path: '', rule: `is not a file or a study. ${advice}`, found: '' }])
}

/**
 * Copy a study from a file to the user's own, with its settings.
 * @param mayReplace whether it may take the place of the own study with its id
 * @returns its id; null if it may not. @throws BadInput if it is not valid
 */
export async function importStudy(file: string, folders: StudyFolders, mayReplace: MayReplace): Promise<string | null> {
  const { study, settings } = await readStudyFile(file, path.basename(file), folders.read)
  const id = safeFileName(path.basename(file, '.json'))
  if ((await studyFiles(folders.shipped, false)).some((shipped) => shipped.id === id)) {
    throw new BadInput(path.basename(file), [{ path: '', rule: 'has the name of a shipped study. Rename the file', found: '' }])
  }
  const taken = [`${id}.json`, ...(settings ? [study.settings!] : [])].some((name) => existsSync(path.join(folders.own, name)))
  if (taken && !await mayReplace(id)) return null
  await mkdir(folders.own, { recursive: true })
  if (settings) await writeFileAtomically(path.join(folders.own, study.settings!), text(settings))
  await writeFileAtomically(path.join(folders.own, `${id}.json`), text(study))
  return id
}

const text = (document: object) => `${JSON.stringify(document, null, 2)}\n`

async function studyFiles(dir: string, own: boolean): Promise<{ id: string; own: boolean; file: string }[]> {
  const names = await readdir(dir).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw error
  })
  return names.filter((name) => name.endsWith('.json') && !name.endsWith(SETTINGS)).sort()
    .map((name) => ({ id: name.slice(0, -'.json'.length), own, file: path.join(dir, name) }))
}

/** @throws BadInput; a file system error if there is no such file */
async function readStudyFile(file: string, name: string, read: ReadDocument = readDocument): Promise<Pick<NamedStudy, 'study' | 'settings'>> {
  const study = await read('study', { file, name })
  if (study.settings === undefined) return { study, settings: null }
  const settings = await readSettings(path.join(path.dirname(file), study.settings), read)
  if (settings === null) throw new BadInput(study.settings, [{ path: '', rule: 'must be a file beside the study', found: '' }])
  return { study, settings }
}

/** Settings that a search has saved; null if there is no such file. @throws BadInput */
export async function readSettings(file: string, read: ReadDocument = readDocument): Promise<StudySettings | null> {
  try {
    return await read('settings', { file, name: path.basename(file) })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}
