import Database from 'better-sqlite3'
import { execFile } from 'node:child_process'
import { chmodSync, copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, it, vi } from 'vitest'
import { migrateTo, NEWEST_VERSION } from '../../../src-main/library/migrations/migrate.ts'
import { fixtureV1, fixtureV2, fixtureV3 } from '../../fault/dump.ts'
import { openApp } from '../../fixtures/application.ts'
import { addRun, metricsOf, open, packed, temporaryFolder } from './support.ts'

vi.setConfig({ testTimeout: 60_000 })

const run = promisify(execFile)
const module = fileURLToPath(new URL('../../../resources/python', import.meta.url))
const reader = fileURLToPath(new URL('../../fixtures/programs/read-library.py', import.meta.url))
const page = fileURLToPath(new URL('../../../docs/python.md', import.meta.url))

/** The first Python that has these modules: that of the path, or the system's. */
async function pythonWith(modules: string): Promise<string | undefined> {
  for (const python of ['python3', '/usr/bin/python3']) {
    if (await run(python, ['-c', `import ${modules}`]).then(() => true, () => false)) return python
  }
  return undefined
}
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
    const losses = [0.5, NaN, Infinity]
    await library.appendEpochs(runId, losses.map((loss, index) =>
      metricsOf(index + 1, { loss, patternLosses: [loss, -0], metrics: { accuracy: index / 4 } })), 12.5)
    const data = Float32Array.from([NaN, Infinity, -0, 1.5])
    await library.putArrays(runId, 3, [packed({ kind: 'weight', name: 'input', shape: [2, 2], data })])
    const one = (await read(file))[0]!
    expect(one.columns).toMatchObject({ run_id: runId, seed: 9, status: 'queued', epochs_done: 3, time_computed_s: 12.5 })
    expect(one.epochs.loss).toEqual([0.5, 'nan', 'inf'])
    expect(one.epochs.silent_fraction).toEqual([0.25, 0.25, 0.25])
    expect(one.patternLosses).toEqual([[0.5, -0], ['nan', -0], ['inf', -0]])
    expect(one.metrics).toEqual({ accuracy: [0, 0.25, 0.5] })
    expect(one.arrays).toEqual([{ epoch: 3, kind: 'weight', name: 'input', shape: [2, 2], data: ['nan', 'inf', -0, 1.5] }])
  })

  it('reads a library in a folder that may not be written', async () => {
    const file = copyOf(fixtureV3)
    const folder = join(file, '..', 'sealed')
    mkdirSync(folder)
    copyFileSync(file, join(folder, 'library.chalcogen'))
    chmodSync(folder, 0o500)
    try {
      expect(await read(join(folder, 'library.chalcogen'))).toHaveLength((await read(file)).length)
    } finally {
      chmodSync(folder, 0o700)
    }
  })

  const [plainExample, pandasExample] = [...readFileSync(page, 'utf8').matchAll(/```python\n([\s\S]*?)```/g)].map(([, code]) => code)
  const output = async (python: string, code: string) => {
    const script = join(temporaryFolder(), 'example.py')
    writeFileSync(script, code)
    return (await run(python, [script, copyOf(fixtureV2)], { env: { ...process.env, PYTHONPATH: module } })).stdout
  }

  it('does what its page shows', async () => {
    const lines = (await output(withNumpy!, plainExample!)).trim().split('\n')
    expect(lines[0]).toMatch(/^mixed-precision \d+ [\d.]+ [\d.]+$/)
    expect(lines.slice(3).join('\n')).toMatch(/^conductance recurrent \(\d+, \d+, \d+, 2\) float32$/m)
  })

  it.skipIf(!withPandas)('makes the tables of its page with pandas', async () => {
    const text = await output(withPandas!, pandasExample!)
    expect(text).toMatch(/^mixed-precision +[\d.]+ +\S+ +1$/m)
    expect(text).toMatch(/^\d+ +[\d.]+$/m)
  })

  it.skipIf(!withPandas)('has a column for every parameter that differs, and for no other', async () => {
    const file = join(temporaryFolder(), 'library.chalcogen')
    const library = await open(file)
    for (const [seed, threshold] of [[1, 0.2], [2, 0.2], [3, 0.4]]) {
      const runId = await addRun(library, { seed, network: { threshold } })
      await library.appendEpochs(runId, [metricsOf(1), metricsOf(2)], 1)
    }
    const script = `import chalcogen; library = chalcogen.open(${JSON.stringify(file)})
print(library.frame().sort_values("seed")[["seed", "network.threshold"]].values.tolist())
print([name for name in library.frame().columns if "." in name], len(library.epoch_frame(seed=[1, 3])))`
    expect(await output(withPandas!, script)).toBe("[[1.0, 0.2], [2.0, 0.2], [3.0, 0.4]]\n['network.threshold'] 4\n")
  })

  it('names a damaged array', async () => {
    const file = copyOf(fixtureV2, NEWEST_VERSION)
    const db = new Database(file)
    const stored = db.prepare<[], { id: number; run: string; kind: string; name: string; epoch: number }>(
      'SELECT rowid AS id, run_id AS run, kind, name, epoch FROM arrays LIMIT 1',
    )
    const { id, run, kind, name, epoch } = stored.get()!
    db.prepare('UPDATE arrays SET sha256 = ? WHERE rowid = ?').run('0'.repeat(64), id)
    db.close()
    expect(await refusal(file)).toBe(`${kind} ${name} of epoch ${epoch} of run ${run} does not have its SHA-256. Check the library in Chalcogen.`)
  })

  it('refuses what is no library, and one of a newer version', async () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'text.chalcogen'), 'no library at all, but some text')
    expect(await refusal(join(folder, 'text.chalcogen'))).toContain('cannot be read: file is not a database')
    const other = new Database(join(folder, 'other.chalcogen'))
    other.exec('CREATE TABLE notes (text)')
    other.close()
    expect(await refusal(join(folder, 'other.chalcogen'))).toContain('is not a Chalcogen library')
    const file = copyOf(fixtureV3)
    const newer = new Database(file)
    newer.pragma('user_version = 99')
    newer.close()
    expect(await refusal(file)).toContain(`has version 99, and this module reads 1 to ${NEWEST_VERSION}`)
  })
})
