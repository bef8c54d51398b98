import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { readSpec } from '../../../src-engine/experiment/document.ts'
import { readSpecFile } from '../../../src-main/app/spec-file.ts'
import { openApp } from '../../fixtures/application.ts'
import { temporaryFolder } from '../../fixtures/temporary-folder.ts'
import { inProcess } from './program.ts'

const BOM = '\ufeff'
const tiny = { task: { kind: 'sinusoids', patterns: 1, steps: 20, inputChannels: 4 }, network: { recurrentNeurons: 4 }, training: { epochs: 1 } }
const signal = (file: string) => ({ ...tiny, task: { kind: 'signal', file, steps: 20, inputChannels: 4 } })

function laboratory(files: Record<string, string | object>) {
  const dir = temporaryFolder()
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(dir, name)), { recursive: true })
    writeFileSync(join(dir, name), typeof content === 'string' ? content : JSON.stringify(content))
  }
  const inFolder = (folder: string, ...args: string[]) => inProcess(args, join(dir, folder), join(dir, 'library.chalcogen'))
  return { dir, inFolder, chalcogen: (...args: string[]) => inFolder('.', ...args) }
}

/** How the window reads a file. */
async function windowReads(file: string): Promise<boolean> {
  return readSpecFile(file).then((text) => readSpec(text).ok, () => false)
}

test('documents with a byte order mark are read at both doors', async () => {
  const { dir, chalcogen } = laboratory({
    'spec.json': BOM + JSON.stringify(tiny), 'short.json': `${BOM}{"training":{"epochs":1},"task":{"steps":20},"network":{"recurrentNeurons":5}}`,
    'sweep.json': `${BOM}{"spec":"spec.json","seeds":[1]}`,
  })
  for (const args of [['run', 'spec.json'], ['run', 'short.json'], ['sweep', 'sweep.json', '--plan']]) {
    const { code, err } = await chalcogen(...args)
    expect(code, err).toBe(0)
  }
  expect(await windowReads(join(dir, 'spec.json'))).toBe(true)
})

test('one exported run is taken for its spec at both doors, and two are refused', async () => {
  const { dir, chalcogen } = laboratory({ 'spec.json': { ...tiny, seed: 9 } })
  const run = async (word: string) => JSON.parse((await chalcogen('run', word, '--json')).out) as { runId: string; digest: string }
  const first = await run('spec.json')
  const exported = async (...runIds: string[]) =>
    (JSON.parse((await chalcogen('export', ...runIds, '--format', 'json', '--out', 'out', '--json')).out) as { files: string[] }).files[0]
  const one = await exported(first.runId)
  const again = await run(one!)
  expect(again.digest).toBe(first.digest)
  writeFileSync(join(dir, 'sweep.json'), JSON.stringify({ spec: one, seeds: [1] }))
  expect((await chalcogen('sweep', 'sweep.json', '--plan')).code).toBe(0)
  const two = await exported(first.runId, again.runId)
  expect(await chalcogen('run', two!)).toMatchObject({ code: 2, err: expect.stringContaining('must have one experiment or one run. Found 2 exported runs') })
  expect([await windowReads(one!), await windowReads(two!)]).toEqual([true, false])
})

test('both doors refuse a document that is too large or not text', async () => {
  const { dir, chalcogen } = laboratory({ 'large.json': JSON.stringify({ ...tiny, name: 'x'.repeat(10_100_000) }) })
  writeFileSync(join(dir, 'latin.json'), Buffer.from('{"name": "gr\xfc\xdfe"}', 'latin1'))
  for (const [file, rule] of [['large.json', 'must be at most 10 MB'], ['latin.json', 'must be text in UTF-8']] as const) {
    expect(await chalcogen('run', file)).toMatchObject({ code: 2, err: expect.stringContaining(rule) })
    expect(await chalcogen('sweep', file)).toMatchObject({ code: 2, err: expect.stringContaining(rule) })
    expect(await windowReads(join(dir, file))).toBe(false)
  }
})

const csv = (...values: number[]) => ['level', ...values].join('\n')

test('a signal starts at the document that names it', async () => {
  const { inFolder } = laboratory({
    'specs/spec.json': signal('x.csv'), 'specs/x.csv': csv(1, 2, 4),
    'sweeps/near.json': { name: 'near', spec: '../specs/spec.json', seeds: [1] },
    'sweeps/inline.json': { name: 'inline', spec: signal('y.csv'), seeds: [1] },
    'sweeps/axis.json': {
      name: 'axis', spec: '../specs/spec.json', axes: [{ kind: 'list', path: 'task.file', values: ['y.csv', '../specs/x.csv'] }], seeds: [1],
    },
    'sweeps/variant.json': { name: 'variant', spec: tiny, variants: [{ label: 'measured', changes: { task: signal('y.csv').task } }], seeds: [1] },
    'sweeps/y.csv': csv(3, 5, 9), 'elsewhere/note.txt': '',
  })
  const samplesOf = async (folder: string, ...args: string[]) => {
    const { code, out, err } = await inFolder(folder, ...args, '--json')
    expect(code, err).toBe(0)
    const result = JSON.parse(out) as { runId?: string; arms?: { runs: { runId: string }[] }[] }
    const runIds = result.runId ? [result.runId] : result.arms!.flatMap(({ runs }) => runs.map(({ runId }) => runId))
    const samples: number[][] = []
    for (const runId of runIds) {
      const { spec } = JSON.parse((await inFolder('.', 'show', runId, '--json', '--samples')).out) as { spec: { task: { samples: number[] } } }
      samples.push(spec.task.samples)
    }
    return samples.sort((a, b) => a[0]! - b[0]!)
  }
  const [x, y] = [[1, 2, 4], [3, 5, 9]]
  expect(await samplesOf('elsewhere', 'run', '../specs/spec.json')).toEqual([x])
  expect(await samplesOf('elsewhere', 'sweep', '../sweeps/near.json', '--files', '..')).toEqual([x])
  expect(await samplesOf('elsewhere', 'tournament', '../sweeps/inline.json')).toMatchObject([y])
  expect(await samplesOf('elsewhere', 'sweep', '../sweeps/axis.json', '--files', '..')).toEqual([x, y])
  expect(await samplesOf('elsewhere', 'sweep', '../sweeps/variant.json')).toEqual([y])
  const refused = await inFolder('elsewhere', 'sweep', '../sweeps/near.json')
  expect(refused).toMatchObject({ code: 2, err: expect.stringContaining('must be below the folder of the sweep') })
  expect(await samplesOf('sweeps', 'run', '../specs/spec.json', '--set', 'task.file=y.csv')).toEqual([y])
})

