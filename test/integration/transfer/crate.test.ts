import { execFile } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { writeCrate } from '../../../src-main/transfer/crate/crate.ts'
import { skipFor } from '../../fault/support.ts'
import { pythonWith } from '../../fixtures/python.ts'
import { temporaryFolder } from '../../fixtures/temporary-folder.ts'
import { memoryLibrary, run } from '../../unit/transfer/archive/support.ts'

const page = readFileSync(new URL('../../../docs/exports.md', import.meta.url), 'utf8')

it('Python reads a crate as the page shows', async (context) => {
  const python = await pythonWith('zipfile') ?? skipFor('needs Python', context)
  const code = [...page.matchAll(/```python\n([\s\S]*?)```/g)].map(([, code]) => code!).find((code) => code.includes('ro-crate-metadata'))!
  const dir = temporaryFolder()
  const runs = ['0run0000a', '0run0000b'].map((runId) => run({ runId, name: 'first try', endedAt: '2026-03-01T13:00:00.000Z' }))
  const source = { ...memoryLibrary(runs), armsOf: async () => [] }
  const [crate] = await writeCrate(source, ['0run0000a', '0run0000b'], { dir, stem: 'some', about: { application: '1.2.3' }, onRun() {} })
  const script = join(dir, 'example.py')
  writeFileSync(script, code)
  const { stdout } = await promisify(execFile)(python, [script, crate!])
  const line = 'first try http://schema.org/CompletedActionStatus 2026-03-01T13:00:00.000Z'
  expect(stdout.trim().split(/\r?\n/)).toEqual([line, line, '2 runs'])
})
