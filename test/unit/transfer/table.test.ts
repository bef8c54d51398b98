import { describe, expect, test } from 'vitest'
import { type SpecInput, specSchema } from '../../../src-engine/experiment/spec.ts'
import type { RunSummary, StoredOverview } from '../../../src-main/contract/run.ts'
import { groupedTable } from '../../../src-main/transfer/table/grouped-runs.ts'
import { tableText } from '../../../src-main/transfer/table/table-text.ts'
import { run } from './support.ts'

let count = 0
function made(spec: SpecInput, lossLast20: number | null, some: Partial<RunSummary> = {}): StoredOverview {
  const parsed = specSchema.parse(spec)
  const summary = { ...run().summary, runId: `0run0000${++count}`, seed: parsed.seed, scheme: parsed.scheme.kind, lossLast20, ...some }
  return { ...run(), summary, spec: parsed }
}

const seeds = Array.from({ length: 12 }, (_, index) => 1 + index)
const of = (kind: 'fp32' | 'sign', threshold: number, loss: (seed: number) => number) =>
  seeds.map((seed) => made({ seed, scheme: { kind }, network: { threshold } }, loss(seed)))
const runs = [
  ...of('sign', 0.2, (seed) => 0.2 + seed / 1000), ...of('fp32', 10, (seed) => 0.02 + seed / 1000), ...of('fp32', 2, (seed) => 0.01 + seed / 1000),
]
const by = ['scheme', 'network.threshold']

describe('rows', () => {
  test('are groups of equal parameters, numbers by size', () => {
    const { rows, columns, notes } = groupedTable(runs, by)
    expect(columns).toEqual([{ path: 'scheme.kind', title: 'Update scheme' }, { path: 'network.threshold', title: expect.stringContaining('hreshold') }])
    expect(rows.map(({ values, texts, sample: { n } }) => [...values, texts[0], n])).toEqual([
      ['fp32', 2, 'FP32 e-prop', 12], ['fp32', 10, 'FP32 e-prop', 12], ['sign', 0.2, 'Sign', 12],
    ].map(([kind, threshold, , n]) => [kind, threshold, expect.any(String), n]))
    expect(rows.map(({ isBest }) => isBest)).toEqual([true, false, false])
    expect(notes).toEqual([])
  })

  test('leave out what did not finish, what cannot be read, and repeats, and say so', () => {
    const [first] = runs
    const unreadable: StoredOverview = {
      summary: { ...first!.summary, runId: '0unread', unreadable: 'damaged' }, texts: { spec: '{', environment: '{' }, arrays: [],
    }
    const others = [
      made({ seed: 99 }, 0.001, { runId: '0stopped', status: 'stopped' }), made({ seed: 98 }, null, { runId: '0lossless' }), unreadable,
      made({ seed: 1, scheme: { kind: 'sign' }, network: { threshold: 0.2 }, name: 'again' }, 0.201, { runId: '0again' }),
    ]
    const { rows, notes } = groupedTable([...runs, ...others], by)
    expect(rows.map(({ sample: { n } }) => n)).toEqual([12, 12, 12])
    expect(notes).toEqual([
      'Without 2 runs that did not finish: 0stopped and 0lossless.', 'Without 1 run that cannot be read: 0unread.',
      'Without 1 repeated run: 0again.',
    ])
  })

  test('that are no means over seeds are named', () => {
    const { notes, rows } = groupedTable(runs, ['scheme'])
    expect(notes).toHaveLength(1)
    expect(notes[0]).toMatch(/^Runs of a row differ not only in the seed but also in network\.threshold: FP32.*\. Add it to --by/)
    // Each seed occurs twice, so nothing is tested.
    expect(rows.map(({ test: made }) => made)).toEqual([null, null])
  })

  test('of too few seeds cannot be told apart, and say so', () => {
    const few = (most: number) => groupedTable(runs.filter(({ summary }) => summary.seed <= most), by).notes
    expect(few(5)).toEqual(['With 5 shared seeds and 2 tests, no p can be below 0.125. Use more seeds to tell the rows apart.'])
    expect(few(1)).toEqual(['With 1 shared seed and 2 tests, no p can be below 1. Use more seeds to tell the rows apart.'])
    expect(few(6)).toHaveLength(1)
    expect(few(7)).toEqual([])
  })

  test.for<[string[], string]>([
    [['network.treshold'], '--by names network.treshold, which is no setting. Did you mean network.threshold?'],
    [['seed'], '--by must leave out seed: a row is the mean over its seeds.'],
    [['network'], '--by names network, which none of the runs has as a value.'],
    [['scheme', 'scheme.kind'], '--by names scheme.kind twice.'],
  ])('by %j are refused', ([paths, message]) => {
    expect(() => groupedTable(runs, paths)).toThrow(message)
  })

  test('need a finished run', () => {
    expect(() => groupedTable([made({}, 1, { status: 'failed' })], ['scheme'])).toThrow('The table needs a finished run. Choose others.')
  })
})

