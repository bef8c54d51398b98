import { spawnSync } from 'node:child_process'
import { chmodSync, copyFileSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { type Connection, openConnection } from '../../src-main/library/connection.ts'
import { addFullRun } from '../unit/library/support.ts'
import { fixtureV3 } from './dump.ts'
import { temporaryFolder } from './support.ts'

/** The run of the libraries that are made here. */
export const RUN = '0run00000001'

/** The user who owns nothing, and the arguments of setpriv to become that user. */
const NOBODY = '65534'
export const asNobody = ['--reuid', NOBODY, '--regid', NOBODY, '--clear-groups']

/** Creates a library with a run that nobody works on. */
export function library(folder: string): Connection & { file: string } {
  const file = join(folder, 'library.chalcogen')
  const connection = openConnection(file)
  // The owner shares it. The log has the mode that the library had when it was opened.
  for (const name of readdirSync(folder).filter((name) => name.startsWith('library.chalcogen'))) chmodSync(join(folder, name), 0o644)
  addFullRun(connection.db, RUN)
  connection.db.exec(`UPDATE runs SET status = 'stopped', owner = NULL`)
  return { ...connection, file }
}

/** Copies a library of an open connection, as a crash leaves it. */
function crashed(folder: string, parts: string[]): string {
  const { file, close } = library(temporaryFolder())
  for (const part of parts) copyFileSync(file + part, join(folder, `library.chalcogen${part}`))
  close()
  return join(folder, 'library.chalcogen')
}

/** Libraries that another user may not write, with the mode of their folder. */
export const places: { what: string; mode: number; make(folder: string): string; arrays?: number }[] = [
  { what: 'in a folder of another user', mode: 0o755, make: (folder) => closed(folder) },
  { what: 'of another user in a shared folder', mode: 0o777, make: (folder) => closed(folder) },
  { what: 'that is in use by its owner', mode: 0o777, make(folder) {
    const { file, close } = library(folder)
    onTestFinished(close)
    return file
  } },
  { what: 'that a killed process left, with its log', mode: 0o777, make: (folder) => crashed(folder, ['', '-wal']) },
  { what: 'that a killed process left, with its log and index', mode: 0o755, make: (folder) => crashed(folder, ['', '-wal', '-shm']) },
  { what: 'of an older version', mode: 0o755, arrays: 0, make(folder) {
    copyFileSync(fixtureV3, join(folder, 'library.chalcogen'))
    return join(folder, 'library.chalcogen')
  } },
]

function closed(folder: string): string {
  const { file, close } = library(folder)
  close()
  return file
}

/** Names, owners, sizes and inodes of the files in a folder. */
export const filesOf = (folder: string) => readdirSync(folder).sort().map((name) => {
  const { uid, size, ino } = statSync(join(folder, name))
  return [name, uid, size, ino]
})

/** The folder as a disk that may not be written, until the test ends; null if it cannot be mounted. */
export function readOnlyView(folder: string): string | null {
  const disk = temporaryFolder()
  const mount = (...args: string[]) => spawnSync('mount', args).status === 0
  if (!mount('--bind', folder, disk)) return null
  onTestFinished(() => { spawnSync('umount', ['-l', disk]) })
  return mount('-o', 'remount,ro,bind', disk) ? disk : null
}
