import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { checkFigure, type FigureChart, figureCharts } from '../../../src-engine/charts/figure-document.ts'
import { isSnapshotChart } from '../../../src-engine/charts/snapshot-charts.ts'
import { type Packed, unpack } from '../../../src-main/library/codec.ts'
import { pythonWith } from '../../fixtures/python.ts'
import { inProcess } from './program.ts'

let dir: string
const runs: { runId: string; digest: string }[] = []
let sweepId = ''
const inDir = (name: string) => path.join(dir, name)
const chalcogen = (...args: string[]) => inProcess(args, dir, inDir('library.chalcogen'))

async function json(...args: string[]) {
  const { code, out, err } = await chalcogen(...args, '--json')
  expect(code, err).toBe(0)
  return JSON.parse(out)
}

const small = {
  name: 'small',
  task: { kind: 'sinusoids', patterns: 2, steps: 60, inputChannels: 8 },
  network: { recurrentNeurons: 8, threshold: 0.05, weightGain: 1 },
  scheme: { kind: 'mixed-precision' },
  training: { epochs: 4 },
  // The synapse that a panel shows unless it says another one.
  recording: { snapshotEnd: true, traces: { synapses: [{ layer: 'recurrent', from: 1, to: 0 }], neurons: [], every: 0 } },
}

beforeAll(async () => {
  dir = mkdtempSync(path.join(os.tmpdir(), 'chalcogen-'))
  writeFileSync(inDir('small.json'), JSON.stringify(small))
  for (const more of [['seed=1'], ['seed=2'], ['scheme.kind=fp32']]) {
    runs.push(await json('run', 'small.json', ...more.flatMap((change) => ['--set', change])))
  }
  const variants = ['mixed-precision', 'sign'].map((kind) => ({ label: kind, changes: { 'scheme.kind': kind } }))
  writeFileSync(inDir('sweep.json'), JSON.stringify({ name: 'two arms', spec: small, variants, seeds: [1, 2] }))
  sweepId = (await json('sweep', 'sweep.json')).sweepId
})
afterAll(() => rmSync(dir, { recursive: true }))

const panelOf = (chart: FigureChart) => ({
  chart, ...(chart === 'arms' || chart === 'pareto'
    ? { sweep: sweepId }
    : { runs: (chart === 'compare' ? runs : runs.slice(0, 1)).map(({ runId, digest }) => ({ run: runId, digest })) }),
})

function write(name: string, document: object): string {
  writeFileSync(inDir(name), JSON.stringify(document))
  return name
}

const pageOf = (name: string, panels: readonly object[]) => ({ version: 1, name, style: { width: 183, columns: 3 }, panels })
/** Every chart that a figure can have, and what they show on request, except charts of snapshots. A page has at most twelve of them. */
const everyPanel = () => [
  ...figureCharts.filter((chart) => !isSnapshotChart(chart))
    .map((chart) => ({ ...panelOf(chart), hasDensities: chart === 'arms', hasBrackets: chart === 'arms' })),
  { ...panelOf('histogram'), hasDensities: true },
]
const first = () => pageOf('First charts', everyPanel().slice(0, 9))
const second = () => pageOf('Second charts', everyPanel().slice(9))
const gone = () => pageOf('Gone', [{ chart: 'loss', runs: [{ run: '0gone000' }] }, { chart: 'arms', sweep: '0gone000' }])
const ofSnapshots = () => pageOf('Snapshots', figureCharts.filter(isSnapshotChart).map(panelOf))

const pages = [
  [first, ['Loss', 'Spikes', 'Weight map', 'Firing rates']],
  [second, ['Loss by arm', 'Loss versus SET pulses', 'Conductance distribution by epoch', 'Synapse updates']],
] as const
test.for(pages)('figures of every chart are drawn from the library, with the same bytes each time', async ([page, titles]) => {
  const { name } = page()
  const file = write('page.json', page())
  const { warnings, files } = await json('figure', file, '--out', 'page.svg')
  expect(warnings).toEqual([])
  expect(files).toEqual([inDir('page.svg')])
  await json('figure', file, '--out', 'again.svg')
  const svg = readFileSync(inDir('page.svg'), 'utf8')
  expect(svg).toBe(readFileSync(inDir('again.svg'), 'utf8'))
  for (const title of titles) expect(svg).toContain(`>${title}<`)
  expect(svg).toContain('width="183mm"')
  expect(svg).toContain(`<title>${name}</title>`)
  const [run] = runs
  expect(svg).toContain(`run ${run!.runId} (digest ${run!.digest})`)
})

