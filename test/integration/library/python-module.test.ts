import Database from 'better-sqlite3'
import { execFile } from 'node:child_process'
import { copyFileSync, existsSync, readFileSync, realpathSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, it, vi } from 'vitest'
import { migrateTo, NEWEST_VERSION } from '../../../src-main/library/migrations/migrate.ts'
import { fixtureV1, fixtureV2, fixtureV3 } from '../../fault/dump.ts'
import { openApp } from '../../fixtures/application.ts'
import { pythonWith } from '../../fixtures/python.ts'
import { addRun, metricsOf, open, packed, temporaryFolder } from './support.ts'

vi.setConfig({ testTimeout: 60_000 })

const run = promisify(execFile)
const module = fileURLToPath(new URL('../../../resources/python', import.meta.url))
const reader = fileURLToPath(new URL('../../fixtures/programs/read-library.py', import.meta.url))

const withNumpy = await pythonWith('sqlite3, numpy')
const withPandas = await pythonWith('sqlite3, numpy, pandas')

interface Read {
  columns: Record<string, unknown>
  spec: unknown
  epochs: Record<string, unknown[]>
  metrics: Record<string, unknown[]>
  patternLosses: unknown[][]
  arrays: { epoch: number; kind: string; name: string; shape: number[]; data: unknown[] }[]
}

async function read(file: string): Promise<Read[]> {
  const { stdout } = await run(withNumpy!, [reader, module, file], { maxBuffer: 2 ** 28 })
  return JSON.parse(stdout) as Read[]
}
const refusal = async (file: string) => read(file).then(() => '', ({ stderr }: { stderr: string }) => stderr.trim())
const plain = (value: number) => (Number.isFinite(value) ? value : String(value).toLowerCase().replace('infinity', 'inf'))

/** What a script prints, which finds the module and a library as sys.argv[1]. */
async function output(python: string, code: string, file: string): Promise<string> {
  const script = join(temporaryFolder(), 'script.py')
  writeFileSync(script, code.startsWith('import sys') ? code : `import sys, chalcogen\n${code}`)
  return (await run(python, [script, file], { env: { ...process.env, PYTHONPATH: module } })).stdout
}

function changed(file: string, sql: string): void {
  const db = new Database(file)
  db.pragma('ignore_check_constraints = ON')
  if (db.exec(sql).prepare('SELECT changes()').pluck().get() === 0) throw new Error(`Nothing changed: ${sql}`)
  db.close()
}

function copyOf(fixture: string, version = 0): string {
  const file = join(temporaryFolder(), 'library.chalcogen')
  for (const end of ['', '-wal', '-shm']) if (existsSync(fixture + end)) copyFileSync(fixture + end, file + end)
  if (version === 0) return file
  const db = new Database(file)
  migrateTo(db, version)
  db.close()
  return file
}

/** The library as the application reads it, which upgrades it first. */
async function readByApplication(file: string): Promise<Read[]> {
  const app = await openApp(file)
  const runs = await Promise.all((await app.list()).map(async ({ runId }) => {
    const whole = await app.get(runId)
    const { summary, epochs, arrays } = whole
    const data = await Promise.all(arrays.map(async ({ epoch, kind, name, shape }) =>
      ({ epoch, kind, name, shape, data: [...(await app.array(runId, epoch, kind, name)).data].map(plain) })))
    return {
      columns: {
        run_id: runId, scheme: summary.scheme, seed: summary.seed, digest: summary.digest,
        loss: plain(summary.loss ?? NaN), loss_last_20: plain(summary.lossLast20 ?? NaN), sequences: summary.sequences,
        ...(summary.epochsDone > 0 && { mean_rate_hz: plain(summary.meanRateHz!), set_pulses: summary.ledger.set }),
      },
      spec: 'spec' in whole ? whole.spec : null,
      epochs: {
        epoch: epochs.map(({ epoch }) => epoch),
        loss: epochs.map(({ loss }) => plain(loss)),
        mean_rate_hz: epochs.map(({ meanRateHz }) => plain(meanRateHz)),
        set_pulses: epochs.map(({ ledger }) => ledger.set), saturated_fraction: epochs.map(({ saturated }) => plain(saturated)),
      },
      metrics: {},
      patternLosses: epochs.map(({ patternLosses }) => patternLosses.map(plain)),
      arrays: data.toSorted((a, b) => a.epoch - b.epoch || (a.kind + a.name < b.kind + b.name ? -1 : 1)),
    }
  }))
  await app.close()
  return runs
}

