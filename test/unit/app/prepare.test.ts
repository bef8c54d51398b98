import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { prepareSpec } from '../../../src-main/app/prepare.ts'
import { readPresets } from '../../../src-main/app/presets.ts'

let dir: string
beforeAll(() => {
  dir = mkdtempSync(path.join(os.tmpdir(), 'chalcogen-'))
  for (const folder of ['specs', 'resources/data', 'resources/presets/group']) mkdirSync(path.join(dir, folder), { recursive: true })
  writeFileSync(path.join(dir, 'specs/mine.csv'), 'level\n1\n2\n')
  writeFileSync(path.join(dir, 'resources/data/shipped.csv'), 'level\n3\n4\n')
})
afterAll(() => rmSync(dir, { recursive: true }))

const prepare = (task: object) =>
  prepareSpec({ task }, { source: 'test', baseDir: path.join(dir, 'specs'), resourcesDir: path.join(dir, 'resources') })

test.each([
  ['mine.csv', [1, 2]],
  ['../specs/mine.csv', [1, 2]],
  ['example:shipped.csv', [3, 4]],
])('the samples of %s are embedded', async (file, samples) => {
  expect((await prepare({ kind: 'signal', file })).task).toMatchObject({ samples })
})

test('samples that are there already need no file', async () => {
  expect((await prepare({ kind: 'signal', file: 'gone.csv', samples: [5, 6] })).task).toMatchObject({ samples: [5, 6] })
})

test.each(['example:../presets/x.csv', 'example:', 'example:..'])('%s is no example', async (file) => {
  await expect(prepare({ kind: 'signal', file })).rejects.toThrow('task.file')
})

test.each([
  [{ file: 'gone.csv' }, { path: 'task.file', found: 'no such file' }],
  [{ file: 'mine.exe' }, { path: 'task.file', allowed: '.csv or .npy' }],
  [{ file: 'bad.csv', column: 'level' }, { path: 'task.column', found: "'calm' in row 2, column 'level'" }],
  [{ file: 'mine.csv', column: 'depth' }, { path: 'task.column', found: "'depth'", allowed: "'level'" }],
])('what is wrong with the signal of %j is told by its setting', async (signal, problem) => {
  writeFileSync(path.join(dir, 'specs/bad.csv'), 'level\ncalm\n2\n')
  await expect(prepare({ kind: 'signal', ...signal })).rejects.toMatchObject({ name: 'BadInput', problems: [problem] })
})

test('a preset is named by its path; one that is broken is named too', async () => {
  const resourcesDir = path.join(dir, 'resources')
  const file = path.join(resourcesDir, 'presets/group/one.json')
  const preset = { title: 'One', description: 'd', provenance: 'p', spec: { seed: 3 } }
  writeFileSync(file, JSON.stringify(preset))
  expect(await readPresets(resourcesDir)).toMatchObject([{ id: 'group/one', title: 'One', spec: { seed: 3, preset: 'group/one' } }])
  writeFileSync(file, JSON.stringify({ ...preset, titel: 'One' }))
  await expect(readPresets(resourcesDir)).rejects.toThrow(/preset group\/one[^]*titel/)
})
