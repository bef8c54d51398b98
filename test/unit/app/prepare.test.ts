import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { FileAccess } from '../../../src-main/app/file-access.ts'
import type { SignalSpec } from '../../../src-engine/experiment/task.ts'
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
  prepareSpec({ task }, { source: 'test', access: path.join(dir, 'specs'), resourcesDir: path.join(dir, 'resources') })

test.each([
  ['mine.csv', [1, 2]],
  ['../specs/mine.csv', [1, 2]],
  ['example:shipped.csv', [3, 4]],
])('embeds the samples of %s', async (file, samples) => {
  expect((await prepare({ kind: 'signal', file })).task).toMatchObject({ samples: Float64Array.from(samples) })
})

test.each([['name', 'first\nsecond'], ['name', '\u001b[2J'], ['name', 'a\u202eb'], ['preset', 'tab\t']])('refuses the %s %j of a new experiment', async (path, text) => {
  const prepared = prepareSpec({ [path]: text }, { source: 'test', access: dir, resourcesDir: dir })
  await expect(prepared).rejects.toMatchObject({ problems: [{ path, rule: 'must be one line of plain text, without control characters' }] })
})

test.each([
  ['../other.csv', 'must be below the folder of the experiment'], ['link.csv', 'must be below the folder of the experiment'],
  ['/etc/hostname', 'must be below the folder of the experiment'],
  ['//server/share/x.csv', 'must be on this computer'], ['\\\\server\\share\\x.csv', 'must be on this computer'], ['\\\\?\\C:\\x.csv', 'must be on this computer'],
  ['/dev/zero', 'must be a file, not a device'], ['/tmp/../proc/self/environ', 'must be a file, not a device'], ['NUL', 'must be a file, not a device'],
])('a document does not make the program look at %s', async (file, rule) => {
  writeFileSync(path.join(dir, 'other.csv'), 'level\nsecret\n')
  rmSync(path.join(dir, 'specs/link.csv'), { force: true })
  symlinkSync(path.join(dir, 'other.csv'), path.join(dir, 'specs/link.csv'))
  await expect(prepare({ kind: 'signal', file })).rejects.toMatchObject({ problems: [{ path: 'task.file', rule: expect.stringContaining(rule) }] })
})

test('another file is read after a yes, but never a network path', async () => {
  writeFileSync(path.join(dir, 'other.csv'), 'level\n7\n8\n')
  const asked: string[] = []
  const access = (answer: boolean): FileAccess => ({ baseDir: path.join(dir, 'specs'), mayRead: async (file) => { asked.push(file); return answer } })
  const read = (file: string, answer: boolean) => prepareSpec({ task: { kind: 'signal', file } }, { source: 'test', access: access(answer), resourcesDir: dir })
  expect((await read('../other.csv', true)).task).toMatchObject({ samples: Float64Array.of(7, 8) })
  await expect(read('../other.csv', false)).rejects.toThrow('must be below the folder')
  await expect(read('//server/x.csv', true)).rejects.toThrow('must be on this computer')
  expect(asked).toEqual(Array.from({ length: 2 }, () => path.join(dir, 'other.csv')))
})

test('keeps how the file was read, so that it can be read again without a guess', async () => {
  writeFileSync(path.join(dir, 'specs/german.csv'), Buffer.from('Zeit;Kraft;Weg\ns;N;\xb5m\n0,0;1,5;7\n0,1;2,5;9\n0,2;;8\n', 'latin1'))
  const layout = { encoding: 'windows-1252', delimiter: 'semicolon', decimal: 'comma', thousands: 'none', header: 1, units: 2, from: 3, to: 0 }
  const { task } = await prepare({ kind: 'signal', file: 'german.csv', column: 'Weg' })
  expect(task).toMatchObject({ column: 'Weg', time: 'Zeit', layout, samples: Float64Array.of(7, 9, 8) })
  await expect(prepare({ kind: 'signal', file: 'german.csv' })).rejects.toMatchObject({
    problems: [{ path: 'task.gaps', rule: `has an error. Column 'Kraft' has 1 gap, the first in row 5. Set gaps to interpolate or to drop.` }],
  })
  expect((await prepare({ kind: 'signal', file: 'german.csv', gaps: 'drop', layout })).task).toMatchObject({ column: 'Kraft', samples: Float64Array.of(1.5, 2.5), layout })
  await expect(prepare({ kind: 'signal', file: 'german.csv', column: 'Kraft', layout: { decimal: 'point' } })).rejects.toThrow('task.column')
})

