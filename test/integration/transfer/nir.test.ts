import { execFile, spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, it, type TestContext, vi } from 'vitest'
import type { SpecInput } from '../../../src-engine/experiment/spec.ts'
import { makePatterns } from '../../../src-engine/task/patterns.ts'
import { requireReadable } from '../../../src-main/library/library.ts'
import { exportRuns } from '../../../src-main/transfer/export.ts'
import { skipFor } from '../../fault/support.ts'
import { pythonWith } from '../../fixtures/python.ts'
import { temporaryFolder } from '../../fixtures/temporary-folder.ts'
import { type Trained, trainedRun } from '../../fixtures/trained-run.ts'

vi.setConfig({ testTimeout: 60_000 })

const start = promisify(execFile)
const program = (name: string) => fileURLToPath(new URL(`../../fixtures/programs/${name}.py`, import.meta.url))
const page = readFileSync(new URL('../../../docs/exports.md', import.meta.url), 'utf8')
const python = await pythonWith('numpy, h5py')

const needed = (context: TestContext): string =>
  python ?? skipFor('needs Python with h5py, which .ci/run installs as root on Debian', context)

const base = {
  seed: 11,
  task: { kind: 'sinusoids', patterns: 1, steps: 400, inputChannels: 13, inputRate: 100 },
  network: { recurrentNeurons: 21, threshold: 0.3, weightGain: 0.6 },
  learning: { rateInput: 5e-4, rateRecurrent: 5e-4, rateOutput: 1e-3, regularisation: 0.001 },
  training: { epochs: 6 },
} satisfies SpecInput

/** Devices without what a file leaves out. */
const quiet = { initialConductance: 0.4, scale: 20, readNoise: 'off', drift: false } as const

const onDevices = {
  ...base, device: quiet, learning: { rateInput: 0.01, rateRecurrent: 0.01, rateOutput: 0.002, regularisation: 0.01 },
} satisfies SpecInput
const none = { rateInput: 0, rateRecurrent: 0, rateOutput: 0 }

const samples = Array.from({ length: 150 }, (_, index) => Math.sin(index / 7) + (index % 11) / 11)

/** Runs whose network a file holds completely. */
const whole: [name: string, spec: SpecInput][] = [
  ['digital weights', base],
  ['the reference arithmetic', { ...base, seed: 12, training: { epochs: 6, arithmetic: 'float64' } }],
  ['few spikes', { ...base, task: { ...base.task, inputRate: 40 } }],
  ['many spikes', { ...base, task: { ...base.task, inputRate: 400, dt: 0.5 }, network: { ...base.network, threshold: 0.1, tauRecurrent: 8, tauOutput: 50 } }],
  ['three patterns', { ...base, task: { ...base.task, patterns: 3 } }],
  ['three outputs', { ...base, task: { ...base.task, kind: 'signal', file: 'values', columns: ['a', 'b', 'c'], samples } } as SpecInput],
  ['the equations of NEST', { ...base, conventions: { equations: 'nest' }, network: { ...base.network, threshold: 0.03 } }],
  ['devices', { ...onDevices, scheme: { kind: 'mixed-precision' } }],
  ['several pairs and scales', {
    ...onDevices, scheme: { kind: 'multi-memristor' }, learning: none, device: { ...quiet, scale: 2, scaleRecurrent: 2, scaleOutput: 0.5 },
  }],
  ['devices below the range of a READ', {
    ...base, scheme: { kind: 'sign' }, learning: none, device: { ...quiet, initialConductance: 0.1, scale: 0.08 },
  }],
  // Here the update after the RESET changes self-connections of neurons that spike.
  ['self-connections that are RESET', {
    ...base, seed: 4, scheme: { kind: 'stochastic' }, training: { epochs: 3 }, conventions: { selfConnections: 'noise' },
    learning: { rateInput: 1e-3, rateRecurrent: 1e-3, rateOutput: 2e-3, regularisation: 0.01 },
    device: { ...quiet, scale: 8, writeNoise: false },
  }],
]

const write = async ({ source, runId }: Trained, format: 'nir' | 'nir-lif', folder = temporaryFolder()) =>
  (await exportRuns(source, [runId], format, folder, { application: '1.2.3' }))[0]!

interface Simulated {
  spikes: [step: number, neuron: number][]
  outputs: number[][]
}

