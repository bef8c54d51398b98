import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import type { App } from '../../../src-main/app/app.ts'
import { busy, openApp, startRun } from '../../fixtures/application.ts'
import { temporaryFolder } from '../../fixtures/temporary-folder.ts'
import { fixtureV3 } from '../../fault/dump.ts'

vi.setConfig({ testTimeout: 60_000 })

const newLibrary = () => join(temporaryFolder(), 'library.chalcogen')

/** A copy of a library of version 3, whose runs have no outcome. */
function libraryOfVersion3(): string {
  const file = newLibrary()
  copyFileSync(fixtureV3, file)
  return file
}

const outcomesIn = async (app: App) => (await app.list()).map(({ name, outcome, reasons }) => [name, outcome, reasons])

const judged = [
  ['learned, resumed', 'learned', []],
  ['silent', 'silent', ['no spikes']],
  ['diverged', 'diverged', []],
]

test('the runs of an earlier version are judged once, on request', async () => {
  const app = await openApp(libraryOfVersion3())
  let changes = 0
  app.events.on('library.changed', () => { changes++ })
  expect((await app.list()).map(({ outcome }) => outcome)).toEqual([null, null, null])
  await Promise.all([app.judgeOutcomes(), app.judgeOutcomes()])
  await app.judgeOutcomes()
  expect(await outcomesIn(app)).toEqual(judged)
  expect(changes).toBe(1)
  expect((await app.check(false)).findings).toEqual([])
})

test('an open window judges them in the background', async () => {
  const app = await openApp(libraryOfVersion3(), { resident: true })
  await vi.waitUntil(async () => (await app.list()).every(({ outcome }) => outcome !== null), 10_000)
  expect(await outcomesIn(app)).toEqual(judged)
})

test('a run has an outcome when it has finished, and none before or if it is stopped', async () => {
  const app = await openApp(newLibrary(), { slots: 1 })
  const silent = { ...busy, network: { ...busy.network, threshold: 1000 }, training: { epochs: 2 } }
  const finished = await app.finished(await startRun(app, silent))
  expect(finished).toMatchObject({ status: 'done', outcome: 'silent', reasons: expect.arrayContaining(['no spikes']) })
  expect((await app.get(finished.runId)).epochs.map(({ silent: share }) => share)).toEqual([1, 1])
  const runId = await startRun(app, { ...busy, training: { epochs: 5000 } })
  await vi.waitUntil(async () => (await app.get(runId)).summary.epochsDone > 2, 10_000)
  expect((await app.get(runId)).summary).toMatchObject({ status: 'running', outcome: null, reasons: [] })
  await app.stop(runId)
  expect((await app.get(runId)).summary).toMatchObject({ status: 'stopped', outcome: null, reasons: [] })
})

test('the computed time of a run leaves out its pause, and adds up over resumes', async () => {
  const PAUSE_MS = 1500
  const app = await openApp(newLibrary())
  const runId = await startRun(app, { ...busy, training: { epochs: 400 } })
  await vi.waitUntil(async () => (await app.get(runId)).summary.epochsDone > 20, 10_000)
  const running = (await app.get(runId)).summary
  expect(running).toMatchObject({ status: 'running', secondsComputed: expect.any(Number) })
  await app.pause(runId)
  const paused = (await app.get(runId)).summary
  expect(paused.status).toBe('paused')
  expect(paused.secondsComputed).toBeGreaterThan(running.secondsComputed!)
  await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
  await app.resume(runId)
  const { status, secondsComputed, startedAt, endedAt, secondsPerSequence } = await app.finished(runId)
  const between = (Date.parse(endedAt!) - Date.parse(startedAt!)) / 1000
  expect(status).toBe('done')
  expect(secondsComputed).toBeGreaterThan(paused.secondsComputed!)
  expect(secondsComputed).toBeGreaterThan(secondsPerSequence! * 400)
  expect(secondsComputed).toBeLessThan(between - PAUSE_MS / 1000)
})
