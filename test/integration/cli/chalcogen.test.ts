import Database from 'better-sqlite3'
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { fixtureV3 } from '../../fault/dump.ts'
import { end, inProcess, start as startIn } from './program.ts'

const tiny = {
  name: 'tiny',
  task: { kind: 'sinusoids', patterns: 2, steps: 60, inputChannels: 8 },
  network: { recurrentNeurons: 8, threshold: 0.05, weightGain: 1 },
  scheme: { kind: 'mixed-precision' },
  training: { epochs: 3 },
}

let dir: string
beforeEach(() => {
  dir = mkdtempSync(path.join(os.tmpdir(), 'chalcogen-'))
  writeFileSync(inDir('tiny.json'), JSON.stringify(tiny))
})
afterEach(() => rmSync(dir, { recursive: true }))

const inDir = (name: string) => path.join(dir, name)
const start = (args: string[]) => startIn(args, dir, inDir('library.chalcogen'))
const chalcogen = (...args: string[]) => inProcess(args, dir, inDir('library.chalcogen'))

/** Runs a command and parses its only JSON document. */
async function json(...args: string[]) {
  const { code, out, err } = await chalcogen(...args, '--json')
  expect(code, err).toBe(0)
  return JSON.parse(out)
}

test('gives the same digest for the same spec and seed, and another for another seed', async () => {
  const first = await json('run', 'tiny.json', '--seed', '7')
  const again = await json('run', 'tiny.json', '--set', 'seed=7')
  const other = await json('run', 'tiny.json', '--seed', '8')
  expect(first).toMatchObject({
    runId: expect.any(String), preset: '', seed: 7, epochs: 3, sequences: 6, loss: expect.any(Number), lossLast20: expect.any(Number), metrics: {},
    mse: first.loss, mseLast20: first.lossLast20,
    outcome: expect.any(String), reasons: expect.any(Array), secondsComputed: expect.any(Number),
    meanRateHz: expect.any(Number), secondsPerSequence: expect.any(Number), digest: expect.stringMatching(/^[0-9a-f]{64}$/),
    ledger: { set: expect.any(Number), reset: expect.any(Number), refresh: expect.any(Number), read: expect.any(Number) },
  })
  expect(again.digest).toBe(first.digest)
  expect(other.digest).not.toBe(first.digest)
})

test('lists runs newest first, shows and exports them', async () => {
  const first = await json('run', 'tiny.json')
  const second = await json('run', 'tiny.json', '--set', 'scheme.kind=sign', '--set', 'training.epochs=2')
  const runs = await json('list')
  expect(runs.map(({ runId }: { runId: string }) => runId)).toEqual([second.runId, first.runId])
  expect(runs[0]).toMatchObject({ status: 'done', outcome: second.outcome, secondsComputed: second.secondsComputed, preset: '', seed: 42, loss: second.loss, scheme: 'sign' })
  const shown = await json('show', first.runId)
  expect(shown).toMatchObject({ summary: { loss: first.loss, digest: first.digest }, spec: { name: 'tiny' } })
  expect(shown.epochs).toHaveLength(3)
  const { files, estimatedBytes } = await json('export', first.runId, second.runId, '--format', 'json', '--out', inDir('out'))
  const text = readFileSync(files[0], 'utf8')
  expect(text).toContain(first.digest)
  expect(estimatedBytes / text.length).toBeCloseTo(1, 0)
  const { err } = await chalcogen('export', first.runId, '--format', 'csv', '--out', inDir('out'))
  expect(err).toMatch(/^The files will be about \d+ kB\.\n$/)
})

test('lists the outcomes of a library of an earlier version, which are judged first', async () => {
  const library = inDir('v3.chalcogen')
  copyFileSync(fixtureV3, library)
  const { out } = await chalcogen('list', '--library', library)
  expect(out).toMatch(/finished +learned[^]*finished +silent[^]*finished +diverged/)
})

test('fault 47: lists a run that a wrong clock has dated to the future last', async () => {
  copyFileSync(fixtureV3, inDir('library.chalcogen'))
  const ids = async () => (await json('list')).map(({ runId }: { runId: string }) => runId)
  const [newest, ...others] = await ids()
  const db = new Database(inDir('library.chalcogen'))
  db.prepare(`UPDATE runs SET created_at = '2136-01-01T00:00:00.000Z' WHERE run_id = ?`).run(newest)
  db.close()
  expect(await ids()).toEqual([...others, newest])
})

test('lists nothing before the first run', async () => {
  expect(await json('list')).toEqual([])
})

test('prints text for people without --json', async () => {
  const { code, out, err } = await chalcogen('run', 'tiny.json')
  expect(code).toBe(0)
  expect(out).toMatch(/MSE, last epoch +\d/)
  expect(out).toMatch(/Outcome +untrained: /)
  expect(out).toMatch(/Time computed +\d/)
  expect(err).toMatch(/epoch \d of 3/)
  expect((await chalcogen('list')).out).toMatch(/Run +Status +Outcome +Scheme/)
})

