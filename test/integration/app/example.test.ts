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
  expect(kept.map(({ outcome, preset }) => [outcome, preset]))
    .toEqual([['learned', 'pattern-generation/mixed-precision'], ['learned', 'pattern-generation/fp32']])
  for (const { runId, digest, loss } of kept) {
    expect(await app.finished(await app.retry(runId))).toMatchObject({ status: 'done', outcome: 'learned', digest, loss })
  }
})
