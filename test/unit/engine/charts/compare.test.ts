import { describe, expect, it } from 'vitest'
import { comparedGroups } from '../../../../src-engine/charts/compared-groups.ts'
import { notOffered } from '../../../../src-engine/charts/compared-quantities.ts'
import { type ComparedRun, compareChart } from '../../../../src-engine/charts/compare.ts'
import { type ComparisonView, comparisonViewSchema, defaultView } from '../../../../src-engine/charts/comparison-view.ts'
import { type SpecInput, specSchema } from '../../../../src-engine/experiment/spec.ts'
import { light, marksOf, pairsOf } from './fixtures.ts'

let count = 0
function run(input: SpecInput, losses: readonly number[], set = 0): ComparedRun {
  const spec = specSchema.parse(input)
  const epochs = losses.map((loss, index) => ({
    epoch: index + 1, loss, metrics: {}, meanRateHz: 12 + index, silent: 0, saturated: 0,
    ledger: { set: set * (index + 1), reset: 0, read: 10 * set * (index + 1) },
  }))
  const summary = {
    runId: `run${count++}`, name: spec.name, scheme: spec.scheme.kind, seed: spec.seed, task: 'sinusoids', epochs: 10, sequences: 30,
    secondsComputed: null,
  }
  return { spec, summary, epochs }
}
const sign = (seed: number, losses: readonly number[], set = 0) => run({ name: 'Sign', scheme: { kind: 'sign' }, seed }, losses, set)
const replicates = [sign(1, [0.4, 0.2]), sign(2, [0.2, 0.1])]
const single = run({ name: 'FP32' }, [0.3, 0.02, 0.01])

const chartOf = (runs: readonly ComparedRun[], view: Partial<ComparisonView> = {}, notes?: string[]) =>
  compareChart({ groups: comparedGroups(runs, { ...defaultView, ...view }), view: { ...defaultView, ...view }, notes }, light)

