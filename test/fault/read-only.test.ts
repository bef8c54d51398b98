import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it, type TestContext, vi } from 'vitest'
import { openConnection } from '../../src-main/library/connection.ts'
import { asNobody, filesOf, library, places, readOnlyView, RUN } from './places.ts'
import { skipFor, temporaryFolder } from './support.ts'

vi.setConfig({ testTimeout: 60_000 })

const program = fileURLToPath(new URL('fixtures/reads-library.ts', import.meta.url))

interface Found {
  readOnly: string | null
  runIds: string[]
  arrays: number
  findings: string[]
}

/** Reads a library in a process of a user who owns nothing, or of this one. */
function read(file: string, user: 'nobody' | 'root'): Found {
  const args = user === 'nobody' ? [...asNobody, process.execPath, program, file] : [program, file]
  const { stdout, stderr } = spawnSync(user === 'nobody' ? 'setpriv' : process.execPath, args, {
    encoding: 'utf8', cwd: '/', env: { ...process.env, NODE_COMPILE_CACHE: undefined },
  })
  if (stdout === '') throw new Error(stderr)
  return JSON.parse(stdout) as Found
}

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
  const folder = temporaryFolder()
  const { file, close } = library(folder)
  close()
  const disk = readOnlyView(folder) ?? skipFor('only root on Linux can mount a folder read-only', context)
  expect(read(join(disk, 'library.chalcogen'), 'root')).toMatchObject({ readOnly: expect.stringContaining('not writable'), runIds: [RUN], arrays: 1, findings: [] })
  expect(filesOf(folder).map(([name]) => name)).toEqual(['library.chalcogen'])
  expect(existsSync(file)).toBe(true)
})
