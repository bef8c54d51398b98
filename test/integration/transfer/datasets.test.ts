import fc from 'fast-check'
import { execFile } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, it, type TestContext, vi } from 'vitest'
import { specSchema } from '../../../src-engine/experiment/spec.ts'
import type { ArrayInfo, EpochMetrics, RunDetail } from '../../../src-main/contract/run.ts'
import { exportRuns, type ExportSource } from '../../../src-main/transfer/export.ts'
import { skipFor } from '../../fault/support.ts'
import { pythonWith } from '../../fixtures/python.ts'
import { temporaryFolder } from '../../fixtures/temporary-folder.ts'
import { epoch, run } from '../../unit/transfer/support.ts'

vi.setConfig({ testTimeout: 120_000 })

const start = promisify(execFile)
const reader = fileURLToPath(new URL('../../fixtures/programs/read-dataset.py', import.meta.url))
const page = readFileSync(new URL('../../../docs/exports.md', import.meta.url), 'utf8')
const withNumpy = await pythonWith('numpy')
const withHdf5 = await pythonWith('numpy, h5py')
const withPandas = await pythonWith('numpy, h5py, pandas')
const duckdb = await import('@duckdb/node-api').catch(() => null)

/** A reader that the machine may not have. Skips the test without it. */
function needed<Reader>(reader: Reader | null | undefined, name: string, context: TestContext): Reader {
  return reader ?? skipFor(`needs ${name}, which .ci/run installs as root on Debian`, context)
}
const connect = async (context: TestContext) =>
  (await needed(duckdb, 'the npm package of DuckDB', context).DuckDBInstance.create(':memory:')).connect()

type Elements = Float32Array | Uint16Array | Uint32Array
interface Made {
  run: RunDetail
  arrays: { info: ArrayInfo; data: Elements }[]
}

const hard = fc.constantFrom(NaN, Infinity, -Infinity, -0, 5e-324, 1e-45, 3.4028234663852886e38)
const metric = fc.oneof(fc.double(), hard)
const optional = fc.option(metric)
const float32s = fc.array(fc.oneof(fc.float(), hard), { maxLength: 40 }).map((values) => Float32Array.from(values))
const elements: fc.Arbitrary<{ codec: ArrayInfo['codec']; data: Elements }> = fc.oneof(
  float32s.map((data) => ({ codec: 'f32' as const, data })),
  fc.uint32Array({ maxLength: 40 }).map((data) => ({ codec: 'u32' as const, data })),
  fc.uint16Array({ maxLength: 40 }).map((data) => ({ codec: 'u16' as const, data })),
)
const text = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 12 }), fc.constantFrom('', '=1', 'a/b', '../x', 'ä'))
  .filter((name) => !name.includes('\0') && name.trimEnd() === name)
const someEpochs = fc.array(
  fc.record({ loss: metric, patternLosses: fc.array(metric, { maxLength: 3 }), meanRateHz: metric, silent: optional }),
  { maxLength: 4 },
)
const made: fc.Arbitrary<Made[]> = fc.array(fc.record({
  name: text, loss: optional, threshold: fc.double({ min: 0.01, max: 10, noNaN: true }), epochs: someEpochs,
  elements: fc.array(elements, { maxLength: 4 }), arrayName: text,
}), { minLength: 1, maxLength: 5 }).map((all) => all.map((one, index) => madeOf(one, index)))

interface Parts {
  name: string
  loss: number | null
  threshold: number
  epochs: Partial<EpochMetrics>[]
  elements: { codec: ArrayInfo['codec']; data: Elements }[]
  arrayName: string
}

function madeOf({ name, loss, threshold, epochs, elements, arrayName }: Parts, index: number): Made {
  const kinds = ['conductance', 'pulses.set', 'spikes', 'other kind']
  const arrays = elements.map(({ codec, data }, at) => {
    const place = { epoch: 7, kind: kinds[at]!, name: arrayName || 'input', shape: [data.length, 1], codec }
    return { data, info: { ...place, bytes: data.byteLength, storedBytes: 1, sha256: '' } }
  })
  const one = run({ runId: `0run0000${index}`, name, loss, seed: index }, epochs.map((some, at) => epoch({ ...some, epoch: at + 1 })))
  const spec = specSchema.parse({ seed: index, network: { threshold } })
  return { run: { ...one, spec, arrays: arrays.map(({ info }) => info) }, arrays }
}

function sourceOf(all: readonly Made[]): ExportSource {
  const find = (runId: string) => all.find((one) => one.run.summary.runId === runId)!
  return {
    async overview(runId) {
      const { summary, spec, environment, arrays } = find(runId).run
      return { summary, spec, environment, arrays }
    },
    async* epochs(runId) { yield find(runId).run.epochs },
    // The export frees what it has written.
    async array(runId, _epoch, kind) {
      const { info, data } = find(runId).arrays.find((one) => one.info.kind === kind)!
      return { info, data: data.slice() }
    },
    armsOf: async () => [],
  }
}

