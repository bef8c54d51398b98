import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { ArchivedRun } from '../../../../src-main/transfer/archive/archive.ts'
import { writeCrate } from '../../../../src-main/transfer/crate/crate.ts'
import { exportRuns } from '../../../../src-main/transfer/export.ts'
import { array, epoch, memoryLibrary, readAll, run, sha256, temporaryFolder } from '../archive/support.ts'
import { brokenRules, type Entity, filesOf, graphOf } from './ro-crate.ts'

const about = { application: '1.2.3' }

const source = (runs: readonly ArchivedRun[]) => ({ ...memoryLibrary(runs), armsOf: async () => [] })

async function crateOf(
  runs: readonly ArchivedRun[], onRun: (done: number) => void = () => {},
): Promise<{ file: string; files: Map<string, Buffer> }> {
  const [file] = await writeCrate(source(runs), runs.map(({ summary }) => summary.runId), { dir: temporaryFolder(), stem: 'some', about, onRun })
  return { file: file!, files: await filesOf(readFileSync(file!)) }
}

const unreadable = (): ArchivedRun => {
  const { summary, epochs, arrays } = run({ runId: '0run0000x' })
  return { epochs, arrays, summary: { ...summary, unreadable: 'The spec cannot be read.' }, texts: { spec: '{"newer', environment: '{}' } }
}

const odd = run({ runId: '0run0000c', name: '=1+1 \ud800 "</script>', status: 'failed', error: { code: 'engine-error', message: 'no number' } }, {
  arrays: [array({ kind: 'conductance', name: 'a b/ü', epoch: 1 }), array({ kind: 'new kind', shape: [0], data: new Uint16Array() })],
  epochs: [epoch(), epoch({ epoch: 2, loss: NaN })],
})
const runs = [
  run({ runId: '0run0000a', endedAt: '2026-03-01T13:00:00.000Z' }),
  run({ runId: '0run0000b', endedAt: '2026-03-02T13:00:00.000Z', status: 'stopped', digest: null }),
  odd, unreadable(),
]

const one = (graph: readonly Entity[], id: string) => graph.find((entity) => entity['@id'] === id)!

