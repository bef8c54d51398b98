import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { RunSummary } from '../../../src-main/contract/run.ts'
import { makeLargeLibrary } from '../../fixtures/large-library.ts'
import { inProcess } from './program.ts'

let dir: string
const inDir = (name: string) => path.join(dir, name)
const chalcogen = (...args: string[]) => inProcess(args, dir, inDir('library.chalcogen'))

beforeAll(() => {
  dir = mkdtempSync(path.join(os.tmpdir(), 'chalcogen-'))
  makeLargeLibrary(inDir('library.chalcogen'), { runs: 60, snapshots: 0 })
})
afterAll(() => rmSync(dir, { recursive: true }))

async function finished(): Promise<RunSummary[]> {
  const { out } = await chalcogen('list', '--json')
  return (JSON.parse(out) as RunSummary[]).filter(({ status }) => status === 'done')
}

test('a table has a row for each scheme, with the mean of its finished runs', async () => {
  const { code, out, err } = await chalcogen('table', '--where', 'seed>=0', '--by', 'scheme', '--format', 'csv')
  expect(code, err).toBe(0)
  expect(err.split('\n')).toEqual([
    expect.stringMatching(/^Runs of a row differ not only in the seed but also in network\.threshold, learning\.rateInput: /),
    expect.stringMatching(/^Without \d+ runs that did not finish: 0run\d+, .* and \d+ more\.$/), '',
  ])
  const [head, ...lines] = out.trim().split('\n')
  expect(head).toBe('scheme.kind,n,mean,sd,best,test,p,pCorrected')
  const groups = Map.groupBy(await finished(), ({ scheme }) => scheme)
  expect(lines).toHaveLength(groups.size)
  for (const line of lines) {
    const [scheme, n, mean] = line.split(',')
    const losses = groups.get(scheme!)!.map(({ lossLast20 }) => lossLast20!)
    expect(Number(n)).toBe(losses.length)
    expect(Number(mean)).toBeCloseTo(losses.reduce((sum, loss) => sum + loss, 0) / losses.length, 12)
  }
})

test('runs are named by their ids, each once, and a file is written with its folder', async () => {
  const ids = (await finished()).slice(0, 4).map(({ runId }) => runId)
  const file = ['--format', 'latex', '--out', inDir('paper/table.tex')]
  const { code, out, err } = await chalcogen('table', ...ids, ids[0]!, '--by', 'task, scheme', ...file)
  expect([code, out, err]).toEqual([0, `${inDir('paper/table.tex')}\n`, ''])
  const text = readFileSync(inDir('paper/table.tex'), 'utf8')
  expect(text).toContain('\\begin{tabular}{ll')
  expect([...text.matchAll(/& \$(\d+)\$ &/g)].reduce((sum, [, n]) => sum + Number(n), 0)).toBe(4)
  const printed = await chalcogen('table', ...ids, '--by', 'scheme', '--json')
  expect(JSON.parse(printed.out)).toEqual({ text: expect.stringMatching(/^\| Update scheme \| n \| MSE, mean/), notes: [] })
})

test.for<[string[], string]>([
  [['--by', 'scheme'], 'The command needs runs. Type their ids, or choose them with --where QUERY.'],
  [['--where', 'sign', '--by', ' , '], '--by must name parameters, such as scheme,network.threshold.'],
  [['--where', 'sign', '--by', 'threshold'], '--by names threshold, which is no setting. Did you mean network.threshold?'],
  [['--where', 'failed', '--by', 'scheme'], 'The table needs a finished run. Choose others.'],
  [['0none00000', '--by', 'scheme'], 'The library has no run 0none00000.\nList runs with: chalcogen list'],
])('table %j is refused', async ([words, message]) => {
  const { code, out, err } = await chalcogen('table', ...words, '--out', inDir('refused.md'))
  expect([code, out, err]).toEqual([2, '', `${message}\n`])
  expect(existsSync(inDir('refused.md'))).toBe(false)
})