const write = async (all: readonly Made[], format: 'csv' | 'parquet' | 'npz' | 'hdf5') =>
  exportRuns(sourceOf(all), all.map((one) => one.run.summary.runId), format, temporaryFolder(), { application: '1.2.3' })

interface Read {
  tables: Record<string, Record<string, unknown[]>>
  arrays: Record<string, { dtype: string; shape: number[]; bytes: string; chunks?: number[] | null }>
  attributes?: Record<string, Record<string, unknown>>
}

async function read(python: string, file: string): Promise<Read> {
  const { stdout } = await start(python, [reader, file], { maxBuffer: 2 ** 28 })
  return JSON.parse(stdout) as Read
}

const plain = (value: number | null) =>
  (Number.isFinite(value) ? value : String(value ?? NaN).toLowerCase().replace('infinity', 'inf'))
const dtypes = { f32: '<f4', u16: '<u2', u32: '<u4' }
const hex = ({ buffer, byteOffset, byteLength }: Elements) => Buffer.from(buffer, byteOffset, byteLength).toString('hex')

function expectSame({ tables, arrays }: Read, all: readonly Made[]): void {
  const runs = all.map((one) => one.run)
  const each = <Value>(of: (metrics: EpochMetrics, runId: string) => Value | Value[]) =>
    runs.flatMap(({ summary, epochs }) => epochs.flatMap((metrics) => of(metrics, summary.runId)))
  expect(tables.runs).toMatchObject({
    runId: runs.map(({ summary }) => summary.runId),
    name: runs.map(({ summary }) => summary.name),
    seed: runs.map(({ summary }) => summary.seed),
    loss: runs.map(({ summary }) => plain(summary.loss)),
    'network.threshold': runs.map(({ spec }) => spec.network.threshold),
  })
  expect(tables.epochs).toMatchObject({
    runId: each((_, runId) => runId),
    epoch: each(({ epoch }) => epoch),
    loss: each(({ loss }) => plain(loss)),
    meanRateHz: each(({ meanRateHz }) => plain(meanRateHz)),
    silent: each(({ silent }) => plain(silent)),
    set: each(({ ledger }) => ledger.set),
  })
  expect(tables.patterns).toMatchObject({
    runId: each(({ patternLosses }, runId) => patternLosses.map(() => runId)),
    loss: each(({ patternLosses }) => patternLosses.map(plain)),
  })
  const kept = all.flatMap((one) => one.arrays.map(({ info, data }) =>
    ({ dtype: dtypes[info.codec], shape: info.shape, bytes: hex(data) })))
  const byBytes = (a: { bytes: string; dtype: string }, b: typeof a) => (a.bytes + a.dtype < b.bytes + b.dtype ? -1 : 1)
  const found = Object.values(arrays).map(({ dtype, shape, bytes }) => ({ dtype, shape, bytes }))
  expect(found.toSorted(byBytes)).toEqual(kept.toSorted(byBytes))
}

describe('a dataset reads back to the last bit', () => {
  it('as NPZ, with NumPy', async (context) => {
    const python = needed(withNumpy, 'Python with NumPy', context)
    await fc.assert(fc.asyncProperty(made, async (all) => {
      expectSame(await read(python, (await write(all, 'npz'))[0]!), all)
    }), { numRuns: 8 })
  })

  it('as HDF5, with h5py', async (context) => {
    const python = needed(withHdf5, 'Python with h5py', context)
    await fc.assert(fc.asyncProperty(made, async (all) => {
      expectSame(await read(python, (await write(all, 'hdf5'))[0]!), all)
    }), { numRuns: 8 })
  })

  it('as Parquet, with DuckDB', async (context) => {
    const connection = await connect(context)
    const rowsOf = async (file: string) => (await connection.runAndReadAll(`SELECT * FROM '${file}'`)).getRowObjects()
    await fc.assert(fc.asyncProperty(made, async (all) => {
      const [runs, epochs, patterns, arrays] = await Promise.all((await write(all, 'parquet')).map(rowsOf))
      expect(runs!.map(({ runId, name, loss, seed, 'network.threshold': threshold }) => [runId, name, loss, seed, threshold]))
        .toEqual(all.map(({ run: { summary: { runId, name, loss, seed }, spec } }) =>
          [runId, name, loss, BigInt(seed), spec.network.threshold]))
      const metrics = all.flatMap((one) => one.run.epochs)
      expect(epochs!.map(({ epoch, loss, meanRateHz, silent, set }) => [epoch, loss, meanRateHz, silent, set]))
        .toEqual(metrics.map(({ epoch, loss, meanRateHz, silent, ledger }) =>
          [BigInt(epoch), loss, meanRateHz, silent, BigInt(ledger.set)]))
      expect(patterns!.map(({ loss }) => loss)).toEqual(metrics.flatMap(({ patternLosses }) => patternLosses))
      const items = (list: unknown) => (list as { items: unknown[] } | null)?.items ?? null
      const cells = ({ runId, kind, name, shape, values, counts }: NonNullable<typeof arrays>[number]) =>
        [runId, kind, name, items(shape), items(values), items(counts)]
      expect(arrays!.map(cells))
        .toEqual(all.flatMap((one) => one.arrays.map(({ info: { kind, name, shape, codec }, data }) =>
          [one.run.summary.runId, kind, name, shape, ...(codec === 'f32' ? [[...data], null] : [null, [...data]])])))
    }), { numRuns: 8 })
  })
})

