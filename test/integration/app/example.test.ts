import { fileURLToPath } from 'node:url'
import { join } from 'node:path'
import { expect, it, vi } from 'vitest'
import { importExample } from '../../../src-main/app/example.ts'
import { openApp, source } from '../../fixtures/application.ts'
import { temporaryFolder } from '../../fixtures/temporary-folder.ts'

vi.setConfig({ testTimeout: 120_000 })

it('this engine reproduces every number of the example runs', async () => {
  const app = await openApp(join(temporaryFolder(), 'library.chalcogen'))
  expect(await importExample(app, fileURLToPath(source('resources')))).toBeNull()
  const kept = await app.list()
  expect(kept.map(({ name, status }) => [name, status])).toEqual([['Example: on PCM', 'done'], ['Example: digital', 'done']])
  // Their archive is of a version without outcomes, computed times and silent neurons.
  expect(kept.map(({ outcome, secondsComputed }) => [outcome, secondsComputed])).toEqual([['learned', null], ['learned', null]])
  for (const { runId, digest, loss } of kept) {
    expect((await app.get(runId)).epochs[0]!.silent).toBeNull()
    expect(await app.finished(await app.retry(runId))).toMatchObject({ status: 'done', outcome: 'learned', digest, loss })
  }
})