describe('text', () => {
  const table = groupedTable(runs, by)

  test('in Markdown', () => {
    expect(tableText(table, 'markdown').split('\n').slice(0, 5)).toEqual([
      expect.stringMatching(/^\| Update scheme \| .*hreshold.* \| n \| MSE, mean ± SD \| p \(Holm\) \|$/), '| --- | --- | ---: | ---: | ---: |',
      expect.stringMatching(/^\| FP32.* \| 2 \| 12 \| \*\*0\.0165 ± 0\.0036\*\* \|  \|$/),
      expect.stringMatching(/^\| FP32.* \| 10 \| 12 \| 0\.0265 ± 0\.0036\\\*\\\*\\\* \| < 0\.001 \|$/),
      expect.stringMatching(/^\| Sign.* \| 0\.2 \| 12 \| 0\.2065 ± 0\.0036\\\*\\\*\\\* \| < 0\.001 \|$/),
    ])
  })

  test('in LaTeX, escaped', () => {
    const text = tableText({ ...table, rows: table.rows.map((row) => ({ ...row, texts: ['[50 % & more_]', row.texts[1]!] })), notes: ['A\nnote.'] }, 'latex')
    expect(text).toContain('\\usepackage{booktabs}')
    expect(text).toContain('% Note: A note.\n')
    expect(text).toContain('    {}[50 \\% \\& more\\_] & 2 & $12$ & $\\boldsymbol{0.0165 \\pm 0.0036}$ &  \\\\\n')
    expect(text).toContain(' & 10 & $12$ & $0.0265 \\pm 0.0036^{***}$ & $< 0.001$ \\\\\n')
    expect(text).toMatch(/\\begin\{tabular\}\{llrrr\}\n {4}\\toprule/)
    expect(text.match(/\\\\$/gm)).toHaveLength(4)
  })

  test('in LaTeX has no number that math mode does not know', () => {
    const odd = groupedTable([made({ seed: 1 }, NaN), made({ seed: 1, scheme: { kind: 'sign' } }, Infinity), made({ seed: 1, network: { threshold: 3 } }, 1.5e-7), made({ seed: 2, network: { threshold: 3 } }, 2.5e-7)], by)
    const text = tableText(odd, 'latex')
    expect(text).toContain('$\\text{NaN}$')
    expect(text).toContain('$\\infty$')
    expect(text).toContain('$\\boldsymbol{(2.00 \\pm 0.71) \\times 10^{-7}}$')
    expect(text).not.toMatch(/[^\x20-\x7e\n]/)
  })

  test('escapes what its format would take for markup', () => {
    const odd = { ...table, loss: { ...table.loss, print: 'percentage' as const }, rows: table.rows.map((row) => ({ ...row, texts: ['a|b', '*c*'] })) }
    expect(tableText(odd, 'markdown')).toContain('| a\\|b | \\*c\\* | 12 | **1.65 ± 0.36 %** |')
    expect(tableText(odd, 'latex')).toContain('$\\boldsymbol{1.65 \\pm 0.36 \\%}$')
  })

  test('in CSV with all digits', () => {
    const [head, first, second] = tableText(table, 'csv').split('\r\n')
    expect(head).toBe('scheme.kind,network.threshold,n,mean,sd,best,test,p,pCorrected')
    const [mean, sd] = [table.rows[0]!.sample.mean, table.rows[0]!.sample.sd]
    expect(first).toBe(`fp32,2,12,${mean},${sd},1,,,`)
    expect(second).toMatch(/^fp32,10,12,[\d.]+,[\d.]+,0,paired,0\.00048828125,0\.0009765625$/)
  })
})