test('draws the loss and every pattern, and prints the path of the figure', async () => {
  const { figure, runId } = await json('run', 'tiny.json', '--figure')
  expect(figure).toBe(path.join(dir, 'figures', `${runId}.svg`))
  const svg = readFileSync(figure, 'utf8')
  for (const words of ['Mean squared error', 'Epoch', 'pattern 0', 'pattern 1', 'Time (ms)', 'Readout']) expect(svg).toContain(words)
  expect(svg.toLowerCase()).toContain('#d55e00')
})

test('draws a saved run as PDF, the same bytes each time, and refuses other formats', async () => {
  const { runId } = await json('run', 'tiny.json')
  const [first, second] = [path.join(dir, 'first.pdf'), path.join(dir, 'second.pdf')]
  expect(await json('figure', runId, '--out', 'first.pdf')).toEqual({ file: first })
  await json('figure', runId, '--out', 'second.pdf')
  expect(readFileSync(first).subarray(0, 5).toString()).toBe('%PDF-')
  expect(readFileSync(second).equals(readFileSync(first))).toBe(true)
  const { code, err } = await chalcogen('figure', runId, '--out', 'figure.gif')
  expect(code).toBe(2)
  expect(err).toContain('must end in .svg, .pdf or .png')
})

test('draws a saved run as PNG at a resolution, and refuses a resolution that it cannot use', async () => {
  const { runId } = await json('run', 'tiny.json')
  const widthOf = async (...words: string[]) => {
    const { file } = await json('figure', runId, ...words)
    return readFileSync(file).readUInt32BE(16)
  }
  const width = await widthOf('--out', 'a.png', '--dpi', '100')
  expect(width).toBe(Math.round((180 / 25.4) * 100))
  expect(Math.abs(await widthOf('--out', 'b.PNG') - 3 * width)).toBeLessThanOrEqual(2)
  for (const [words, message] of [
    [['a.png', '--dpi', '5'], 'The resolution must be between 36 and 1200 dpi. Found 5.'],
    [['a.svg', '--dpi', '300'], 'must end in .png if you set a resolution'],
    [['a.png', '--dpi', 'high'], 'Enter a whole number, such as 300.'],
  ] as const) {
    const { code, err } = await chalcogen('figure', runId, '--out', ...words)
    expect(code).toBe(2)
    expect(err).toContain(message)
  }
})

describe('verify', () => {
  const verified = async (...words: string[]) => {
    const { code, out } = await chalcogen('verify', ...words, '--json')
    return { code, runs: JSON.parse(out) as { runId: string; result: string; reason: string }[] }
  }

  test('computes runs of the library and of an archive again, and keeps nothing of it', async () => {
    const { runId } = await json('run', 'tiny.json')
    const { files } = await json('export', runId, '--format', 'archive', '--out', 'verified')
    const before = await json('list')
    expect(await verified(runId)).toMatchObject({ code: 0, runs: [{ runId, result: 'same', reason: '' }] })
    expect(await verified(files[0])).toMatchObject({ code: 0, runs: [{ runId, result: 'same' }] })
    expect(await json('list')).toEqual(before)
  })

  test('verifies each run of each file, also if an earlier file has the same one', async () => {
    const [one, other] = [await json('run', 'tiny.json'), await json('run', 'tiny.json')]
    const { files: [archive] } = await json('export', one.runId, '--format', 'archive', '--out', 'twice')
    const { files: [both] } = await json('export', one.runId, other.runId, '--format', 'archive', '--out', 'both')
    const { code, runs } = await verified(one.runId, archive, both)
    expect(code).toBe(0)
    expect(runs.map(({ runId }) => runId).sort()).toEqual([one.runId, one.runId, one.runId, other.runId].sort())
  })

  test('takes the mark from an imported run that gives the same', async () => {
    const { runId } = await json('run', 'tiny.json')
    const { files: [archive] } = await json('export', runId, '--format', 'archive', '--out', 'marked')
    const other = (...args: string[]) => inProcess(args, dir, inDir('other.chalcogen'))
    await other('import', archive)
    expect((await other('list')).out).toContain('finished, imported, not verified')
    expect(JSON.parse((await other('show', runId, '--json')).out)).toMatchObject({ summary: { unverified: true } })
    expect((await other('verify', runId)).code).toBe(0)
    expect((await other('list')).out).not.toContain('not verified')
  })

  test('tells results that differ, and runs without a digest', async () => {
    const { runId } = await json('run', 'tiny.json')
    const db = new Database(path.join(dir, 'library.chalcogen'))
    db.prepare('UPDATE runs SET digest = ? WHERE run_id = ?').run('f'.repeat(64), runId)
    expect(await verified(runId)).toMatchObject({ code: 1, runs: [{ result: 'different', reason: 'The same engine gave other results.' }] })
    db.prepare(`UPDATE runs SET digest = NULL, status = 'stopped' WHERE run_id = ?`).run(runId)
    db.close()
    expect(await verified(runId)).toMatchObject({ code: 1, runs: [{ result: 'not compared', reason: 'The run is stopped, so it has no digest.' }] })
    expect((await chalcogen('verify', 'no-such-run')).code).not.toBe(0)
  })
})