/** A sweep of the firing threshold with arrays that are longer than a chunk. */
const sweep = [0.1, 0.2, 0.4].flatMap((threshold, arm) => [1, 2].map((seed): Made => {
  const one = madeOf({
    name: 'sweep', loss: threshold * seed, threshold, arrayName: 'recurrent',
    epochs: Array.from({ length: 3000 }, (_, at) => ({ loss: threshold / (at + 1), patternLosses: [threshold] })),
    elements: [{ codec: 'f32', data: Float32Array.from({ length: 600_000 }, (_, at) => at / 3) }],
  }, 2 * arm + seed)
  const shape = [3, 1000, 200, 1]
  const arrays = one.arrays.map(({ info, data }) => ({ info: { ...info, shape }, data }))
  return { run: { ...one.run, arrays: arrays.map(({ info }) => info) }, arrays }
}))

it('HDF5 has chunks, units and ids', async (context) => {
  const python = needed(withHdf5, 'Python with h5py', context)
  const { arrays, attributes } = await read(python, (await write(sweep, 'hdf5'))[0]!)
  const place = '0run00001/7/conductance/recurrent'
  const bytes = hex(sweep[0]!.arrays[0]!.data)
  expect(arrays[place]).toMatchObject({ shape: [3, 1000, 200, 1], chunks: [1, 1000, 200, 1], bytes })
  expect(attributes![place]).toMatchObject({ unit: 'µS', runId: '0run00001', epoch: 7, dimensions: 'post; pre; pair; device' })
  expect(attributes!['epochs/meanRateHz']).toMatchObject({ unit: 'Hz' })
  expect(attributes!['']).toEqual({ format: 'chalcogen-dataset', version: 1, application: '1.2.3' })
})

it('a long array has several rows in Parquet, in order', async (context) => {
  const connection = await connect(context)
  const file = (await write(sweep.slice(0, 1), 'parquet'))[3]!
  const sql = `SELECT start, unnest(values) AS value FROM '${file}' ORDER BY start`
  const elements = (await connection.runAndReadAll(sql)).getColumnsObject()
  expect(Float32Array.from(elements.value as number[])).toEqual(sweep[0]!.arrays[0]!.data)
  expect(new Set(elements.start as bigint[]).size).toBe(5)
})

/** The code blocks of a language on the page. */
const examples = (language: string) => [...page.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, 'g'))].map(([, code]) => code!)

it.for([['npz', 0], ['hdf5', 1], ['csv', 2]] as const)('pandas reads a sweep from %s as the page shows', async ([format, index], context) => {
  const python = needed(withPandas, 'Python with pandas and h5py', context)
  const script = join(temporaryFolder(), 'example.py')
  writeFileSync(script, examples('python')[index]!)
  const { stdout } = await start(python, [script, (await write(sweep, format))[0]!])
  expect(stdout).toMatch(/^0\.1 +0\.15 +2$/m)
  expect(stdout).toMatch(/^0\.4 +0\.60 +2$/m)
})

it('DuckDB reads a sweep as the page shows', async (context) => {
  const connection = await connect(context)
  const files = await write(sweep, 'parquet')
  const statements = examples('sql')[0]!.split(';').map((statement) => statement.trim()).filter(Boolean)
  const answers: Record<string, unknown>[][] = []
  for (const statement of statements) {
    const sql = statement.replace('runs.parquet', files[0]!).replace('arrays.parquet', files[3]!)
    answers.push((await connection.runAndReadAll(sql)).getRowObjects())
  }
  const rounded = answers[0]!.map((row) => Object.values(row).map((value) => Number(Number(value).toFixed(4))))
  expect(rounded).toEqual([[0.1, 0.15], [0.2, 0.3], [0.4, 0.6]])
  expect(answers[1]).toHaveLength(sweep.length)
})
