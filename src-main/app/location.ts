import { mkdirSync, readFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import * as z from 'zod'
import { writeFileAtomically } from '../transfer/write-file.ts'
import { BadInput, problemsOf } from '../contract/problem.ts'
import { parseJson } from './json.ts'

interface Host {
  platform: NodeJS.Platform
  home: string
  env: Record<string, string | undefined>
}

const thisHost = (): Host => ({ platform: process.platform, home: os.homedir(), env: process.env })

const placeSchema = z.strictObject({ libraryFile: z.string().min(1).refine(path.isAbsolute, 'an absolute path') })

/**
 * Where the library lies unless the user says otherwise: CHALCOGEN_LIBRARY, where it was last moved to, or the platform's place for
 * a user's data.
 * @throws BadInput where the note of the move is damaged: another library must not pass for the moved one
 */
export function defaultLibraryFile(host: Host = thisHost()): string {
  return host.env.CHALCOGEN_LIBRARY || movedTo(noteFile(host)) || path.join(userDataDir(host), 'library.chalcogen')
}

/** Notes for both doors that the usual library was moved; of a library that was named each time, whoever names it knows. */
export async function rememberMove(from: string, to: string, host: Host = thisHost()): Promise<void> {
  const usual = defaultLibraryFile({ ...host, env: { ...host.env, CHALCOGEN_LIBRARY: undefined } })
  if (path.resolve(from) !== path.resolve(usual)) return
  mkdirSync(userDataDir(host), { recursive: true })
  await writeFileAtomically(noteFile(host), `${JSON.stringify({ libraryFile: to }, null, 2)}\n`)
}

const noteFile = (host: Host) => path.join(userDataDir(host), 'place.json')

function movedTo(note: string): string | null {
  const text = textOf(note)
  if (text === null) return null
  const document = parseJson(text, note)
  const parsed = placeSchema.safeParse(document)
  if (!parsed.success) throw new BadInput(note, problemsOf(parsed.error, document))
  return parsed.data.libraryFile
}

function textOf(file: string): string | null {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}

function userDataDir({ platform, home, env }: Host): string {
  if (platform === 'win32') return path.join(env.APPDATA || path.join(home, 'AppData', 'Roaming'), 'Chalcogen')
  if (platform === 'darwin') return path.join(home, 'Library', 'Application Support', 'Chalcogen')
  return path.join(env.XDG_DATA_HOME || path.join(home, '.local', 'share'), 'chalcogen')
}