describe('a crate', () => {
  it.for([['several runs', runs], ['one run', runs.slice(0, 1)], ['no run', []]] as const)(
    'of %s follows the rules of RO-Crate 1.1 and Process Run Crate', async ([, some]) => {
      expect(brokenRules((await crateOf(some)).files)).toEqual([])
    })

  it('is an archive with the same runs', async () => {
    const { file } = await crateOf(runs.slice(0, 2))
    expect(await readAll(file)).toStrictEqual(runs.slice(0, 2))
  })

  it('has the tables of a CSV export, and each spec', async () => {
    const { files } = await crateOf(runs)
    const folder = temporaryFolder()
    await exportRuns(source(runs), runs.map(({ summary }) => summary.runId), 'csv', folder, about)
    for (const name of ['runs', 'epochs', 'patterns', 'columns']) {
      const csv = readdirSync(folder).find((file) => file.endsWith(`.${name}.csv`))!
      expect(files.get(`tables/${name}.csv`)).toEqual(readFileSync(join(folder, csv)))
    }
    expect(JSON.parse(files.get('runs/0run0000a/spec.json')!.toString())).toEqual('spec' in runs[0]! && runs[0].spec)
    expect(files.get('runs/0run0000x/spec.json')!.toString()).toBe('{"newer')
  })

  it('lists every other file with its hash in the manifest', async () => {
    const { files } = await crateOf(runs)
    const { runs: listed, files: others } = JSON.parse(files.get('manifest.json')!.toString()) as
      { runs: { entries: { name: string; sha256: string }[] }[]; files: { name: string; sha256: string }[] }
    const hashes = [...others, ...listed.flatMap(({ entries }) => entries)].map((entry) => [entry.name, entry.sha256])
    const [, ...found] = [...files].map(([name, bytes]) => [name, sha256(bytes)])
    expect(hashes).toEqual(found)
  })

  it('says how each run ended, with its times, spec, results and environment', async () => {
    const graph = graphOf((await crateOf(runs)).files)
    const status = (id: string) => String(one(graph, id).actionStatus).split('/').at(-1)
    expect(['a', 'b', 'c', 'x'].map((letter) => status(`#run-0run0000${letter}`)))
      .toEqual(['CompletedActionStatus', 'FailedActionStatus', 'FailedActionStatus', 'CompletedActionStatus'])
    const first = one(graph, '#run-0run0000a')
    expect(first).toMatchObject({
      startTime: '2026-03-01T12:00:01.000Z', endTime: '2026-03-01T13:00:00.000Z', description: expect.stringContaining('seed 42. 1 of 250 epochs, done.'),
      object: [{ '@id': 'runs/0run0000a/spec.json' }],
      result: [{ '@id': 'runs/0run0000a/run.json' }, { '@id': 'runs/0run0000a/arrays/0.bin' }],
    })
    expect(one(graph, '#run-0run0000c')).toMatchObject({ error: 'no number', name: '=1+1 � "</script>' })
    const software = one(graph, (first.instrument as Entity)['@id'])
    expect(software).toMatchObject({ name: 'Chalcogen', softwareVersion: '0.1.0', operatingSystem: 'Linux' })
    expect(graph.filter(({ '@type': type }) => type === 'SoftwareApplication')).toHaveLength(2)
    expect(one(graph, `${software['@id']}/node`)).toMatchObject({ value: '24.0.0' })
    expect(one(graph, '#epochs/meanRateHz')).toMatchObject({ unitText: 'Hz' })
    expect(one(graph, 'runs/0run0000c/arrays/0.bin').description).toContain('In µS. float32, little-endian, 2 × 2 (post, pre, pair, device)')
  })

  it('is dated by the newest end of a run, or else by its creation', async () => {
    const date = async (...some: ArchivedRun[]) => one(graphOf((await crateOf(some)).files), './').datePublished
    expect(await date(...runs)).toBe('2026-03-02T13:00:00.000Z')
    expect(await date(run({ status: 'queued' }))).toBe('2026-03-01T12:00:00.000Z')
  })

  it('always has the same bytes, and reports the written runs', async () => {
    const done: number[] = []
    const [first, second] = [await crateOf(runs, (count) => done.push(count)), await crateOf(runs)]
    expect(readFileSync(first.file)).toEqual(readFileSync(second.file))
    expect(done).toEqual([1, 2, 3, 4])
  })

  it('leaves nothing behind if a run changes meanwhile', async () => {
    const dir = temporaryFolder()
    const library = source([runs[0]!])
    let reads = 0
    const growing = {
      ...library,
      async* epochs(runId: string) {
        yield* library.epochs(runId)
        if (++reads > 2) yield [epoch({ epoch: 2 })]
      },
    }
    await expect(writeCrate(growing, ['0run0000a'], { dir, stem: 'some', about, onRun() {} })).rejects.toThrow('changed during the export')
    await expect.poll(() => readdirSync(dir)).toEqual([])
  })
})

describe('the check of these tests', () => {
  it.for<[string, (files: Map<string, Buffer>, graph: Entity[]) => void, string]>([
    ['a file that is not described', (files) => files.set('more.txt', Buffer.from('')), 'more.txt is not described.'],
    ['a file that is missing', (files) => files.delete('tables/runs.csv'), 'tables/runs.csv is missing.'],
    ['a changed file', (files) => files.set('tables/runs.csv', Buffer.from('x')), 'tables/runs.csv must have its SHA-256.'],
    ['a reference to nothing', (_, graph) => { graph[1]!.license = { '@id': '#none' } }, './ refers to #none, which is missing.'],
    ['an unknown term', (_, graph) => { graph[1]!.colour = 'red' }, 'colour of ./ is not a term of the context.'],
    ['no license', (_, graph) => { delete graph[1]!.license }, 'The root must have a license with a name and a description.'],
    ['a path that is no URI', (_, graph) => { graph[2]!['@id'] = 'a b' }, 'a b must be a URI or a relative path of one.'],
    ['a nested entity', (_, graph) => { graph[1]!.about = { '@id': './', 'name': 'x' } }, 'about of ./ must be text or a reference.'],
    ['no date', (_, graph) => { graph[1]!.datePublished = 'soon' }, 'The root must have a date.'],
    ['an action that is not mentioned', (_, graph) => { graph[1]!.mentions = [] }, '#run-0run00001 must be mentioned by the root.'],
  ])('finds %s', async ([, damage, rule]) => {
    const { files } = await crateOf([run()])
    const graph = graphOf(files)
    const document = JSON.parse(files.get('ro-crate-metadata.json')!.toString()) as object
    damage(files, graph)
    files.set('ro-crate-metadata.json', Buffer.from(JSON.stringify({ ...document, '@graph': graph })))
    expect(brokenRules(files)).toContain(rule)
  })
})
