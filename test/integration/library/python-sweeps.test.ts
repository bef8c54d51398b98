import Database from 'better-sqlite3'
import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { SweepInput } from '../../../src-engine/experiment/sweep.ts'
import type { App } from '../../../src-main/app/app.ts'
import { arrayKindOf } from '../../../src-main/transfer/datasets/columns.ts'
import { busy, createTestApp } from '../../fixtures/application.ts'
import { pythonWith } from '../../fixtures/python.ts'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 })

const module = fileURLToPath(new URL('../../../resources/python', import.meta.url))
const page = readFileSync(new URL('../../../docs/python.md', import.meta.url), 'utf8')
const examples = [...page.matchAll(/```python\n([\s\S]*?)```/g)].map(([, code]) => code!)
const [plainExample, sweepExample, epochExample, deviceExample, recordingExample] = examples

const withNumpy = await pythonWith('sqlite3, numpy')
const withPandas = await pythonWith('sqlite3, numpy, pandas')
const withMatplotlib = await pythonWith('sqlite3, numpy, pandas, matplotlib')

const thresholds = [0.2, 0.3]
const traces = { neurons: [2], synapses: [{ layer: 'input' as const, from: 3, to: 5 }, { layer: 'output' as const, from: 4, to: 0 }], every: 2 }
const document: SweepInput = {
  name: 'thresholds', spec: { ...busy, training: { epochs: 3 }, recording: { snapshotEvery: 2, traces } }, seeds: [1, 2],
  variants: [
    { label: 'FP32', changes: { 'scheme.kind': 'fp32' } },
    { label: 'mixed precision', changes: { 'scheme.kind': 'mixed-precision' } },
  ],
  axes: [{ kind: 'list', path: 'network.threshold', values: thresholds }],
}

let folder: string
let app: App
let sweepId: string

// The application has the library open, with what it has written still in the log.
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'chalcogen-python-'))
  app = await createTestApp(file())
  sweepId = await app.sweeps.start(document)
  await app.sweeps.finished(sweepId)
})
afterAll(async () => {
  await app.close()
  rmSync(folder, { recursive: true })
})

const file = () => join(folder, 'library.chalcogen')

/** What a script prints that finds the library as `library`, or as sys.argv[1] if it is an example. */
async function output(python: string, code: string): Promise<string> {
  const script = join(folder, 'script.py')
  writeFileSync(script, code.startsWith('import') ? code : `import sys, json, chalcogen\nlibrary = chalcogen.open(sys.argv[1])\n${code}`)
  const env = { ...process.env, PYTHONPATH: module, PYTHONDONTWRITEBYTECODE: '1', MPLBACKEND: 'Agg', MPLCONFIGDIR: folder }
  return (await promisify(execFile)(python, [script, file()], { env, cwd: folder, maxBuffer: 2 ** 28 })).stdout.trim()
}
const answers = async (python: string, ...expressions: string[]) =>
  JSON.parse(await output(python, `print(json.dumps([${expressions.join(',\n')}]))`)) as unknown[]

/** What each expression of Python raises. */
const refusals = async (python: string, ...expressions: string[]) => (await output(python, `
for act in (${expressions.map((each) => `lambda: ${each}`).join(', ')},):
    try:
        print("nothing", act())
    except (chalcogen.LibraryError, ValueError, ImportError) as error:
        print(type(error).__name__, error)`)).split('\n')

