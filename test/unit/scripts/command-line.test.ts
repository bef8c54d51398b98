import { readdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { expect, test, vi } from 'vitest'
import { ensureCommandLine } from '../../../scripts/command-line.ts'
import { program } from '../../fixtures/built.ts'

test('the command line is built once for the same sources, with every file that it starts', async () => {
  expect(await ensureCommandLine()).toBe(program)
  const files = readdirSync(dirname(program), { recursive: true, encoding: 'utf8' })
  expect(files.map((file) => file.replaceAll('\\', '/'))).toEqual(expect.arrayContaining([
    'app/comparison.worker.js', 'app/export.worker.js', 'app/import.worker.js', 'bench/bare-training.js', 'bench/timing.worker.js', 'chalcogen.js', 'app/signal.worker.js', 'library/file.worker.js',
    'library/library.worker.js', 'runs/engine.worker.js',
  ]))
})

test('a build that cannot be saved is refused with what to do', async () => {
  vi.resetModules()
  vi.doMock('node:fs', async (original) => ({
    ...await original<typeof import('node:fs')>(),
    existsSync: () => false,
    mkdirSync: () => { throw Object.assign(new Error('EACCES: permission denied, mkdir \'/opt/chalcogen/out\''), { code: 'EACCES' }) },
  }))
  const unsaved = await import('../../../scripts/command-line.ts')
  await expect(unsaved.ensureCommandLine()).rejects
    .toThrow(/not built yet.*EACCES.*Let a user who may write there run: npm run chalcogen -- --version/)
})
