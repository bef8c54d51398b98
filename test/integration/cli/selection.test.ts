import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { RunSummary } from '../../../src-main/contract/run.ts'
import { runFormats } from '../../fixtures/export-formats.ts'
import { makeLargeLibrary } from '../../fixtures/large-library.ts'
import { inProcess } from './program.ts'

let dir: string
const inDir = (name: string) => path.join(dir, name)
const chalcogen = (...args: string[]) => inProcess(args, dir, inDir('library.chalcogen'))

beforeAll(() => {
  dir = mkdtempSync(path.join(os.tmpdir(), 'chalcogen-'))
  makeLargeLibrary(inDir('library.chalcogen'), { runs: 60, snapshots: 4 })
})
afterAll(() => rmSync(dir, { recursive: true }))

async function idsOf(...args: string[]): Promise<string[]> {
  const { code, out, err } = await chalcogen('list', '--json', ...args)
  expect(code, err).toBe(0)
  return (JSON.parse(out) as RunSummary[]).map(({ runId }) => runId)
}

test('list --where shows the runs that the filter of the Library finds, newest first', async () => {
  const { out } = await chalcogen('list', '--json')
  const all = JSON.parse(out) as RunSummary[]
  const wanted = all.filter(({ scheme, status }) => scheme === 'sign' && status === 'done').map(({ runId }) => runId)
  expect(wanted.length).toBeGreaterThan(1)
  expect(await idsOf('--where', 'scheme = Sign finished')).toEqual(wanted)
  const [first] = all
  expect(await idsOf('--where', first!.runId)).toEqual([first!.runId])
  expect(await idsOf('--where', 'seed<5 seed>=3')).toEqual(all.filter(({ seed }) => seed === 3 || seed === 4).map(({ runId }) => runId))
  expect(await idsOf('--where', 'loss<0')).toEqual([])
  expect((await chalcogen('list', '--where', 'loss<0')).out).toBe('No run in the library matches: loss<0\n')
})

test('--shelf says where to look', async () => {
  const archived = await idsOf('--shelf', 'archive')
  expect(archived.length).toBeGreaterThan(0)
  expect(await idsOf('--where', archived[0]!)).toEqual([])
  expect(await idsOf('--where', archived[0]!, '--shelf', 'archive')).toEqual([archived[0]])
  const { code } = await chalcogen('export', '--where', archived[0]!, '--shelf', 'archive', '--format', 'csv', '--out', inDir('shelf'))
  expect(code).toBe(0)
})

test.for(runFormats.map(({ format }) => format))('export --where writes the same runs as %s as their ids do', async (format) => {
  const ids = await idsOf('--where', 'seed<40 sign')
  expect(ids.length).toBeGreaterThan(1)
  const chosen = await chalcogen('export', '--where', 'seed<40 sign', '--format', format, '--out', inDir(`where-${format}`))
  const named = await chalcogen('export', ...ids, '--format', format, '--out', inDir(`ids-${format}`))
  expect([chosen.code, named.code], chosen.err).toEqual([0, 0])
  const [one, other] = ['where', 'ids'].map((how) => readdirSync(inDir(`${how}-${format}`)).sort())
  expect(one!.length).toBe(other!.length)
  if (format === 'csv' || format === 'json') {
    const contents = ['where', 'ids'].map((how) => readdirSync(inDir(`${how}-${format}`)).sort()
      .map((name) => readFileSync(inDir(`${how}-${format}/${name}`), 'utf8')))
    expect(contents[0]).toEqual(contents[1])
    expect(ids.every((id) => contents[0]!.join('').includes(id) || format === 'json')).toBe(true)
  }
})

test.for<[string[], string]>([
  [[], 'The command needs runs. Type their ids, or choose them with --where QUERY.'],
  [['0run00000001', '--where', 'sign'], '--where cannot be combined with run ids. Found 0run00000001.'],
  [['0run00000001', '--shelf', 'archive'], '--shelf needs --where. Runs are found by their ids on every shelf.'],
  [['--where', ' '], '--where is empty. Type words or comparisons, such as --where "seed = 42 fp32".'],
  [['--where', '""'], '--where is empty. Type words or comparisons, such as --where "seed = 42 fp32".'],
  [
    ['--where', 'sign and rateInput > 0.001'],
    '--where has an error at character 10:\n  sign and rateInput > 0.001\n           ^^^^^^^^^\n'
    + 'There is no name rateInput. Did you mean learning.rateInput? To search for the text, put it in quotes: "rateInput".',
  ],
  [['--where', 'loss<0'], '--where finds no run in the library. List them with: chalcogen list.'],
  [['--where', 'loss<0', '--shelf', 'trash'], '--where finds no run in the trash. List them with: chalcogen list --shelf trash.'],
])('export %j is refused', async ([words, message]) => {
  const { code, out, err } = await chalcogen('export', ...words, '--format', 'csv', '--out', inDir('refused'))
  expect([code, out, err]).toEqual([2, '', `${message}\n`])
  expect(existsSync(inDir('refused'))).toBe(false)
})

test('list --where refuses what is not understood', async () => {
  expect(await chalcogen('list', '--where', 'status:dome')).toMatchObject({ code: 2, err: expect.stringMatching(/^--where has an error at character 8:/) })
  expect(await chalcogen('list', '--where', '')).toMatchObject({ code: 2, err: expect.stringMatching(/^--where is empty\./) })
})
