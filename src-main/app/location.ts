import { mkdirSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import * as z from 'zod'
import { BadInput, problemsOf } from '../contract/problem.ts'
import { realFile, textOf, writeDurably } from '../library/files.ts'
import { removeDraftsOf, removeLeftovers } from '../library/leftovers.ts'
import { refuseLongPath } from '../library/path-length.ts'
import { recover } from '../library/unfinished.ts'
import { parseJson } from './json.ts'

interface Host {
  platform: NodeJS.Platform
  home: string
  env: Record<string, string | undefined>
}

const thisHost = (): Host => ({ platform: process.platform, home: os.homedir(), env: process.env })

const placeSchema = z.strictObject({ libraryFile: z.string().min(1).refine(path.isAbsolute, 'must be an absolute path') })

/**
 * Path of the default library: CHALCOGEN_LIBRARY, else the place it was last moved to, else the platform's folder for user data.
 * @throws BadInput if the record of the move is damaged, because another library must not replace the moved one
 */
export function defaultLibraryFile(host: Host = thisHost()): string {
  return host.env.CHALCOGEN_LIBRARY || movedTo(noteFile(host)) || path.join(userDataDir(host), 'library.chalcogen')
}

/**
 * Prepare a library for opening: finish or take back a move or a restore that an ended process left unfinished, and delete what it
 * left behind.
 * @returns its real path, without links
 */
export function readyLibrary(file: string, host: Host = thisHost()): string {
  refuseLongPath(file)
  const ready = recover(file, (from, to) => noteMove(from, to, host))
  removeLeftovers(ready)
  removeDraftsOf(noteFile(host))
  return ready
}

/** Record for both front ends that the default library was moved. A library that the user names each time needs no record. */
export function noteMove(from: string, to: string, host: Host = thisHost()): void {
  const defaultFile = defaultLibraryFile({ ...host, env: { ...host.env, CHALCOGEN_LIBRARY: undefined } })
  if (from !== realFile(defaultFile)) return
  mkdirSync(userDataDir(host), { recursive: true })
  writeDurably(noteFile(host), `${JSON.stringify({ libraryFile: to }, null, 2)}\n`)
}

/** Folder of the logs: CHALCOGEN_LOGS, else one in the platform's folder for user data. */
export const logFolder = (host: Host = thisHost()) => host.env.CHALCOGEN_LOGS || path.join(userDataDir(host), 'logs')

const noteFile = (host: Host) => path.join(userDataDir(host), 'place.json')

function movedTo(note: string): string | null {
  const text = textOf(note)
  if (text === null) return null
  const document = parseJson(text, note)
  const parsed = placeSchema.safeParse(document)
  if (!parsed.success) throw new BadInput(note, problemsOf(parsed.error, document))
  return parsed.data.libraryFile
}

function userDataDir({ platform, home, env }: Host): string {
  if (platform === 'win32') return path.join(env.APPDATA || path.join(home, 'AppData', 'Roaming'), 'Chalcogen')
  if (platform === 'darwin') return path.join(home, 'Library', 'Application Support', 'Chalcogen')
  return path.join(env.XDG_DATA_HOME || path.join(home, '.local', 'share'), 'chalcogen')
}