test('charts of snapshots are drawn too, with the numbers of the stored arrays', async () => {
  const [one, other] = runs.map(({ runId }) => ({ run: runId }))
  const document = ofSnapshots()
  const maps = [
    { chart: 'map', runs: [one], quantity: 'plus', layer: 'input', snapshot: 4 },
    { chart: 'difference', runs: [one, other], quantity: 'plus', layer: 'input', snapshot: 4, base: 1 },
  ]
  const { warnings } = await json('figure', write('snapshots.json', { ...document, panels: [...document.panels, ...maps] }), '--out', 'snapshots.svg', '--data')
  expect(warnings).toEqual([])
  const rows = readFileSync(inDir('snapshots.csv'), 'utf8').trim().split('\r\n').map((line) => line.split(','))
  const valuesOf = (panel: number) => rows.filter((row) => row[0] === String(panel) && row[3] === 'image').map((row) => Number(row[6]))
  const plus = ({ run }: { run: string }, epoch: number) => conductances(run, epoch, 'input').filter((_, device) => device % 2 === 0)
  expect(valuesOf(6)).toEqual(plus(one!, 4))
  const before = plus(other!, 1)
  expect(valuesOf(7)).toEqual(plus(one!, 4).map((value, synapse) => Math.fround(value - before[synapse]!)))
})

/** Read from the file, and not through the application. */
function conductances(runId: string, epoch: number, layer: string): number[] {
  const db = new Database(inDir('library.chalcogen'), { readonly: true })
  const row = db.prepare('SELECT * FROM arrays WHERE run_id = ? AND epoch = ? AND kind = ? AND name = ?').get(runId, epoch, 'conductance', layer)
  db.close()
  const { shape, ...packed } = row as Packed & { shape: string }
  return [...unpack(packed, (JSON.parse(shape) as number[]).reduce((product, side) => product * side, 1))!]
}

const kinds = [['first', first], ['second', second], ['snapshots', ofSnapshots], ['gone', gone]] as const
test.for(kinds)('data, document and script of %s are written beside it, and the script draws it again', async ([name, documentOf], context) => {
  const { files } = await json('figure', write(`${name}.json`, documentOf()), '--out', inDir(`out/${name}.pdf`), '--data')
  expect(files.map((each: string) => path.basename(each))).toEqual(['pdf', 'csv', 'json', 'py'].map((ending) => `${name}.${ending}`))
  const again = checkFigure(JSON.parse(readFileSync(inDir(`out/${name}.json`), 'utf8')))
  expect(again).toEqual(checkFigure(documentOf()))
  const python = await pythonWith('matplotlib')
  if (python === undefined) return context.skip('needs Python with matplotlib')
  const { stderr } = await promisify(execFile)(python, [inDir(`out/${name}.py`)], { env: { ...process.env, MPLCONFIGDIR: dir } })
  expect(stderr).toBe('')
  expect(readFileSync(inDir(`out/${name}-replot.pdf`)).subarray(0, 5).toString()).toBe('%PDF-')
})

test('the data have every epoch of the loss, with its range over patterns', async () => {
  await json('figure', write('loss.json', { version: 1, panels: [panelOf('loss')] }), '--out', 'loss.svg', '--data')
  const rows = readFileSync(inDir('loss.csv'), 'utf8').trim().split('\r\n').map((line) => line.split(','))
  expect(rows[0]).toEqual(['panel', 'plot', 'mark', 'kind', 'series', 'x', 'y', 'low', 'high'])
  const shown = (await json('show', runs[0]!.runId)).epochs as { epoch: number; loss: number; patternLosses: number[] }[]
  expect(rows.filter(([, , , kind]) => kind === 'line').map((row) => [Number(row[5]), Number(row[6])]))
    .toEqual(shown.map(({ epoch, loss }) => [epoch, loss]))
  expect(rows.filter(([, , , kind]) => kind === 'band').map((row) => row.slice(7).map(Number)))
    .toEqual(shown.map(({ patternLosses }) => [Math.min(...patternLosses), Math.max(...patternLosses)]))
})

test('a tournament is compared as the figure says', async () => {
  const [arms] = [panelOf('arms')]
  const equal = { ...arms, comparison: { budget: { kind: 'set', pulses: 1 }, reference: 'sign' } }
  const drawn = async (panel: object, name: string) => {
    await json('figure', write(`${name}.json`, { version: 1, panels: [panel] }), '--out', `${name}.svg`, '--data')
    return readFileSync(inDir(`${name}.csv`), 'utf8')
  }
  const own = await drawn(arms!, 'own')
  expect(await drawn(equal, 'equal')).not.toBe(own)
  expect(await drawn({ ...arms, comparison: {} }, 'default')).toBe(own)
  const { code, err } = await chalcogen('figure', write('bad.json', { version: 1, panels: [{ ...arms, comparison: { reference: 3 } }] }), '--out', 'bad.svg')
  expect([code, err]).toEqual([2, expect.stringContaining('panels.0.comparison.reference')])
})