function simulate(python: string, file: string, { spec: { task, seed }, next }: Trained, steps: number): Simulated {
  const input = makePatterns(task, seed)[next.pattern]!.input.toPairs()
  const asked = JSON.stringify({ dt: task.dt / 1000, steps, inputs: pairsOf(input) })
  const { stdout, stderr, status } = spawnSync(python, [program('simulate-nir'), file], { input: asked, encoding: 'utf8', maxBuffer: 2 ** 28 })
  expect(status, stderr).toBe(0)
  return JSON.parse(stdout) as Simulated
}

const pairsOf = (flat: ArrayLike<number>) =>
  Array.from({ length: flat.length / 2 }, (_, k): [step: number, neuron: number] => [flat[2 * k]!, flat[2 * k + 1]!])

interface Layout {
  places: Record<string, string>
  nodes: Record<string, Record<string, string>>
  metadata: Record<string, string | number>
  /** Ends of edges that are no nodes, and edges between nodes of different sizes, which NIR's own library refuses. */
  unknown: string[]
  mismatched: [from: string, to: string][]
}

async function layoutOf(python: string, file: string): Promise<Layout> {
  const { stdout } = await start(python, [program('nir-layout'), file])
  return JSON.parse(stdout) as Layout
}

describe('a simulator that knows only NIR gets every spike of the next sequence', () => {
  it.for(whole)('with %s', async ([, spec], context) => {
    const python = needed(context)
    const trained = trainedRun(spec)
    const { next, spec: { task, conventions } } = trained
    // A spike of the input arrives in the next Euler step. With the equations of NEST it arrives in the same.
    const late = conventions.equations === 'nest' ? 1 : 0
    const spikes = pairsOf(next.spikes)
    expect(spikes.length).toBeGreaterThan(50)
    expect(spikes.length).toBeLessThan(task.steps * 21 / 2)
    for (const format of ['nir', 'nir-lif'] as const) {
      const found = simulate(python, await write(trained, format), trained, task.steps + 2)
      const inTime = found.spikes.map(([step, neuron]) => [step - late, neuron] as const).filter(([step]) => step < task.steps)
      expect(inTime).toEqual(spikes)
      const outputs = found.outputs.slice(1 + late, 1 + late + task.steps).flat()
      const largest = Math.max(...next.output.map(Math.abs))
      outputs.forEach((value, index) => expect(Math.abs(value - next.output[index]!)).toBeLessThan(1e-4 * largest))
    }
  })
})

describe('a file has the layout', () => {
  const others = ['lif_norse', 'lif_rockpool', 'braille_noDelay_noBias_subtract']
    .map((name) => fileURLToPath(new URL(`../../fixtures/nir/${name}.nir`, import.meta.url)))

  it.for(['nir', 'nir-lif'] as const)('of those that Norse, Rockpool and snnTorch wrote, as %s', async (format, context) => {
    const python = needed(context)
    const { places, nodes, unknown, mismatched } = await layoutOf(python, await write(trainedRun(base), format))
    expect(unknown).toEqual([])
    expect(mismatched).toEqual([])
    const { 'node/metadata': metadata, ...shared } = places
    expect(metadata).toBe('group {}')
    const compared = new Set<string>()
    for (const file of others) {
      const other = await layoutOf(python, file)
      expect(shared).toEqual(other.places)
      for (const type of Object.keys(nodes).filter((type) => type in other.nodes)) {
        expect(nodes[type]).toEqual(other.nodes[type])
        compared.add(type)
      }
    }
    expect([...compared].sort()).toEqual(format === 'nir' ? ['Input', 'Linear', 'Output'] : ['Input', 'LIF', 'Linear', 'Output'])
    // The others have no such nodes, whose parameters are the first ones of LIF.
    const { '': group, type, tau } = nodes.LI!
    expect(nodes.LI).toEqual({ '': group, type, tau, r: tau, v_leak: tau })
    if (format === 'nir') expect(nodes.Threshold).toEqual({ '': group, type, threshold: tau })
  })

  it('and metadata that say where it comes from and what it leaves out', async (context) => {
    const python = needed(context)
    const learned = trainedRun({ ...base, seed: 2 ** 40, scheme: { kind: 'mixed-precision' }, conventions: { selfConnections: 'noise' } })
    const { metadata } = await layoutOf(python, await write(learned, 'nir'))
    expect(metadata).toMatchObject({
      application: 'Chalcogen 1.2.3', runId: '0trained0', name: 'trained', digest: 'ab', epoch: 5, form: 'exact', scheme: 'mixed-precision',
      device: 'pcm', seed: 2 ** 40, dt: 0.001, timeConstant: 0.03, decay: Math.exp(-1 / 30), inputDelay: 1,
      leftOut: 'learning; READ noise; drift; noise of self-connections',
    })
    const { metadata: digital } = await layoutOf(python, await write(trainedRun(base), 'nir-lif'))
    expect(digital).toMatchObject({ form: 'lif', weights: 'digital', leftOut: 'learning', reset: expect.stringContaining('Subtract') })
    expect(digital).not.toHaveProperty('device')
  })
})

