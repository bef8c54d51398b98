import Database from 'better-sqlite3'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import type { App } from '../../../src-main/app/app.ts'
import { sha256Of } from '../../../src-main/library/codec.ts'
import { requireReadable } from '../../../src-main/library/library.ts'
import { openApp } from '../../fixtures/application.ts'
import { temporaryFolder } from '../../fixtures/temporary-folder.ts'

vi.setConfig({ testTimeout: 120_000 })

const NUMBERS = Array.from({ length: 400 }, (_, index) => Number((Math.sin(index / 50) + 0.01 * (index % 7)).toFixed(5)))
const KEPT = { count: NUMBERS.length, sha256: sha256Of(new Uint8Array(Float64Array.from(NUMBERS).buffer)) }
const small = {
  task: { kind: 'signal', file: 'x.csv', patterns: 2, steps: 50, inputChannels: 10 }, network: { recurrentNeurons: 10 },
  scheme: { kind: 'fp32' }, training: { epochs: 2 },
}
const files = { baseDir: '/', mayRead: async () => false }

interface Spec { task: { samples: unknown } }
const specOf = async (app: App, runId: string) => requireReadable(await app.get(runId)).spec as unknown as Spec

async function printed(app: App, runId: string, samples: boolean): Promise<Spec> {
  let text = ''
  for await (const piece of app.runAsJson(runId, { samples })) text += piece
  return (JSON.parse(text) as { spec: Spec }).spec
}

/** A library with two runs of one signal. */
async function withRuns() {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'x.csv'), `y\n${NUMBERS.join('\n')}\n`)
  const library = join(folder, 'library.chalcogen')
  const app = await openApp(library)
  const ids: string[] = []
  for (const seed of [1, 2]) ids.push(await app.start(await app.prepare({ ...small, seed }, 'test', folder)))
  for (const runId of ids) expect(await app.finished(runId)).toMatchObject({ status: 'done' })
  // Judging a run needs the targets of its task.
  for (const { outcome } of await app.summaries(ids)) expect(outcome).not.toBeNull()
  const db = new Database(library, { readonly: true })
  return { folder, app, ids, kept: () => db.prepare('SELECT sha256, count FROM samples').all() }
}

test('runs of one signal share its samples, and what leaves the library has them in itself', async () => {
  const { folder, app, ids: [first, second], kept } = await withRuns()
  expect(kept()).toEqual([{ sha256: KEPT.sha256, count: KEPT.count }])
  expect((await specOf(app, first!)).task.samples).toEqual(KEPT)
  expect((await printed(app, first!, true)).task.samples).toEqual(NUMBERS)
  expect((await printed(app, first!, false)).task.samples).toBe('400 numbers. Show them with --samples')
  const document = await app.documentText({ ...await specOf(app, first!), name: 'a "b" $& c' })
  expect(JSON.parse(document)).toMatchObject({ name: 'a "b" $& c', task: { samples: NUMBERS } })

  const [json] = await app.exportRuns([first!], 'json', folder)
  expect((JSON.parse(readFileSync(json!, 'utf8')) as { runs: { spec: Spec }[] }).runs[0]!.spec.task.samples).toEqual(NUMBERS)
  await app.exportRuns([first!], 'csv', join(folder, 'tables'))
  const [archive] = await app.exportRuns([first!, second!], 'archive', folder)
  const theirs = await openApp(join(folder, 'theirs.chalcogen'))
  expect(await theirs.importRuns(archive!)).toMatchObject({ imported: 2 })
  expect((await specOf(theirs, second!)).task.samples).toEqual(KEPT)
  expect((await printed(theirs, second!, true)).task.samples).toEqual(NUMBERS)
  expect(await theirs.verifyRuns([first!])).toMatchObject([{ result: 'same' }])
  // The same runs under other ids are recognised, although the archive has them with their samples.
  const again = await openApp(join(folder, 'again.chalcogen'))
  await again.start(await again.prepare({ ...small, seed: 1 }, 'test', folder)).then(again.finished)
  expect((await again.previewImport(archive!)).map(({ present }) => present !== null)).toEqual([true, false])
})

test('a kept spec is run again, estimated, judged, drawn and planned without the file', async () => {
  const { app, ids: [first] } = await withRuns()
  const retried = await app.retry(first!)
  const [{ digest }, old] = [await app.finished(retried), (await app.summaries([first!]))[0]!]
  expect(digest).toBe(old.digest)
  const spec = await specOf(app, first!)
  const prepared = await app.prepare({ ...spec, seed: 9 }, 'test', files)
  expect(await app.estimate(prepared)).not.toBeNull()
  expect(await app.finished(await app.start(prepared))).toMatchObject({ status: 'done' })
  const check = await app.signals.check(spec, files)
  expect(check).toMatchObject({ problems: [], extra: { disk: 0 }, drawing: { count: 400, columns: [{ name: 'y' }] } })
  expect(check!.drawing!.targets).toHaveLength(2)
  const sweep = { name: 's', spec: spec as never, seeds: [1, 2], axes: [{ kind: 'list' as const, path: 'task.patterns', values: [1, 250] }] }
  await expect(app.sweeps.plan(sweep, false)).rejects.toThrow('each pattern needs two of the 400 samples')
  const id = await app.sweeps.start({ ...sweep, axes: [{ kind: 'list', path: 'task.patterns', values: [1, 3] }] })
  await app.sweeps.finished(id)
  expect((await app.list()).filter((run) => run.sweep?.sweepId === id).map(({ status }) => status)).toEqual(['done', 'done', 'done', 'done'])
  const { arms } = (await app.sweeps.compare(id, null))!
  expect(arms.map(({ runs }) => runs.length)).toEqual([2, 2])
})

test('samples leave with the last run, and a draft that refers to them says so', async () => {
  const { app, ids, kept } = await withRuns()
  const spec = await specOf(app, ids[0]!)
  for (const runId of ids) {
    expect(kept()).toHaveLength(1)
    await app.shelve([runId], 'trash')
    await app.deleteRuns([runId])
  }
  expect(kept()).toEqual([])
  const problem = 'The library does not have the samples of the signal. Choose the file of the signal again.'
  await expect(app.start(await app.prepare(spec, 'test', files))).rejects.toThrow(problem)
  expect(await app.signals.check(spec, files)).toMatchObject({ problems: [{ path: 'task.file', rule: `must be chosen again. ${problem}` }], drawing: null })
})
