import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { end, inProcess, start } from './program.ts'

const spec = {
  task: { kind: 'sinusoids', patterns: 1, steps: 60, inputChannels: 8 }, network: { recurrentNeurons: 8 }, training: { epochs: 1 },
}

function newPlace() {
  const folder = mkdtempSync(join(os.tmpdir(), 'diagnostics-'))
  writeFileSync(join(folder, 'spec.json'), JSON.stringify(spec))
  return { folder, library: join(folder, 'library.chalcogen'), logs: join(folder, 'logs') }
}

test('prints versions, settings, runs by status and the log of earlier commands, without personal paths', async () => {
  const { folder, library, logs } = newPlace()
  // The folder of the test is the home of its user.
  const env = { CHALCOGEN_LOGS: logs, HOME: folder, USERPROFILE: folder }
  const run = (...args: string[]) => end(start(args, folder, library, env))
  await run('run', 'spec.json')
  await run('show', 'nonesuch12')
  const { code, out } = await run('diagnostics')
  expect(code).toBe(0)
  expect(out).toContain(`- Node: ${process.versions.node}\n`)
  expect(out).toMatch(/- SQLite: 3\.\d+/)
  expect(out).toContain('- File: ~/library.chalcogen\n')
  expect(out).toMatch(/## Settings of the library\n\n- budget: 20000000000\n/)
  expect(out).toMatch(/## Runs by status\n\n- done: 1\n/)
  expect(out).toMatch(/info \[command line \d+\] Start: Chalcogen \S+ run, Node/)
  expect(out).toMatch(/info \[command line \d+\] Library opened: ~\/library\.chalcogen/)
  expect(out).toMatch(/info \[command line \d+\] End: Chalcogen \S+, exit code 0\./)
  expect(out).toMatch(/error \[command line \d+\] The command failed: no-run/)
  expect(out).not.toContain(folder)
  expect(readFileSync(join(logs, 'chalcogen.log'), 'utf8')).not.toContain(folder)
})

test('says so if there is no library, or one that cannot be opened', async () => {
  const { folder, library } = newPlace()
  const missing = await inProcess(['diagnostics'], folder, library)
  expect(missing).toMatchObject({ code: 0, out: expect.stringContaining('There is no library yet.') })
  writeFileSync(library, 'no database at all, but long enough to be looked at'.repeat(40))
  const refused = await inProcess(['diagnostics', '--json'], folder, library)
  expect((JSON.parse(refused.out) as { text: string }).text).toContain('The library could not be opened (not-a-database).')
})

test('a command works where its log cannot be written', async () => {
  const { folder, library, logs } = newPlace()
  writeFileSync(logs, 'a file is in the way')
  const { code, out, err } = await end(start(['list'], folder, library, { CHALCOGEN_LOGS: logs }))
  expect({ code, out, err }).toMatchObject({ code: 0, err: '' })
})
