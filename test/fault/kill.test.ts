import Database from 'better-sqlite3'
import { copyFileSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, test, vi } from 'vitest'
import { Stream } from '../../src-engine/random/stream.ts'
import type { App, StoredRun } from '../../src-main/app/app.ts'
import { dumpOf, fixtureV1, fixtureV3 } from './dump.ts'
import { busy, check, exitOf, lineOf, openApp, startProcess, startRun, temporaryFolder, thorough } from './support.ts'

vi.setConfig({ testTimeout: 600_000 })

const KILLS = thorough ? 60 : 6
const RESUMES = thorough ? 20 : 3
const MOST_EPOCHS = 24
const LONGEST_DELAY_MS = 60

/** When the processes are killed: after a number of epochs, so that it suits any machine, and a delay that any statement can fall into. */
const lives = (count: number) => Array.from({ length: count }, (_, index) => {
  const random = new Stream(1, 'initial weight', index)
  return { epochs: Math.floor(random.uniform(0, 0) * MOST_EPOCHS), delay: random.uniform(0, 1) * LONGEST_DELAY_MS }
})

/** Reads the output of a process: the last acknowledged epoch of each run. */
function listen(child: ReturnType<typeof startProcess>): Map<string, number> {
  const acknowledged = new Map<string, number>()
  let rest = ''
  child.stdout!.on('data', (text: Buffer) => {
    const lines = (rest + text.toString()).split('\n')
    rest = lines.pop()!
    for (const line of lines) {
      const [what, runId, epoch] = line.split(' ')
      if (what === 'epoch') acknowledged.set(runId!, Number(epoch))
    }
  })
  return acknowledged
}

/** Resolves after this many epochs, or when the process ends because its run has no more. */
async function epochsOf(child: ReturnType<typeof startProcess>, epochs: number): Promise<void> {
  let seen = 0
  const isLast = (line: string) => (epochs === 0 ? line === 'open' : line.startsWith('epoch ') && ++seen === epochs)
  await Promise.race([lineOf(child, isLast).catch(() => {}), exitOf(child)])
}

test(`fault 11: after kill -9 at ${KILLS} random times, the library is intact, no checkpoint is partial, and nothing acknowledged is lost`, async () => {
  const library = join(temporaryFolder(), 'library.chalcogen')
  const spec = JSON.stringify({ ...busy, training: { epochs: 100 }, recording: { snapshotEvery: 3, checkpointEvery: 0.02 } })
  let unfinished = 0
  for (const { epochs, delay } of lives(KILLS)) {
    const child = startProcess('laboratory.ts', [library, spec])
    const acknowledged = listen(child)
    await epochsOf(child, epochs)
    await new Promise((resolve) => setTimeout(resolve, delay))
    child.kill('SIGKILL')
    await exitOf(child)
    const { findings } = await check(library)
    expect(findings).toEqual([])
    const app = await openApp(library)
    for (const summary of await app.list()) {
      expect(summary.status).toMatch(/interrupted|queued|done/)
      expect(summary.epochsDone).toBeGreaterThanOrEqual(acknowledged.get(summary.runId) ?? 0)
      if (summary.status === 'interrupted') unfinished++
      // All epochs of a checkpoint were saved before it.
      expect(summary.epochsDone).toBeGreaterThanOrEqual(Math.floor((summary.checkpoint ?? 0) / 2))
    }
    await app.close()
  }
  expect(unfinished).toBeGreaterThan(KILLS / 4)
})

/** The hashes of all stored arrays by epoch, kind and name. */
const hashes = ({ arrays }: StoredRun) => new Map(arrays.map(({ epoch, kind, name, sha256 }) => [`${epoch} ${kind} ${name}`, sha256]))

async function uninterrupted(): Promise<StoredRun> {
  const app = await openApp(join(temporaryFolder(), 'library.chalcogen'))
  const runId = await startRun(app)
  await app.finished(runId)
  return app.get(runId)
}

async function resumed(app: App): Promise<StoredRun> {
  const { runId, status } = (await app.list())[0]!
  if (status !== 'done') await app.resume(runId)
  await app.finished(runId)
  return app.get(runId)
}

test(`fault 12: a run resumed after kill -9 at ${RESUMES} points has the snapshots, epochs and digest of an uninterrupted run`, async () => {
  const whole = await uninterrupted()
  const { epochs } = busy.training
  for (let point = 0; point < RESUMES; point++) {
    const library = join(temporaryFolder(), 'library.chalcogen')
    const child = startProcess('laboratory.ts', [library, JSON.stringify(busy)])
    const at = 1 + Math.floor((point * (epochs - 2)) / RESUMES)
    await lineOf(child, (line) => line.startsWith('epoch ') && Number(line.split(' ')[2]) >= at)
    child.kill('SIGKILL')
    await exitOf(child)
    const app = await openApp(library)
    // Only the time since the last saved epoch is lost.
    const { secondsComputed } = (await app.list())[0]!
    expect(secondsComputed).toBeGreaterThan(0)
    const detail = await resumed(app)
    expect(detail.summary.secondsComputed).toBeGreaterThanOrEqual(secondsComputed!)
    expect(detail.summary).toMatchObject({ status: 'done', digest: whole.summary.digest })
    expect(hashes(detail)).toEqual(hashes(whole))
    expect(detail.epochs).toEqual(whole.epochs)
    await app.close()
  }
})

describe('fault 14: a kill during a migration', () => {
  const fixtures = [
    { from: 1, fixture: fixtureV1, runs: 5 },
    { from: 3, fixture: fixtureV3, runs: 3 },
  ]
  const cases = fixtures.flatMap((one) => ['before', 'inside', 'after'].map((when) => ({ ...one, when })))

  it.for(cases)('from version $from, $when the step, leaves the old or the new version, nothing in between', async ({ from, fixture, runs, when }) => {
    const library = join(temporaryFolder(), 'library.chalcogen')
    copyFileSync(fixture, library)
    const before = dumpOf(library)
    const child = startProcess('killed-in-migration.ts', [library, when])
    await exitOf(child)
    expect(child.signalCode).toBe('SIGKILL')
    // Open a copy, because SQLite would recover the file itself when it opens it.
    const copy = `${library}.copy`
    for (const part of ['', '-wal']) if (existsSync(library + part)) copyFileSync(library + part, copy + part)
    const version = new Database(copy).pragma('user_version', { simple: true })
    expect(version).toBe(when === 'after' ? from + 1 : from)
    if (version === from) expect(dumpOf(copy)).toEqual(before)
    const app = await openApp(library)
    expect(await app.list()).toHaveLength(runs)
    await app.close()
    expect((await check(library)).findings).toEqual([])
  })
})