it('each of several runs has a file of its own, and the export tells how many are written', async () => {
  const trained = trainedRun(base)
  const source = {
    ...trained.source,
    async overview(runId: string) {
      const overview = requireReadable(await trained.source.overview(runId))
      return { ...overview, summary: { ...overview.summary, runId } }
    },
  }
  const folder = temporaryFolder()
  const done: number[] = []
  const options = { application: '1.2.3', onRun: (runs: number) => { done.push(runs) } }
  const files = await exportRuns(source, ['0run0000b', '0run0000a', '0run0000b'], 'nir-lif', folder, options)
  expect(files).toEqual(['0run0000b', '0run0000a'].map((runId) => join(folder, `run-${runId}.lif.nir`)))
  expect(done).toEqual([1, 2])
  const [exact] = await exportRuns(source, ['0run0000a'], 'nir', folder, options)
  expect(readdirSync(folder).sort()).toEqual([...files, exact!].map((file) => basename(file)).sort())
})

it('the page reads a file as it shows', async (context) => {
  const python = needed(context)
  const code = [...page.matchAll(/```python\n([\s\S]*?)```/g)].map(([, code]) => code!).find((code) => code.includes('node/nodes'))!
  const script = join(temporaryFolder(), 'example.py')
  writeFileSync(script, code)
  const { stdout } = await start(python, [script, await write(trainedRun(base), 'nir')])
  expect(stdout).toContain('neurons.w_rec Linear (21, 21)')
  expect(stdout).toContain('leaves out: learning')
})

describe('an export as NIR is refused, and nothing is written,', () => {
  const refused: [name: string, spec: SpecInput, reason: string][] = [
    ['with a refractory time', { ...base, network: { ...base.network, refractoryTime: 5 } },
      'Run 0trained0 cannot be exported as NIR. NIR has no refractory time, and that of this run is 5 ms. Set network.refractoryTime to 0.'],
  ]

  async function expectRefused(runs: Trained[], message: string): Promise<void> {
    const folder = temporaryFolder()
    const source = {
      ...runs[0]!.source,
      overview: (runId: string) => runs.find((one) => one.runId === runId)!.source.overview(runId),
    }
    const written = exportRuns(source, runs.map(({ runId }) => runId), 'nir', folder, { application: '1.2.3' })
    await expect(written).rejects.toMatchObject({ name: 'BadInput', message })
    expect(readdirSync(folder)).toEqual([])
  }

  it.for(refused)('%s', async ([, spec, message]) => expectRefused([trainedRun(spec)], message))

  it('without a snapshot', async () => {
    const trained = trainedRun(base)
    const overview = async (runId: string) => ({ ...await trained.source.overview(runId), arrays: [] })
    await expectRefused([{ ...trained, source: { ...trained.source, overview } }],
      'Run 0trained0 cannot be exported as NIR. It has no snapshot of its weights. Train it to its end with recording.snapshotEnd switched on.')
  })

  it('if the spec cannot be read, also beside other runs', async () => {
    const trained = trainedRun(base)
    const unreadable = (runId: string): Trained => ({
      ...trained, runId, source: {
        ...trained.source,
        async overview() {
          const { summary, arrays } = await trained.source.overview(runId)
          return { summary: { ...summary, runId, unreadable: 'Its spec was made by a newer version.' }, texts: { spec: '', environment: '' }, arrays }
        },
      },
    })
    await expectRefused([trained, unreadable('0newer000'), unreadable('0newer001')],
      'Run 0newer000 cannot be exported as NIR. Its spec was made by a newer version. 1 more run cannot be exported either.')
  })
})