/** The older fixtures as they are, and one of them upgraded in part. */
const libraries: [version: number, fixture: string][] = [
  [1, fixtureV1], [2, fixtureV2], [3, fixtureV3],
  ...[4, 5, 6, NEWEST_VERSION].map((version): [number, string] => [version, fixtureV2]),
]

describe.skipIf(!withNumpy)('chalcogen.py', () => {
  it.for(libraries)('reads a library of version %d as the application does', async ([version, fixture]) => {
    const file = copyOf(fixture, version > 3 ? version : 0)
    const before = readFileSync(file)
    const runs = await read(file)
    expect(readFileSync(file).equals(before)).toBe(true)
    const wanted = new Map((await readByApplication(file)).map((one) => [one.columns.run_id, one]))
    expect(runs.length).toBe(wanted.size)
    for (const one of runs) {
      const same = wanted.get(one.columns.run_id)!
      expect(one.columns).toMatchObject(same.columns)
      expect(one.epochs).toMatchObject(same.epochs)
      expect(one.patternLosses).toEqual(same.patternLosses)
      expect(one.arrays).toEqual(same.arrays)
      expect(same.spec).toMatchObject({ seed: one.columns.seed, scheme: { kind: one.columns.scheme } })
    }
  })

  it('reads metrics, NaN, infinities and −0 while the library is in use', async () => {
    const file = join(temporaryFolder(), 'library.chalcogen')
    const library = await open(file)
    const runId = await addRun(library, { seed: 9 })
    const losses = [0.5, NaN, Infinity, -Infinity]
    await library.appendEpochs(runId, losses.map((loss, index) =>
      metricsOf(index + 1, { loss, patternLosses: [loss, -0], metrics: { accuracy: index / 4 } })), 12.5)
    const data = Float32Array.from([NaN, Infinity, -Infinity, -0])
    await library.putArrays(runId, 3, [packed({ kind: 'weight', name: 'input', shape: [2, 2], data })])
    const one = (await read(file))[0]!
    expect(one.columns).toMatchObject({ run_id: runId, seed: 9, status: 'queued', epochs_done: 4, time_computed_s: 12.5 })
    expect(one.epochs.loss).toEqual([0.5, 'nan', 'inf', '-inf'])
    expect(one.epochs.silent_fraction).toEqual([0.25, 0.25, 0.25, 0.25])
    expect(one.patternLosses).toEqual([[0.5, -0], ['nan', -0], ['inf', -0], ['-inf', -0]])
    expect(one.metrics).toEqual({ accuracy: [0, 0.25, 0.5, 0.75] })
    expect(one.arrays).toEqual([{ epoch: 3, kind: 'weight', name: 'input', shape: [2, 2], data: ['nan', 'inf', '-inf', -0] }])
  })

  it('reads the samples of a signal, which runs and sweeps share, and names those that are damaged', async () => {
    const file = join(temporaryFolder(), 'library.chalcogen')
    const library = await open(file)
    const samples = [0.1, -2, 5e-324, 1e300]
    const runId = await addRun(library, { task: { kind: 'signal', file: 'x.csv', patterns: 1, samples } })
    await library.close()
    const script = `library = chalcogen.open(sys.argv[1])
run = library.run("${runId}")
samples = run.spec["task"]["samples"]
print(samples, run.parameters()["task.samples"] == samples, run["unverified"])`
    expect(await output(withNumpy!, script, file)).toBe('[0.1, -2.0, 5e-324, 1e+300] True 0\n')
    changed(file, 'UPDATE samples SET data = zeroblob(length(data))')
    const message = /Damaged: The samples [0-9a-f]{64} of a signal are damaged: it does not have its SHA-256/
    await expect(output(withNumpy!, script, file)).rejects.toThrow(message)
  })

  it.skipIf(!withPandas)('has a column for every parameter that differs, and for no other', async () => {
    const file = join(temporaryFolder(), 'library.chalcogen')
    const library = await open(file)
    for (const [seed, threshold] of [[1, 0.2], [2, 0.2], [3, 0.4]]) {
      const runId = await addRun(library, { seed, network: { threshold } })
      await library.appendEpochs(runId, [metricsOf(1), metricsOf(2)], 1)
    }
    const script = `library = chalcogen.open(sys.argv[1])
print(library.frame().sort_values("seed")[["seed", "network.threshold"]].values.tolist())
print([name for name in library.frame().columns if "." in name], len(library.epoch_frame(seed=[1, 3])))`
    expect(await output(withPandas!, script, file)).toBe("[[1.0, 0.2], [2.0, 0.2], [3.0, 0.4]]\n['network.threshold'] 4\n")
  })

  it.for([
    ['another SHA-256', `sha256 = '${'0'.repeat(64)}'`, 'it does not have its SHA-256'],
    ['bytes that are no deflate stream', 'data = randomblob(length(data))', ''],
    ['bytes that are cut off', 'data = substr(data, 1, 5)', ''],
    ['too many bytes', `packing = 'raw', data = zeroblob(1000000)`, 'it has 1000000 bytes instead of'],
    ['a shape that is no list', `shape = '[3,'`, ''],
    ['a shape of text', `shape = '["3"]'`, ''],
    ['a packing that is not known', `packing = 'zstd'`, 'packing zstd is not known'],
    ['elements that are not known', `codec = 'f16'`, 'its elements have the type f16, which is not known'],
  ] as const)('names an array with %s, and reads the others', async ([, change, reason]) => {
    const file = copyOf(fixtureV2, NEWEST_VERSION)
    changed(file, `UPDATE arrays SET ${change} WHERE kind = 'pulses.set' AND name = 'input'`)
    const script = `
for run in chalcogen.open(sys.argv[1]).runs():
    print(run.array("conductance", "input").dtype, run.array("pulses.set", "recurrent").dtype)
    try:
        run.array("pulses.set", "input")
    except chalcogen.Damaged as error:
        print(error)
    try:
        run.arrays()
    except chalcogen.Damaged as error:
        print(error)`
    const [others, one, all] = (await output(withNumpy!, script, file)).trim().split('\n')
    expect(others).toMatch(/^float32 uint/)
    expect(one).toMatch(/^pulses.set input of epoch 4 of run 0mwwjhp1a0kzc is damaged: .*\. Check and repair the library/)
    expect(one).toContain(reason)
    expect(all).toBe(one)
  })

  it('names a run with a damaged spec in a table, and reads the others', async () => {
    const file = copyOf(fixtureV3, NEWEST_VERSION)
    changed(file, `UPDATE runs SET spec = '{"seed": 1' WHERE run_id = '0mx15rdxxpomd'`)
    changed(file, `UPDATE runs SET environment = '[]' WHERE run_id = '0mx15rdxxpomd'`)
    const script = `
run = chalcogen.open(sys.argv[1]).run("0mx15rdxxpomd")
print(len(run.epochs()["loss"]) == run["epochs_done"])
for read in (lambda: run.spec, lambda: run.environment):
    try:
        read()
    except chalcogen.Damaged as error:
        print(error)`
    expect((await output(withNumpy!, script, file)).trim().split('\n')).toEqual([
      'True',
      expect.stringMatching(/^The spec of run 0mx15rdxxpomd is no JSON: .*\. Its epochs and arrays can be read\.$/),
      'The environment of run 0mx15rdxxpomd is [] instead of an object. Its epochs and arrays can be read.',
    ])
    if (!withPandas) return
    const table = 'frame = chalcogen.open(sys.argv[1]).frame().set_index("run_id")\nprint(frame["unreadable"].notna().to_dict())'
    expect(await output(withPandas, table, file)).toBe('{\'0mx15re9gvvzy\': False, \'0mx15re3wg7ir\': False, \'0mx15rdxxpomd\': True}\n')
  })

  it('calls a file damaged whose pages are', async () => {
    const file = copyOf(fixtureV3)
    const bytes = readFileSync(file)
    bytes.fill(0xff, 4096)
    writeFileSync(file, bytes)
    expect(await refusal(file)).toMatch(/^.*library\.chalcogen is damaged: .*\. Check and repair the library in Chalcogen/)
  })

  it('says what there is instead of what does not exist', async () => {
    const script = `
library = chalcogen.open(sys.argv[1])
run = library.runs()[0]
for look in (
    lambda: library.run("0none"), lambda: library.runs(colour="red"), lambda: run.array("weight", "input"), lambda: run.arrays(77),
):
    try:
        look()
    except KeyError as error:
        print(isinstance(error, chalcogen.NotFound), error)`
    const file = copyOf(fixtureV2)
    expect((await output(withNumpy!, script, file)).trim().split('\n')).toEqual([
      `True ${realpathSync(file)} has no run 0none. List the ids with runs().`,
      expect.stringMatching(
        /^True A run has no column colour\. It has run_id, status, .*, digest, starred, tags, note, unverified\. A parameter is/,
      ),
      expect.stringMatching(/^True Epoch 4 of run 0mwwjhp1a0kzc has no weight input\. It has conductance input, .*\.$/),
      expect.stringMatching(/^True Run 0mwwjhp1a0kzc has no snapshot of epoch 77\. Choose one of \d+(, \d+)*\.$/),
    ])
  })

  it('does not take a run that was deleted meanwhile for an empty one', async () => {
    const script = `
import sqlite3
run = chalcogen.open(sys.argv[1]).runs()[0]
other = sqlite3.connect(sys.argv[1])
other.execute("PRAGMA foreign_keys = ON")
other.execute("DELETE FROM runs")
other.commit()
for read in (run.epochs, run.pattern_losses, run.metrics, run.snapshots, run.parameters):
    try:
        read()
    except chalcogen.NotFound as error:
        print(error)`
    const lines = (await output(withNumpy!, script, copyOf(fixtureV3, NEWEST_VERSION))).trim().split('\n')
    expect(lines).toEqual(Array(5).fill('Run 0mx15re9gvvzy was deleted. List the others with runs().'))
  })

  it('gives every metric a value for every epoch', async () => {
    const file = join(temporaryFolder(), 'library.chalcogen')
    const library = await open(file)
    const runId = await addRun(library)
    const metrics: Record<string, number>[] = [{}, { accuracy: 0.5 }, { accuracy: NaN, f1: 1 }]
    await library.appendEpochs(runId, metrics.map((some, index) => metricsOf(index + 1, { metrics: some })), 1)
    expect((await read(file))[0]!.metrics).toEqual({ accuracy: ['nan', 0.5, 'nan'], f1: ['nan', 'nan', 1] })
  })

  it('refuses what is no library, and one of a newer version', async () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'text.chalcogen'), 'no library at all, but some text')
    expect(await refusal(join(folder, 'text.chalcogen'))).toContain('is not a Chalcogen library: file is not a database')
    const other = new Database(join(folder, 'other.chalcogen'))
    other.exec('CREATE TABLE notes (text)')
    other.close()
    expect(await refusal(join(folder, 'other.chalcogen'))).toContain('is not a Chalcogen library')
    const file = copyOf(fixtureV3)
    const newer = new Database(file)
    newer.pragma('user_version = 99')
    newer.close()
    expect(await refusal(file)).toContain(`has version 99, but this chalcogen.py reads versions 1 to ${NEWEST_VERSION}. Use the`)
  })
})