test('a sweep reads each file in its own layout, says how, and keeps nothing if one of its arms cannot run', async () => {
  const { chalcogen } = laboratory({
    'a.csv': 'Zeit;Kraft\n0,0;1,5\n0,1;2,5\n0,2;4,25\n', 'b.csv': csv(3, 5, 9),
    'files.json': { spec: signal('a.csv'), axes: [{ kind: 'list', path: 'task.file', values: ['a.csv', 'b.csv'] }], seeds: [1] },
    'late.json': { spec: signal('a.csv'), axes: [{ kind: 'list', path: 'task.patterns', values: [1, 50] }], seeds: [1] },
  })
  const read = await chalcogen('sweep', 'files.json')
  expect(read.code, read.err).toBe(0)
  expect(read.err).toContain(`Signal: column 'Kraft' of a.csv, 3 samples.`)
  expect(read.err).toContain('semicolon, decimal comma, names in row 1, numbers from row 2')
  expect(read.err).toContain(`Signal: column 'level' of b.csv, 3 samples.`)
  for (const args of [['--plan'], []]) {
    const late = await chalcogen('sweep', 'late.json', ...args)
    expect(late.code).toBe(2)
    expect(late.err).toContain('must be at most 1, because each pattern needs two of the 3 samples. Found 50.')
  }
  expect(JSON.parse((await chalcogen('list', '--json')).out)).toHaveLength(2)
})

test('a sweep prints the warnings of its experiments, each once', async () => {
  const { chalcogen } = laboratory({
    'sweep.json': { spec: tiny, axes: [{ kind: 'list', path: 'task.frequencies', values: [[1], [600], [600, 1]] }], seeds: [1] },
  })
  for (const args of [['--plan'], []]) {
    const { code, err } = await chalcogen('sweep', 'sweep.json', ...args)
    expect(code, err).toBe(0)
    expect(err.split('600 Hz is above 500 Hz')).toHaveLength(2)
    expect(err).toContain('it looks like 400 Hz. (2 of 3 arms)')
  }
})

test('a folder is no library and no figure, and nothing is created', async () => {
  const { dir, chalcogen } = laboratory({ 'spec.json': tiny, 'there/note.txt': '' })
  for (const args of [['--library', 'newfolder/'], ['--library', 'there'], ['--figure', 'newfolder/'], ['--figure', 'there']]) {
    const { code, err } = await chalcogen('run', 'spec.json', ...args)
    expect(code, err).toBe(2)
    expect(err).toContain('must be a file, not a folder')
  }
  expect(readdirSync(dir).sort()).toEqual(['spec.json', 'there'])
})

test('names of saved and imported runs are shown with escapes', async () => {
  const { dir, chalcogen } = laboratory({})
  const app = await openApp(join(dir, 'library.chalcogen'))
  const spec = { ...await app.prepare(tiny, 'test', dir), name: 'first\nsecond \u001b[2J' }
  const runId = await app.start(spec)
  await app.finished(runId)
  await app.close()
  const list = await chalcogen('list')
  expect(list.out.trim().split('\n')).toHaveLength(2)
  expect(list.out).toContain('first\\nsecond \\u001b[2J')
  const json = await chalcogen('list', '--json')
  expect(JSON.parse(json.out)).toMatchObject([{ name: 'first\nsecond \u001b[2J' }])
})

test('names are texts, and neither break nor paint the list', async () => {
  const { dir, chalcogen } = laboratory({ 'spec.json': tiny, 'x.csv': csv(1, 2, 4) })
  for (const name of ['2024', '1e3', 'true']) expect((await chalcogen('run', 'spec.json', '--set', `name=${name}`)).code).toBe(0)
  for (const name of ['first\nsecond', '\u001b[2J\u001b[31mred']) {
    const { code, err } = await chalcogen('run', 'spec.json', '--set', `name=${name}`)
    expect(code).toBe(2)
    expect(err).not.toContain('\u001b')
  }
  writeFileSync(join(dir, 'sweep.json'), JSON.stringify({
    name: 'a\nb', spec: { ...tiny, name: 'a\tb' }, variants: [{ label: '\u001b[2J', changes: {} }], seeds: [1],
  }))
  const sweep = await chalcogen('sweep', 'sweep.json')
  expect(sweep.code).toBe(2)
  for (const path of ['name', 'spec.name', 'variants.0.label']) expect(sweep.err).toContain(`  ${path} must be one line of plain text`)
  const column = { kind: 'list', path: 'task.column', values: ['a\nb'] }
  writeFileSync(join(dir, 'sweep.json'), JSON.stringify({ spec: signal('x.csv'), axes: [column], seeds: [1] }))
  expect((await chalcogen('sweep', 'sweep.json')).err).toContain('  axes must be one line of plain text')
  expect((await chalcogen('list')).out.trim().split('\n')).toHaveLength(4)
})
