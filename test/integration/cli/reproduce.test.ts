import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { end, start as startIn, untilTrained } from './program.ts'

vi.setConfig({ testTimeout: 600_000 })

let dir: string
beforeEach(() => { dir = mkdtempSync(path.join(os.tmpdir(), 'chalcogen-')) })
afterEach(() => rmSync(dir, { recursive: true }))

const rehearsal = ['--epochs', '1', '--seeds', '1']
const start = (name: string) =>
  startIn(['reproduce', 'paper', ...rehearsal, '--out', name], dir, path.join(dir, `${name}.chalcogen`))

const report = (name: string) => Object.fromEntries(
  readdirSync(path.join(dir, name), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => {
    const file = path.join(entry.parentPath, entry.name)
    return [path.relative(path.join(dir, name), file), readFileSync(file, 'utf8')]
  }))

test('gives a byte-identical report of the paper after being killed and started again', async () => {
  const whole = await end(start('whole'))
  expect(whole.code, whole.err).toBe(0)
  const child = start('cut')
  const ended = end(child)
  await untilTrained(child, path.join(dir, 'cut.chalcogen'), 20)
  child.kill('SIGKILL')
  await ended
  const again = await end(start('cut'))
  expect(again.code, again.err).toBe(0)
  const files = report('whole')
  expect(Object.keys(files)).toEqual(expect.arrayContaining(['results.md']))
  expect(report('cut')).toEqual(files)
  expect(files['results.md']).toContain('Mixed precision')
})

test('refuses an unknown study by name', async () => {
  const { code, err } = await end(startIn(['reproduce', 'papper'], dir, path.join(dir, 'none.chalcogen')))
  expect(code).toBe(2)
  expect(err).toContain('papper is not a file or a study. Did you mean paper?')
})
