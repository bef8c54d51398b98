import Database from 'better-sqlite3'
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, rmdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test, type TestContext } from 'vitest'
import { program } from '../fixtures/built.ts'
import { skipFor, temporaryFolder } from './support.ts'

/** Needs 3.3 GB. */
const large = { scheme: { kind: 'multi-memristor' }, network: { recurrentNeurons: 3000 }, training: { epochs: 1 }, recording: { snapshotEvery: 0, snapshotEnd: false } }

/** A control group with a limit of memory. Skips the test if the system does not allow one. */
function groupOf(bytes: number, context: TestContext): string {
  const folder = `/sys/fs/cgroup/memory/chalcogen-test-${process.pid}`
  try {
    mkdirSync(folder)
    onTestFinished(() => { if (existsSync(folder)) rmdirSync(folder) })
    writeFileSync(join(folder, 'memory.limit_in_bytes'), String(bytes))
    return folder
  } catch {
    return skipFor('only root on Linux with control groups of version 1 can limit memory', context)
  }
}

/** Runs a command of Chalcogen in a shell that has limited itself first. */
const limited = (folder: string, limit: string, ...args: string[]) => spawnSync(
  'sh', ['-c', `${limit} && exec "$@"`, 'sh', process.execPath, program, ...args, '--library', join(folder, 'library.chalcogen')],
  { cwd: folder, encoding: 'utf8' },
)

test('fault 59: a run that needs more than its control group has is refused with the limit, and another one runs', (context) => {
  const group = groupOf(700e6, context)
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'large.json'), JSON.stringify(large))
  const run = (...args: string[]) => limited(folder, `echo $$ > '${join(group, 'cgroup.procs')}'`, ...args)
  const refused = run('run', 'large.json')
  expect({ status: refused.status, signal: refused.signal }).toEqual({ status: 2, signal: null })
  expect(refused.stderr).toMatch(/the run needs .* GB of memory, but .* MB are left for runs/)
  expect(refused.stderr).toContain('by the limit of its control group (cgroup)')
  expect(run('run', 'large.json', '--set', 'network.recurrentNeurons=20')).toMatchObject({ status: 0 })
})

test('fault 59: a plan is refused, and so is a saved run that a larger machine has begun', (context) => {
  const group = groupOf(700e6, context)
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'small.json'), JSON.stringify({ ...large, network: { recurrentNeurons: 20 } }))
  writeFileSync(join(folder, 'sweep.json'), JSON.stringify({ spec: large, axes: [], seeds: [1, 2] }))
  const run = (...args: string[]) => limited(folder, `echo $$ > '${join(group, 'cgroup.procs')}'`, ...args)
  expect(run('sweep', 'sweep.json', '--plan')).toMatchObject({ status: 2, stderr: expect.stringMatching(/runs at the same time need .* of memory/) })
  expect(run('run', 'small.json')).toMatchObject({ status: 0 })
  const db = new Database(join(folder, 'library.chalcogen'))
  onTestFinished(() => void db.close())
  const begun = (status: string) =>
    db.prepare(`UPDATE runs SET spec = json_set(spec, '$.network.recurrentNeurons', 3000), status = ?, owner = NULL`).run(status)
  const saved = () => db.prepare<[], { run_id: string; status: string; error_code: string | null }>('SELECT run_id, status, error_code FROM runs').get()!
  begun('interrupted')
  expect(run('resume', saved().run_id)).toMatchObject({ status: 2, stderr: expect.stringContaining('left for runs by the limit of its control group') })
  expect(saved()).toMatchObject({ status: 'interrupted', error_code: null })
  begun('queued')
  run('queue')
  expect(saved()).toMatchObject({ status: 'interrupted', error_code: 'no-room' })
})

test('fault 59: a run that needs more than ulimit leaves is refused with the limit', (context) => {
  if (process.platform !== 'linux') skipFor('other systems do not tell their limits', context)
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'large.json'), JSON.stringify(large))
  // Node itself needs most of this as address space.
  const { status, stderr } = limited(folder, 'ulimit -d 3000000', 'run', 'large.json')
  expect(status).toBe(2)
  expect(stderr).toMatch(/are left for runs by its limit of data \(ulimit -d\)/)
})
