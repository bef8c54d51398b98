import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { end, start as startIn, untilTrained } from './program.ts'

vi.setConfig({ testTimeout: 600_000 })

let dir: string
beforeEach(() => { dir = mkdtempSync(path.join(os.tmpdir(), 'chalcogen-')) })
afterEach(() => rmSync(dir, { recursive: true }))

const rehearsal = ['--epochs', '1', '--seeds', '1']
const library = () => path.join(dir, 'library.chalcogen')
const start = (...flags: string[]) => startIn(['reproduce', 'paper', ...rehearsal, '--out', 'report', ...flags], dir, library())

const textOf = (file: string) => readFileSync(path.join(dir, 'report', file), 'utf8')

// That its bytes are those of an uninterrupted study is tested with a small one (study.test.ts).
test('reports on every run of the paper after being killed and started again', async () => {
  const child = start()
  const ended = end(child)
  await untilTrained(child, library(), 20)
  child.kill('SIGKILL')
  await ended
  const again = await end(start())
  expect(again.code, again.err).toBe(0)
  const { parts } = JSON.parse((await end(start('--plan', '--json'))).out) as { parts: { title: string; runs: number }[] }
  for (const { title } of parts) expect(textOf('results.md')).toContain(`## ${title}\n`)
  // Runs that count to another budget are listed again, but have not run again.
  const lines = textOf('results/runs.csv').trim().split('\n').filter((line) => !line.startsWith('write-energy,'))
  expect(lines).toHaveLength(1 + parts.reduce((sum, { runs }) => sum + runs, 0))
})

test('refuses an unknown study by name', async () => {
  const { code, err } = await end(startIn(['reproduce', 'papper'], dir, path.join(dir, 'none.chalcogen')))
  expect(code).toBe(2)
  expect(err).toContain('papper is not a file or a study. Did you mean paper?')
})
