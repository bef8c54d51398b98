import Database from 'better-sqlite3'
import { readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import type { App } from '../../../src-main/app/app.ts'
import type { LibraryWork } from '../../../src-main/contract/library.ts'
import { busy, openApp, startRun } from '../../fixtures/application.ts'
import { temporaryFolder } from '../../fixtures/temporary-folder.ts'

vi.setConfig({ testTimeout: 60_000 })

const small = { ...busy, training: { epochs: 4 } }
const endless = { ...busy, training: { epochs: 100_000 } }
const newLibrary = () => join(temporaryFolder(), 'library.chalcogen')

async function done(app: App, seed: number): Promise<string> {
  const runId = await startRun(app, { ...small, seed })
  expect(await app.finished(runId)).toMatchObject({ status: 'done' })
  return runId
}

const temporaryLibraries = () => readdirSync(tmpdir()).filter((name) => name.startsWith('chalcogen-verify-'))

/** Changes a library as damage would. */
function change(file: string, statement: string, ...values: unknown[]): void {
  const db = new Database(file)
  db.prepare(statement).run(...values)
  db.close()
}

test('runs that are computed again are the same, differ, or are named with the reason', async () => {
  const file = newLibrary()
  const app = await openApp(file)
  const ids: string[] = []
  for (const seed of [1, 2, 3, 4]) ids.push(await done(app, seed))
  const [same, epoch, digest, engine] = ids as [string, string, string, string]
  const stopped = await startRun(app, endless)
  await app.stop(stopped)
  change(file, 'UPDATE epochs SET loss = loss + 1 WHERE run_id = ? AND epoch = 3', epoch)
  for (const runId of [epoch, digest, engine]) change(file, 'UPDATE runs SET digest = ? WHERE run_id = ?', 'f'.repeat(64), runId)
  change(file, `UPDATE runs SET environment = json_set(environment, '$.engineDigest', 'older') WHERE run_id = ?`, engine)
  const before = await app.list()
  const works: LibraryWork[] = []
  app.events.on('library.work', (work) => works.push(work))
  const results = new Map((await app.verifyRuns([...ids, stopped])).map((one) => [one.runId, one]))
  expect(results.get(same)).toMatchObject({ result: 'same', reason: '', firstDifference: null })
  expect(results.get(same)!.computed).toBe(results.get(same)!.saved)
  expect(results.get(epoch)).toMatchObject({
    result: 'different', saved: 'f'.repeat(64), reason: 'The same engine gave other results.', firstDifference: { epoch: 3, quantity: 'loss' },
  })
  const { saved, computed } = results.get(epoch)!.firstDifference!
  expect(saved - computed).toBeCloseTo(1, 9)
  expect(results.get(digest)).toMatchObject({ result: 'different', firstDifference: null })
  expect(results.get(engine)).toMatchObject({ result: 'other engine', reason: 'Another version of the engine computed the saved results.' })
  expect(results.get(stopped)).toMatchObject({ result: 'not compared', computed: null, reason: 'The run is stopped, so it has no digest.' })
  expect(works.at(-1)).toMatchObject({ task: 'verify', unit: 'sequences', done: 32, total: 32, ended: true })
  expect(await app.list()).toEqual(before)
})

test('waits for the queued runs, can be cancelled, and leaves nothing behind', async () => {
  const kept = temporaryLibraries()
  const app = await openApp(newLibrary(), { slots: 1 })
  const runId = await done(app, 1)
  const [running, queued] = [await startRun(app, endless), await startRun(app, endless)]
  let ended = false
  const verified = app.verifyRuns([runId]).finally(() => { ended = true })
  await expect(app.verifyRuns([runId])).rejects.toMatchObject({ code: 'busy' })
  await app.stop(running)
  await vi.waitFor(() => expect(app.activity()).toEqual({ running: 1, queued: 0 }))
  expect(ended).toBe(false)
  const cancelled = expect(verified).rejects.toMatchObject({ code: 'cancelled' })
  await app.cancel()
  await cancelled
  expect(temporaryLibraries()).toEqual(kept)
  await app.stop(queued)
  expect(await app.verifyRuns([runId])).toMatchObject([{ result: 'same' }])
})

test('a run that is being computed is cancelled, too', async () => {
  const file = newLibrary()
  const app = await openApp(file, { slots: 1 })
  const runId = await done(app, 1)
  change(file, `UPDATE runs SET spec = json_set(spec, '$.training.epochs', 100000) WHERE run_id = ?`, runId)
  const works: LibraryWork[] = []
  app.events.on('library.work', (work) => works.push(work))
  const cancelled = expect(app.verifyRuns([runId])).rejects.toMatchObject({ code: 'cancelled' })
  await vi.waitFor(() => expect(works.some(({ done }) => done > 0)).toBe(true), { timeout: 20_000 })
  await app.cancel()
  await cancelled
  expect(works.at(-1)).toMatchObject({ ended: true })
})