test('says how the file was read', async () => {
  writeFileSync(path.join(dir, 'specs/said.csv'), 'Date,a,b (V)\n2024-01-01,1,2\n2024-01-02,3,7\n')
  const said: string[] = []
  const origin = { source: 'test', access: path.join(dir, 'specs'), resourcesDir: dir, onReading: (line: string) => { said.push(line) } }
  await prepareSpec({ task: { kind: 'signal', file: 'said.csv' } }, origin)
  expect(said).toEqual([
    `Signal: column 'a' of said.csv, 2 samples.`,
    `Other columns that may be signals: 'b (V)'. Choose with task.column.`,
    `Not taken as a signal: 'Date' has dates or times.`,
    expect.stringContaining('Layout guessed (certain): UTF-8, comma, decimal point, names in row 1, numbers from row 2. Why: UTF-8: all bytes are valid'),
  ])
})

test('the samples are memory that threads share, so that no thread gets a copy of them', async () => {
  const { samples } = (await prepare({ kind: 'signal', file: 'mine.csv' })).task as SignalSpec
  expect((samples as Float64Array).buffer).toBeInstanceOf(SharedArrayBuffer)
})

test('needs no file if the samples are already embedded', async () => {
  expect((await prepare({ kind: 'signal', file: 'gone.csv', samples: [5, 6] })).task).toMatchObject({ samples: [5, 6] })
})

test.each(['example:../presets/x.csv', 'example:', 'example:..'])('refuses %s as an example', async (file) => {
  await expect(prepare({ kind: 'signal', file })).rejects.toThrow('task.file')
})

test.each([
  [{ file: 'gone.csv' }, { path: 'task.file', rule: 'does not exist. Choose another file' }],
  [{ file: 'torn.txt' }, { path: 'task.layout', rule: expect.stringContaining('two ways') }],
  [{ file: 'latin.csv', layout: { encoding: 'utf-8' } }, { path: 'task.layout.encoding' }],
  [{ file: 'bad.csv', column: 'level' }, { path: 'task.file', rule: "has an error. Row 4 must have numbers. Correct it, or read the rows before it with layout.to=3. Found 'calm'." }],
  [{ file: 'mine.csv', column: 'depth' }, { path: 'task.column', rule: "must be 'level'", found: "'depth'" }],
])('names the setting of a problem with the signal of %j', async (signal, problem) => {
  writeFileSync(path.join(dir, 'specs/bad.csv'), 'level\n1\n2\ncalm\n3\n')
  writeFileSync(path.join(dir, 'specs/latin.csv'), Buffer.from('\xb5\n1\n2\n', 'latin1'))
  writeFileSync(path.join(dir, 'specs/torn.txt'), '1,5\n2,5\n3,5\n')
  await expect(prepare({ kind: 'signal', ...signal })).rejects.toMatchObject({ name: 'BadInput', problems: [problem] })
})

test('names a preset by its path, even an invalid one', async () => {
  const resourcesDir = path.join(dir, 'resources')
  const file = path.join(resourcesDir, 'presets/group/one.json')
  const preset = { title: 'One', description: 'd', provenance: 'p', spec: { seed: 3 } }
  writeFileSync(file, JSON.stringify(preset))
  expect(await readPresets(resourcesDir)).toMatchObject([{ id: 'group/one', title: 'One', spec: { seed: 3, preset: 'group/one' } }])
  writeFileSync(file, JSON.stringify({ ...preset, titel: 'One' }))
  await expect(readPresets(resourcesDir)).rejects.toThrow(/preset group\/one[^]*titel/)
})