test('runs that are gone or have changed, and charts without data, are named, and the rest is drawn', async () => {
  const [first] = runs
  const document = {
    version: 1,
    panels: [
      panelOf('loss'),
      { chart: 'loss', runs: [{ run: '0gone000' }] },
      { chart: 'loss', runs: [{ run: first!.runId, digest: 'another' }] },
      { chart: 'saturation', runs: [{ run: runs[2]!.runId }] },
      { chart: 'arms', sweep: '0gone000' },
    ],
  }
  const { warnings } = await json('figure', write('gone.json', document), '--out', 'gone.svg')
  expect(warnings).toEqual([
    expect.stringMatching(/^Panel 2: .*0gone000/),
    `Panel 3: Run ${first!.runId} has changed since this figure was saved.`,
    'Panel 4: This scheme uses digital weights: there are no devices and no pulses.',
    expect.stringMatching(/^Panel 5: .*0gone000/),
  ])
  const svg = readFileSync(inDir('gone.svg'), 'utf8')
  expect(svg).toContain('<path')
  // What is missing stands in its panel, under its letter and the title of its chart.
  for (const text of ['The library has no run 0gone000.', 'This scheme uses digital weights: there are no devices and no pulses.', 'The library has no sweep 0gone000.']) {
    expect(svg).toContain(`>${text}<`)
  }
  expect(svg.match(/>Loss</g)).toHaveLength(3)
  expect(svg).toContain('>Loss by arm<')
})

test.for<[string, object, RegExp]>([
  ['a newer version', { version: 2, panels: [{ chart: 'loss', runs: [{ run: '0run00000001' }] }] }, /version must be 1\. A newer version of the application wrote this figure/],
  ['no panel', { version: 1, panels: [] }, /panels must be a list of 1 to 12 panels/],
  ['an unknown chart', { version: 1, panels: [{ chart: 'pie' }] }, /panels\.0\.chart/],
  ['a chart without its run', { version: 1, panels: [{ chart: 'loss' }] }, /panels\.0\.runs must have exactly one run, since the chart is loss\. Found 0/],
  ['a tournament without its sweep', { version: 1, panels: [{ chart: 'arms' }] }, /panels\.0\.sweep/],
  ['an unknown key', { version: 1, panels: [{ chart: 'loss', runs: [{ run: '0run00000001' }], colour: 'red' }] }, /panels\.0\.colour/],
])('%s is refused by its path, and nothing is written', async ([, document, message]) => {
  const { code, err } = await chalcogen('figure', write('bad.json', document), '--out', 'bad.svg')
  expect(code).toBe(2)
  expect(err).toMatch(message)
  expect(existsSync(inDir('bad.svg'))).toBe(false)
})

test('a run has its own figure, but no data beside it', async () => {
  const { code, err } = await chalcogen('figure', runs[0]!.runId, '--out', 'run.svg', '--data')
  expect(code).toBe(2)
  expect(err).toContain('Use export for the data of a run')
  expect(readdirSync(dir)).not.toContain('run.svg')
})

test('a word that is neither a figure nor a run is named', async () => {
  expect(await chalcogen('figure', 'no such', '--out', 'none.svg')).toMatchObject({
    code: 2, err: 'The library has no figure and no run no such.\nList runs with: chalcogen list\n',
  })
})

test.for(['show', 'export --format csv --out tables', 'resume', 'trash'])('%s names a word that is no run', async (line) => {
  const [name, ...options] = line.split(' ')
  const err = expect.stringContaining('The library has no run No-Such.') as string
  expect(await chalcogen(name!, 'No-Such', ...options)).toMatchObject({ code: 2, err })
})

test('verify names a word that is neither a file nor a run', async () => {
  const { code, err } = await chalcogen('verify', 'no-such.zip')
  expect([code, err]).toEqual([2, expect.stringContaining('There is no file no-such.zip, and the library has no run of this id.')])
})

test('the document of the user is not replaced by the one beside its figure', async () => {
  const own = write('own.json', { version: 1, panels: [panelOf('loss')] })
  const before = readFileSync(inDir(own), 'utf8')
  const { files } = await json('figure', own, '--out', 'own.svg', '--data')
  expect(files.map((each: string) => path.basename(each))).toEqual(['own.svg', 'own.csv', 'own.py'])
  expect(readFileSync(inDir(own), 'utf8')).toBe(before)
})