test('stops and saves the run on an interrupt', async () => {
  const child = start(['run', 'tiny.json', '--set', 'training.epochs=1000000', '--json'])
  const ended = end(child)
  await new Promise<void>((resolve) => child.stderr!.on('data', (text: Buffer) => { if (text.includes('epoch')) resolve() }))
  child.kill('SIGINT')
  const { code, out } = await ended
  expect(code).toBe(130)
  const result = JSON.parse(out)
  expect(result).toMatchObject({ status: 'stopped', digest: null })
  expect(await json('list')).toMatchObject([{ runId: result.runId, status: 'stopped', epochsDone: result.epochsDone }])
})

/** Read from the file, which takes no start of a command. */
function runIdsIn(library: string): unknown[] {
  const db = new Database(library, { readonly: true })
  try {
    return db.prepare('SELECT run_id FROM runs').pluck().all()
  } finally {
    db.close()
  }
}

describe('bad input', () => {
  const files: Record<string, string> = {
    'typo.json': JSON.stringify({ ...tiny, training: { epoch: 3 } }),
    'range.json': JSON.stringify({ ...tiny, training: { epochs: -5 } }),
    'torn.json': '{"seed": 1,',
    'text-cell.csv': 'time,level\n0,1.5\n1,high\n2,2.5\n',
    'text-cell.json': JSON.stringify({ ...tiny, task: { kind: 'signal', file: 'text-cell.csv', column: 'level' } }),
    'no-signal.json': JSON.stringify({ ...tiny, task: { kind: 'signal', file: 'nowhere.csv' } }),
    'no-database': 'a shopping list, kept as it is',
  }
  let shared: string
  let kept: { runId: string }
  // All cases share one library with one run, since none may change it.
  beforeAll(async () => {
    shared = mkdtempSync(path.join(os.tmpdir(), 'chalcogen-'))
    for (const [name, text] of Object.entries({ ...files, 'tiny.json': JSON.stringify(tiny) })) writeFileSync(path.join(shared, name), text)
    const { out } = await inShared('run', 'tiny.json', '--set', 'training.epochs=1', '--json')
    kept = JSON.parse(out)
  })
  afterAll(() => rmSync(shared, { recursive: true }))
  const inShared = (...args: string[]) => inProcess(args, shared, path.join(shared, 'library.chalcogen'))

  test.each([
    [['run', 'typo.json'], ['typo.json', 'training.epoch']],
    [['run', 'range.json'], ['training.epochs', '-5', 'must be between 1 and 1000000']],
    [['run', 'torn.json'], ['torn.json', 'a JSON document']],
    [['run', 'missing.json'], ['missing.json', 'is not a file or a preset']],
    [['run', 'text-cell.json'], ['text-cell.csv', 'high']],
    [['run', 'no-signal.json'], ['nowhere.csv', 'does not exist']],
    [['run', 'tiny.json', '--set', 'training.epoch=3'], ['training.epoch', 'Did you mean training.epochs?']],
    [['run', 'tiny.json', '--set', 'scheme.kind=signs'], ['scheme.kind', '"signs"', '"sign"']],
    [['run', 'tiny.json', '--seed', 'x'], ['seed', '"x"', 'a whole number']],
    [['run', 'tiny.json', '--library', 'no-database'], ['no-database']],
    [['run', 'tiny.json', '--sede', '1'], ['--sede', '--seed']],
    [['runn', 'tiny.json'], ['runn', 'run']],
    [['run'], ['spec']],
    [['show', 'nosuchrun'], ['nosuchrun']],
    [['list', '--library', 'nowhere.chalcogen'], ['nowhere.chalcogen', 'does not exist']],
    [['export', 'nosuchrun', '--format', 'xml', '--out', 'out'], ['xml', 'csv']],
    [['verify-engine', '--golden', 'torn.json'], ['torn.json', 'a JSON document']],
  ])('%j is refused with exit code 2 and leaves the library unchanged', async (args, words) => {
    const { code, out, err } = await inShared(...args)
    expect(code, err).toBe(2)
    expect(out).toBe('')
    for (const word of words) expect(err).toContain(word)
    expect(runIdsIn(path.join(shared, 'library.chalcogen'))).toEqual([kept.runId])
    expect(readFileSync(path.join(shared, 'no-database'), 'utf8')).toBe(files['no-database'])
  })

  test('prints the refusal as the only JSON document', async () => {
    const { code, out, err } = await inShared('run', 'range.json', '--json')
    expect(code).toBe(2)
    expect(JSON.parse(out).error).toMatchObject({ code: 'bad-input', problems: [{ path: 'training.epochs', rule: 'must be between 1 and 1000000', found: '-5' }] })
    expect(err).toContain('training.epochs')
  })

  test('creates no library for a refused spec', async () => {
    writeFileSync(inDir('range.json'), files['range.json']!)
    await chalcogen('run', 'range.json')
    expect(await json('list')).toEqual([])
    expect(() => readFileSync(inDir('library.chalcogen'))).toThrow('ENOENT')
  })
})
