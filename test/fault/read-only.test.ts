import { spawnSync } from 'node:child_process'
import { chmodSync, copyFileSync, existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it, onTestFinished, type TestContext, vi } from 'vitest'
import { type Connection, openConnection } from '../../src-main/library/connection.ts'
import { addFullRun } from '../unit/library/support.ts'
import { fixtureV3 } from './dump.ts'
import { skipFor, temporaryFolder } from './support.ts'

vi.setConfig({ testTimeout: 60_000 })

const RUN = '0run00000001'
const NOBODY = '65534'
const program = fileURLToPath(new URL('fixtures/reads-library.ts', import.meta.url))

interface Found {
  readOnly: string | null
  runIds: string[]
  arrays: number
  findings: string[]
}

/** Reads a library in a process of a user who owns nothing, or of this one. */
function read(file: string, user: 'nobody' | 'root'): Found {
  const args = user === 'nobody' ? ['--reuid', NOBODY, '--regid', NOBODY, '--clear-groups', process.execPath, program, file] : [program, file]
  const { stdout, stderr } = spawnSync(user === 'nobody' ? 'setpriv' : process.execPath, args, {
    encoding: 'utf8', cwd: '/', env: { ...process.env, NODE_COMPILE_CACHE: undefined },
  })
  if (stdout === '') throw new Error(stderr)
  return JSON.parse(stdout) as Found
}

function library(folder: string): Connection & { file: string } {
  const file = join(folder, 'library.chalcogen')
  const connection = openConnection(file)
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

const places: { what: string; mode: number; make(folder: string): string; arrays?: number }[] = [
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

const filesOf = (folder: string) => readdirSync(folder).sort().map((name) => {
  const { uid, size, ino } = statSync(join(folder, name))
  return [name, uid, size, ino]
})

it.for(places)('fault 19: a library $what is listed, shown, exported and checked by another user, who leaves nothing', ({ mode, make, arrays = 1 }, context: TestContext) => {
  if (process.getuid?.() !== 0) skipFor('only root can act as another user', context)
  const folder = temporaryFolder()
  const file = make(folder)
  for (const name of readdirSync(folder)) chmodSync(join(folder, name), 0o644)
  chmodSync(folder, mode)
  const before = filesOf(folder)
  const found = read(file, 'nobody')
  expect(found).toMatchObject({ readOnly: expect.stringContaining('not writable'), arrays, findings: [] })
  expect(found.runIds.length).toBeGreaterThan(0)
  expect(filesOf(folder)).toEqual(before)
  // The owner can still write it.
  const again = openConnection(file)
  expect(again.readOnly).toBeNull()
  again.close()
})

it('fault 19: a library on a read-only disk is listed, shown, exported and checked', (context) => {
  const [folder, disk] = [temporaryFolder(), temporaryFolder()]
  const { file, close } = library(folder)
  close()
  const mount = (...args: string[]) => spawnSync('mount', args).status === 0
  if (!mount('--bind', folder, disk)) skipFor('only root on Linux can mount a folder read-only', context)
  onTestFinished(() => { spawnSync('umount', ['-l', disk]) })
  expect(mount('-o', 'remount,ro,bind', disk)).toBe(true)
  expect(read(join(disk, 'library.chalcogen'), 'root')).toMatchObject({ readOnly: expect.stringContaining('not writable'), runIds: [RUN], arrays: 1, findings: [] })
  expect(filesOf(folder).map(([name]) => name)).toEqual(['library.chalcogen'])
  expect(existsSync(file)).toBe(true)
})