describe('compareChart', () => {
  it('draws replicates as mean and band with n in the key, single runs as lines', () => {
    const chart = chartOf([...replicates, single])
    const name = 'Sign, mean and range (n = 2)'
    expect(chart.plot.marks.map((mark) => [mark.kind, 'entry' in mark && mark.entry])).toEqual([['band', name], ['line', name], ['line', 'FP32']])
    expect(marksOf(chart, 'line')[0]!.y[0]).toBeCloseTo(0.3, 12)
    expect(chart.key).toMatchObject([{ text: name, isArea: true, dash: 'solid' }, { text: 'FP32', isArea: false, dash: 'solid' }])
  })

  it.each([
    ['range', [[0.2], [0.9]], 'mean and range'],
    ['sd', [[0.5 - 0.3605551275463989], [0.5 + 0.3605551275463989]], 'mean ± SD'],
    ['se', [[0.5 - 0.20816659994661327], [0.5 + 0.20816659994661327]], 'mean ± SE'],
    // scipy.stats.t.interval(0.95, 2, 0.5, sem)
    ['interval', [[-0.3956685895029599], [1.39566858950296]], 'mean and 95 % interval'],
  ] as const)('draws the spread %s and names it', (spread, [low, high], text) => {
    const three = [sign(1, [0.4]), sign(2, [0.2]), sign(3, [0.9])]
    const chart = chartOf(three, { spread })
    const [band] = marksOf(chart, 'band')
    expect(band!.low[0]).toBeCloseTo(low[0]!, 12)
    expect(band!.high[0]).toBeCloseTo(high[0]!, 12)
    expect(chart.key[0]!.text).toBe(`Sign, ${text} (n = 3)`)
  })

  it('lists mean and range of each epoch in the table', () => {
    const { columns, rows } = chartOf([...replicates, single]).table()
    expect(columns).toEqual(['Epoch', 'Sign: mean', 'Sign: minimum', 'Sign: maximum', 'FP32'])
    expect(rows[1]!.slice(2)).toEqual([0.1, 0.2, 0.02])
    expect(rows[2]).toEqual([3, null, null, null, 0.01])
  })

  it('ends a mean with the shortest replicate and says so', () => {
    const chart = chartOf([sign(1, [0.4, 0.2, 0.1]), sign(2, [0.2])])
    expect(marksOf(chart, 'line')[0]!.x).toHaveLength(1)
    expect(chart.notes).toContain('Sign: mean ends at epoch 1, the last that all 2 runs have')
  })

  it('marks the epoch at which a replicate diverges', () => {
    const chart = chartOf([sign(1, [0.4, NaN]), sign(2, [0.2, 0.1])])
    expect(marksOf(chart, 'rug')).toMatchObject([{ side: 'bottom', at: [2] }])
  })

  it('distinguishes groups of one colour by dash', () => {
    const lines = marksOf(chartOf([single, run({ name: 'other', network: { tauOutput: 20 } }, [0.3])]), 'line')
    expect(lines.map(({ dash }) => dash)).toEqual(['solid', 'dashed'])
  })

  it('has one entry for the gaps of all curves, and counts the groups that it does not name', () => {
    const gaps = ['a', 'b', 'c', 'd', 'e'].map((name, index) => run({ name, network: { tauOutput: 20 + index } }, [0.4, NaN]))
    expect(chartOf(gaps.slice(0, 2)).key.map(({ text }) => text)).toEqual(['a', 'b', 'Not drawn'])
    expect(chartOf(gaps).notes).toEqual(['a: × 1 value not finite', 'the same of 4 more groups'])
  })

  it('draws a state of every epoch on a linear axis with its name and unit', () => {
    const chart = chartOf([single], { metric: 'rate' })
    expect(chart.plot.y).toMatchObject({ scale: 'linear', name: 'Mean firing rate (Hz)' })
    expect(Array.from(marksOf(chart, 'line')[0]!.y)).toEqual([12, 13, 14])
  })

  it('says in the name of the axis that it smooths', () => {
    const chart = chartOf([single], { smoothing: 2 })
    expect(chart.plot.y.name).toBe('MSE, 2-epoch mean')
    expect(chart.notes).toEqual(['moving mean of 2 epochs'])
    expect(Array.from(marksOf(chart, 'line')[0]!.y)).toEqual([0.3, 0.16, 0.015])
  })

  it('draws along sequences, pulses, energy and device time', () => {
    const pulsed = [sign(1, [0.4, 0.2], 100), sign(2, [0.2, 0.1], 300)]
    const xs = (x: ComparisonView['x']) => Array.from(marksOf(chartOf(pulsed, { x }), 'line')[0]!.x)
    expect(xs('sequence')).toEqual([3, 6])
    expect(xs('pulses')).toEqual([200, 400])
    // 5 pJ per SET, 0.05 pJ per READ, and 50 ns per SET.
    expect(xs('write-energy').map((x) => x * 1e6)).toEqual([1000, 2000])
    expect(xs('read-energy').map((x) => Math.round(x * 1e6))).toEqual([100, 200])
    expect(xs('device').map((x) => Math.round(x * 1e6))).toEqual([10_000, 20_000])
    expect(chartOf(pulsed, { x: 'write-energy' }).notes).toContain('5 pJ per SET, 30 pJ per RESET')
  })

  it('shares the computed time of a run evenly among its epochs, and leaves out runs whose time is not known', () => {
    const timed = (seed: number, secondsComputed: number | null, losses: readonly number[]) => {
      const one = sign(seed, losses)
      return { ...one, summary: { ...one.summary, secondsComputed } }
    }
    const chart = chartOf([timed(1, 10, [0.4, 0.2]), timed(2, 20, [0.2, 0.1]), timed(3, null, [0.3, 0.3])], { x: 'computed', hasRuns: true })
    expect(marksOf(chart, 'line').map(({ x }) => Array.from(x))).toEqual([[5, 10], [10, 20], [7.5, 15]])
    expect(chart.notes).toEqual(['1 run left out: no computed time', 'computed time of a run, shared evenly among its epochs'])
    expect(notOffered('computed', [timed(3, null, [0.3])])).toBe('The computed time of these runs is not known.')
    expect(notOffered('computed', [timed(3, null, [0.3]), timed(1, 10, [0.3])])).toBeNull()
  })

  it('says which runs have no place on the axis, which groups are hidden, and what the caller leaves out', () => {
    const groups = comparedGroups([...replicates, single], defaultView)
    const { notes, key } = chartOf([...replicates, single], { hidden: [groups[0]!.keys[1]!] }, ['20 of 36 runs'])
    expect(key.map(({ text }) => text)).toEqual(['FP32'])
    expect(notes).toEqual(['20 of 36 runs', '1 group hidden'])
    expect(chartOf([sign(1, [0.4], 100), single], { x: 'pulses' }).notes).toEqual(['1 run left out: no pulses'])
  })

  it('draws single runs behind their mean, and lists them', () => {
    const chart = chartOf(replicates, { hasRuns: true })
    expect(marksOf(chart, 'line').map(pairsOf)).toEqual([[[1, 0.4], [2, 0.2]], [[1, 0.2], [2, 0.1]], [[1, expect.closeTo(0.3, 12)], [2, expect.closeTo(0.15, 12)]]])
    expect(chart.table().columns.slice(-2)).toEqual(['Sign: seed 1', 'Sign: seed 2'])
  })

  it('keeps order, colours and dashes of the user', () => {
    const runs = [...replicates, single]
    const [first, second] = comparedGroups(runs, defaultView)
    const view = { order: [second!.key, first!.key], looks: [{ key: first!.keys[1]!, colour: '#123456', dash: 'dotted' as const }] }
    expect(chartOf(runs, view).key).toMatchObject([{ text: 'FP32' }, { colour: '#123456', dash: 'dotted' }])
  })
})

describe('groups', () => {
  const runs = [0.3, 0.1].flatMap((rateInput) => [1, 2].map((seed) => run({ seed, learning: { rateInput } }, [0.1])))

  it('join by a parameter, in the order of its values and of their seeds', () => {
    const groups = comparedGroups(runs.toReversed(), { group: 'learning.rateInput', order: [] })
    expect(groups.map(({ label, runs: own }) => [label, own.length])).toEqual([['Input learning rate 0.1', 2], ['Input learning rate 0.3', 2]])
    expect(groups[0]!.runs.map(({ summary }) => summary.seed)).toEqual([1, 2])
  })

  it('join different experiments by their scheme, and say so', () => {
    expect(chartOf(runs, { group: 'scheme.kind' }).notes).toEqual(['FP32: runs of 2 experiments'])
  })

  it('are single runs if the user wants', () => {
    expect(comparedGroups(replicates, { group: 'run', order: [] }).map(({ label }) => label)).toEqual(['Sign · seed 1', 'Sign · seed 2'])
  })
})

it('a view names the spreads that a centre has', () => {
  expect(comparisonViewSchema.safeParse({ centre: 'median', spread: 'sd' }).error?.issues)
    .toMatchObject([{ path: ['spread'], message: 'must be one of range, quartiles, interval, none for the median' }])
  expect(comparisonViewSchema.parse(JSON.parse(JSON.stringify(defaultView)))).toEqual(defaultView)
})
