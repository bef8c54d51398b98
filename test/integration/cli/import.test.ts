import { copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeLargeLibrary } from '../../fixtures/large-library.ts'
import { inProcess } from './program.ts'

let dir: string
let crate: string
const inDir = (name: string) => path.join(dir, name)
const chalcogen = (library: string, ...args: string[]) => inProcess(args, dir, inDir(library))

beforeAll(async () => {
  dir = mkdtempSync(path.join(os.tmpdir(), 'chalcogen-'))
  makeLargeLibrary(inDir('full.chalcogen'), { runs: 2, snapshots: 0 })
  const { code, err } = await chalcogen('full.chalcogen', 'export', '0run00000000', '0run00000001', '--format', 'crate', '--out', inDir('out'))
  expect(code, err).toBe(0)
  crate = inDir(`out/${readdirSync(inDir('out'))[0]}`)
})
afterAll(() => rmSync(dir, { recursive: true }))

test('a dry run of an import says what it would do, and creates no library', async () => {
  for (const source of [crate, inDir('full.chalcogen')]) {
    const { code, out } = await chalcogen('none.chalcogen', 'import', source, '--dry-run')
    expect(code).toBe(0)
    expect(out.split('\n')).toEqual([
      '2 runs would be imported.', expect.stringMatching(/^ {2}0run00000000 sweep 0 of /), expect.stringMatching(/^ {2}0run00000001 /),
      'Nothing was changed.', '',
    ])
    expect(existsSync(inDir('none.chalcogen'))).toBe(false)
  }
})

test('a dry run names runs that are already there, and leaves the library as it is', async () => {
  copyFileSync(inDir('full.chalcogen'), inDir('copy.chalcogen'))
  await chalcogen('copy.chalcogen', 'list')
  const before = readFileSync(inDir('copy.chalcogen'))
  const { out } = await chalcogen('copy.chalcogen', 'import', crate, '--dry-run')
  expect(out).toContain('0 runs would be imported.\n2 runs already in the library:\n  0run00000000 (same id)\n')
  const { out: json } = await chalcogen('copy.chalcogen', 'import', crate, '--dry-run', '--json')
  const runId = '0run00000000'
  expect(JSON.parse(json)).toMatchObject([{ runId, state: 'present', present: runId, damage: null }, { state: 'present' }])
  expect(readFileSync(inDir('copy.chalcogen')).equals(before)).toBe(true)
})

test('a dry run exits with 1 if something is damaged, and names it', async () => {
  const bytes = readFileSync(crate)
  const name = 'runs/0run00000001/run.json'
  // The manifest, which is not packed, has the name first.
  const head = bytes.indexOf(name, bytes.indexOf(name) + 1)
  bytes[head + 200]! ^= 1
  writeFileSync(inDir('damaged.zip'), bytes)
  const { code, out } = await chalcogen('none.chalcogen', 'import', inDir('damaged.zip'), '--dry-run')
  expect(code).toBe(1)
  expect(out).toMatch(/^1 run would be imported\.\n {2}0run00000000 .*\nDamaged, and not imported:\n {2}0run00000001 /)
  expect(out).toContain(`${name} `)
})
