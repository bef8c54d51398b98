import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { createImports } from '../../src-main/app/import-runs.ts'
import { readHeader } from '../../src-main/library/header.ts'
import type { Library } from '../../src-main/library/library.ts'
import { skipFor, temporaryFolder } from './support.ts'

it('a pipe is refused where a file is opened, and nothing waits for it', async (context) => {
  const pipe = join(temporaryFolder(), 'pipe.chalcogen')
  if (spawnSync('mkfifo', [pipe]).status !== 0) skipFor('this system has no named pipes', context)
  const library = { file: join(temporaryFolder(), 'own.chalcogen') } as Library
  writeFileSync(library.file, '')
  const imports = createImports({ library, worker: 'none', onWork: () => {} })
  for (const call of [imports.run, imports.preview]) await expect(call(pipe)).rejects.toMatchObject({ problems: [{ rule: expect.stringContaining('a pipe') }] })
  expect(() => readHeader(pipe)).toThrow('This is not a file')
}, 10_000)