describe.skipIf(!withNumpy)('chalcogen.py, beside the application', () => {
  it('reads what is still in the log', () => {
    expect(existsSync(`${file()}-wal`)).toBe(true)
    const inFile = new Database(readFileSync(file()))
    expect(() => inFile.prepare('SELECT count(*) FROM runs').get()).toThrow()
  })

  it('reads every array to the last bit', async () => {
    const read = JSON.parse(await output(withNumpy!, `
print(json.dumps({f"{run['run_id']} {epoch} {kind} {name}": [list(values.shape), values.dtype.name, values.tobytes().hex()]
    for run in library.runs() for epoch in run.snapshots() for (kind, name), values in run.arrays(epoch).items()}))`)) as object
    const names = { f32: 'float32', u16: 'uint16', u32: 'uint32' }
    const saved: [string, unknown[]][] = []
    for (const { runId } of await app.list()) {
      for (const { epoch, kind, name, shape, codec } of (await app.get(runId)).arrays) {
        if (kind.startsWith('recorded.')) continue
        const { buffer, byteOffset, byteLength } = (await app.array(runId, epoch, kind, name)).data
        saved.push([`${runId} ${epoch} ${kind} ${name}`, [shape, names[codec], Buffer.from(buffer, byteOffset, byteLength).toString('hex')]])
      }
    }
    expect(saved.length).toBeGreaterThan(100)
    expect(read).toEqual(Object.fromEntries(saved))
  })

  it('reads recorded traces and updates apart from the snapshots', async () => {
    const { runId } = (await app.list()).find(({ scheme }) => scheme === 'mixed-precision')!
    const read = async (epoch: number, kind: string, name: string) => [...(await app.array(runId, epoch, `recorded.${kind}`, name)).data]
    const run = `library.run("${runId}")`
    const [snapshots, recordings, names, membrane, eligibility, updates] = await answers(withNumpy!,
      `${run}.snapshots()`, `${run}.recordings()`, `[" ".join(key) for key in ${run}.recorded(2)]`,
      `${run}.recorded()["membrane", "neuron-2"].tolist()`, `${run}.recorded(2)["eligibility", "input-3-5"].tolist()`,
      `{key: values.tolist() for key, values in ${run}.updates("output-4-0").items()}`,
    ) as [number[], number[], string[], number[], number[], Record<string, number[]>]
    expect([snapshots, recordings]).toEqual([[1, 2, 3], [2, 3]])
    expect(names).toEqual(['eligibility input-3-5', ...['membrane', 'signal', 'spikes', 'threshold'].flatMap((trace) =>
      ['neuron-2', 'neuron-5'].map((neuron) => `${trace} ${neuron}`))])
    expect(membrane).toEqual(await read(3, 'membrane', 'neuron-2'))
    expect(eligibility).toEqual(await read(2, 'eligibility', 'input-3-5'))
    const [changes, pulses] = [await read(2, 'change', 'output-4-0'), await read(3, 'pulses', 'output-4-0')]
    expect(Object.keys(updates)).toEqual(
      ['epoch', 'gradient', 'requested', 'planned', 'actual', 'sets_plus', 'sets_minus', 'resets', 'refreshes'])
    expect(updates.epoch).toEqual([1, 2, 3])
    expect(updates.gradient!.slice(0, 2)).toEqual([changes[0], changes[4]])
    expect([updates.sets_plus![2], updates.refreshes![2]]).toEqual([pulses[0], pulses[3]])
    const digital = (await app.list()).find(({ scheme }) => scheme === 'fp32')!.runId
    expect(await answers(withNumpy!, `list(library.run("${digital}").updates("input-3-5"))`)).toEqual(
      [['epoch', 'gradient', 'requested', 'planned', 'actual']])
    expect(await refusals(withNumpy!, `${run}.updates("input-0-0")`, `${run}.recorded(1)`)).toEqual([
      `NotFound Run ${runId} has no updates of input-0-0. It has input-3-5, output-4-0.`,
      `NotFound Run ${runId} has no recorded traces of epoch 1. Choose one of 2, 3.`,
    ])
  })

  it('lists sweeps with their document and what they vary', async () => {
    const [ids, name, varied, seeds, count, repr] = await answers(withNumpy!,
      '[sweep["sweep_id"] for sweep in library.sweeps()]', `library.sweep("${sweepId}")["name"]`, 'library.sweeps()[0].varied()',
      'library.sweeps()[0].document["seeds"]', 'len(library.sweeps()[0].runs(scheme="fp32"))', 'repr(library.sweeps()[0])')
    expect([ids, name, varied, seeds, count]).toEqual([[sweepId], 'thresholds', ['scheme.kind', 'network.threshold'], [1, 2], 4])
    expect(repr).toBe(`<Sweep ${sweepId}: thresholds>`)
  })

  it('selects by columns, parameters and expressions', async () => {
    const chosen = (selection: string) => `sorted([run["scheme"], run["seed"], run.parameters()["network.threshold"]] for run in library.runs(${selection}))`
    const both = (scheme: string, threshold: number, seeds = [1, 2]) => seeds.map((seed) => [scheme, seed, threshold])
    expect(await answers(withNumpy!,
      chosen('scheme="fp32", seed=2'), chosen('seed=(1, 2), scheme="fp32", **{"network.threshold": 0.2}'),
      chosen(`"\\"network.threshold\\" > 0.25 AND scheme = 'mixed-precision'"`), chosen('"seed = 1 OR 0 -- not all", scheme="fp32"'),
      chosen(`where="name <> 'a \\"b.c\\" ''d' AND \\"seed\\" = 1", scheme="fp32"`), chosen('seed=[]'), chosen('error_code=None, seed=1, scheme="fp32"'),
      chosen('"loss IS NULL"'), chosen('arm_from_0=library.runs(seed=1)[0]["arm_from_0"], **{"scheme.kind": "fp32", "seed": range(1, 2)}'),
    )).toEqual([
      [['fp32', 2, 0.2], ['fp32', 2, 0.3]], both('fp32', 0.2), both('mixed-precision', 0.3), [['fp32', 1, 0.2], ['fp32', 1, 0.3]],
      [['fp32', 1, 0.2], ['fp32', 1, 0.3]], [], [['fp32', 1, 0.2], ['fp32', 1, 0.3]], [],
      expect.anything(),
    ])
  })

  it('refuses a selection that it does not understand', async () => {
    const lines = await refusals(withNumpy!,
      'library.runs("loss <")', `library.runs('"network.treshold" > 0.2')`, 'library.runs(**{"network.treshold": 0.2})', `library.runs('scheme = "fp32"')`,
      'library.runs("colour = 1")', 'library.runs("1); SELECT (1")', 'library.sweep("0none")', 'library.table(colour=1)',
    )
    const starts = [
      `ValueError where is 'loss <', which SQLite does not understand: `,
      `NotFound No run of ${file()} has the parameter network.treshold. See run.parameters().`,
      `NotFound No run of ${file()} has the parameter network.treshold. See run.parameters().`,
      'NotFound A run has no column fp32. It has run_id,',
      `ValueError where is 'colour = 1', which SQLite does not understand: no such column: colour. Put texts in single quotes`,
      `ValueError where is '1); SELECT (1', which SQLite does not understand: `,
      `NotFound ${file()} has no sweep 0none. List the ids with sweeps().`,
      'NotFound A run has no column colour. It has run_id,',
    ]
    expect(lines.map((line, index) => line.slice(0, starts[index]!.length))).toEqual(starts)
  })

  it('lists arrays with shapes, types, units and axes', async () => {
    const { runId } = (await app.list()).find(({ scheme }) => scheme === 'mixed-precision')!
    const names = { f32: 'float32', u16: 'uint16', u32: 'uint32' }
    const saved = (await app.get(runId)).arrays.map(({ epoch, kind, name, shape, codec }) => {
      const { unit, dimensions } = arrayKindOf(kind)
      const axes = dimensions.map((each) => (each.includes(',') ? `(${each})` : each)).join(', ')
        .replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
      return { epoch, kind, name, shape, dtype: names[codec], unit: unit ?? '', axes }
    })
    expect(await answers(withNumpy!, `*library.run("${runId}").array_index()`)).toEqual(saved)
  })

  it('sums the pulses of all devices to those of the run', async () => {
    const [runs] = await answers(withNumpy!, `[
  [run["set_pulses"], run["reset_pulses"], run["read_pulses"]]
  + [sum(int(ledger[pulse].sum()) for ledger in run.pulses().values()) for pulse in ("set", "reset", "read")]
  for run in library.runs(scheme="mixed-precision")]`) as [number[][]]
    expect(runs).toHaveLength(4)
    for (const [set, reset, read, ...summed] of runs) expect(summed).toEqual([set, reset, read])
    expect(runs.flat().some((count) => count > 0)).toBe(true)
    expect(await answers(withNumpy!, 'library.runs(scheme="fp32")[0].pulses()')).toEqual([{}])
  })

  it('gives tables of what differs, of what a sweep varies, and of all', async () => {
    const columns = (of: string) => `[name for name in ${of} if "." in name]`
    const [everything, differing, one, all, task] = await answers(withNumpy!,
      columns('library.table()[0]'),
      columns('library.table(scheme="mixed-precision")[0]'),
      columns('library.table(scheme="fp32", **{"network.threshold": 0.2})[0]'),
      columns('library.table(parameters="all", seed=1)[0]'),
      'library.table(parameters=["task.patterns"])[0]["task.patterns"]',
    ) as [string[], string[], string[], string[], number]
    expect(everything).toContain('scheme.refresh.every')
    expect(everything).not.toContain('scheme.kind')
    expect(differing).toEqual(['network.threshold'])
    expect(one).toEqual([])
    expect(all).toEqual(expect.arrayContaining(['network.threshold', 'learning.rateInput', 'task.kind', 'training.epochs']))
    expect(task).toBe(2)
  })

  it.skipIf(!withPandas)('gives a frame of a sweep a column for what it varies', async () => {
    const [columns, rows] = await answers(withPandas!,
      '[name for name in library.sweeps()[0].frame(scheme="fp32", **{"network.threshold": 0.2}) if "." in name]',
      'library.sweeps()[0].epoch_frame(scheme="fp32")[["network.threshold", "seed", "epoch"]].drop_duplicates().shape[0]')
    expect(columns).toEqual(['network.threshold', 'scheme.kind'])
    expect(rows).toBe(12)
  })

  it('works without pandas, and says what needs it', async () => {
    const blocked = 'sys.modules.__setitem__("pandas", None) or '
    expect(await answers(withNumpy!, `${blocked}len(library.table())`, 'len(library.runs()[0].epochs()["loss"])')).toEqual([8, 3])
    const needed = 'ImportError A frame needs pandas: pip install pandas. Without it, use runs(), table() and run.epochs().'
    expect(await refusals(withNumpy!, `${blocked}library.frame()`, 'library.epoch_frame()')).toEqual([needed, needed])
  })

  it('does what its page shows', async () => {
    const lines = (await output(withNumpy!, plainExample!)).split('\n')
    expect(lines.slice(0, 8).join('\n')).toMatch(/^(?:(?:mixed-precision|fp32) [12] [\d.]+ 0\.[23]\n?){8}$/)
    expect(lines.slice(8, 10).join('\n')).toMatch(/^\d [\d.]+\n\(3, 2\)$/)
    const devices = await output(withNumpy!, deviceExample!)
    expect(await output(withNumpy!, recordingExample!)).toContain("{'input-3-5': (120,)}\n[1 2 3] [")
    expect(devices).toMatch(/^3 conductance recurrent \(21, 21, 1, 2\) float32 µS post, pre, pair, device$/m)
    expect(devices).toMatch(/^\(21, 21\)$/m)
    expect(devices).toMatch(/^recurrent \{'read': \d+, 'refresh': \d+, 'reset': \d+, 'set': \d+\}$/m)
  })

  it.skipIf(!withMatplotlib)('plots a sweep as its page shows', async () => {
    const text = await output(withMatplotlib!, sweepExample!)
    expect(text).toContain(`<Sweep ${sweepId}: thresholds> ['scheme.kind', 'network.threshold']`)
    expect(text).toMatch(/^mixed-precision 0\.2 +[\d.]+ +[\d.e-]+ +2$/m)
    expect(readFileSync(join(folder, 'sweep.pdf'), 'latin1')).toMatch(/^%PDF/)
    expect(await output(withPandas!, epochExample!)).toMatch(/^3 +[\d.]+ +[\d.]+$/m)
  })
})
