import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test, type TestContext, vi } from 'vitest'
import { requireWhole } from '../../src-main/library/backup.ts'
import { openConnection } from '../../src-main/library/connection.ts'
import { openLibrary } from '../../src-main/library/library.ts'
import { addFullRun, addRuns } from '../unit/library/support.ts'
import { lineOf, skipFor, startProcess, temporaryFolder, thorough } from './support.ts'
import { builtFile } from '../fixtures/built.ts'

vi.setConfig({ testTimeout: 60_000 })

const RUN = '0run00000001'

/** A library of several steps of a backup. */
function largeLibrary(): string {
  const file = join(temporaryFolder(), 'library.chalcogen')
  const { db, close } = openConnection(file)
  addFullRun(db, RUN)
  db.exec(`
    UPDATE runs SET status = 'stopped', owner = NULL;
    UPDATE arrays SET data = zeroblob(6000000);
  `)
  close()
  return file
}

test('fault 41: beside a process that never stops writing, archive, settings and backup succeed', async () => {
  const file = largeLibrary()
  const library = await openLibrary({ file, worker: builtFile('library/library.worker') })
  onTestFinished(() => library.close())
  const child = startProcess('keeps-writing.ts', [file])
  await lineOf(child, (line) => line === 'writing')
  for (let time = 0; time < 10; time++) {
    await library.shelve([RUN], 'archive')
    await library.configure({ backupEvery: time })
    await library.shelve([RUN], 'library')
  }
  const backup = await library.backUp('asked')
  requireWhole(backup.file)
  child.stdin!.end()
})

/** Runs a fixture in a space of its own: a host name, or the pids of a container. */
function inSpace(flags: string[], what: 'own' | 'list', file: string, context: TestContext): ChildProcess {
  if (spawnSync('unshare', [...flags, 'true']).status !== 0) skipFor('only root on Linux can make a container', context)
  const program = fileURLToPath(new URL('fixtures/opens-library.ts', import.meta.url))
  const child = spawn('unshare', [...flags, process.execPath, program, what, file], { stdio: ['pipe', 'pipe', 'inherit'] })
  onTestFinished(() => { child.kill('SIGKILL') })
  return child
}

const statuses = async (child: ChildProcess) => (await lineOf(child, (line) => line.startsWith('listed'))).replace('listed ', '')

const renamed = (name: string) => ['--uts', 'sh', '-c', `hostname ${name}; exec "$@"`, 'sh']
const container = ['--pid', '--fork', '--kill-child', '--mount-proc']

const moves: [what: string, owner: string[], other: string[]][] = [
  ['the machine gets another name', renamed('before'), renamed('after')],
  ['it is looked at from another container', container, container],
  ...thorough ? [['it lives outside of the container that looks at it', renamed('same'), container] as [string, string[], string[]]] : [],
]

test.for(moves)('fault 48: a run keeps its owner when %s, until the owner is gone', async ([, owners, others], context) => {
  const file = join(temporaryFolder(), 'library.chalcogen')
  const owner = inSpace(owners, 'own', file, context)
  await lineOf(owner, (line) => line === 'owns')
  expect(await statuses(inSpace(others, 'list', file, context))).toBe('running')
  // A killed process does not close the library.
  owner.kill('SIGKILL')
  await new Promise((resolve) => owner.once('close', resolve))
  expect(await statuses(inSpace(others, 'list', file, context))).toBe('interrupted')
})

test('a command that only reads does not wait for a program that has locked the library', async () => {
  const file = largeLibrary()
  const { db, close } = openConnection(file)
  addRuns(db, '0run00000002')
  const library = await openLibrary({ file, worker: builtFile('library/library.worker') })
  onTestFinished(() => library.close())
  db.exec('BEGIN IMMEDIATE')
  expect(await library.interruptUnfinished()).toBe(0)
  expect(await library.list()).toHaveLength(2)
  db.exec('ROLLBACK')
  close()
})
