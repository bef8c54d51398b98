import { describe, expect, it } from 'vitest'
import { comparedGroups } from '../../../../src-engine/charts/compared-groups.ts'
import { type ComparisonView, defaultView } from '../../../../src-engine/charts/comparison-view.ts'
import { finalChart, finalGroups } from '../../../../src-engine/charts/final-values.ts'
import type { ComparedRun } from '../../../../src-engine/charts/compare.ts'
import { specSchema } from '../../../../src-engine/experiment/spec.ts'
import { light, marksOf } from './fixtures.ts'

function run(kind: 'fp32' | 'sign', seed: number, losses: number[]): ComparedRun {
  const spec = specSchema.parse({ seed, scheme: { kind } })
  const ledger = { set: 0, reset: 0, read: 0 }
  const epochs = losses.map((loss, index) =>
    ({ epoch: index + 1, loss, metrics: {}, meanRateHz: 0, silent: 0, saturated: 0, ledger }))
  const summary = { runId: `${kind}${seed}`, name: '', scheme: kind, seed, task: 'sinusoids', epochs: 9, sequences: 9, secondsComputed: null }
  return { spec, epochs, summary }
}
const runs = [
  run('fp32', 1, [0.9, 0.2]), run('fp32', 2, [0.8, 0.4]), run('sign', 1, [0.7, 0.6]), run('sign', 2, [0.5, NaN]), run('sign', 3, []),
]
const groups = comparedGroups(runs, defaultView)
const chartOf = (view: Partial<ComparisonView> = {}) => finalChart({ groups, view: { ...defaultView, ...view } }, light)

describe('final values', () => {
  it('are those of the last epoch, or means of the last epochs', () => {
    const valuesWith = (smoothing: number) => finalGroups({ groups, view: { ...defaultView, smoothing } }, light).groups
      .map(({ values }) => values.map(({ value }) => value))
    expect(valuesWith(1)).toEqual([[0.2, 0.4], [0.6, NaN]])
    expect(valuesWith(9)[0]).toEqual([0.55, expect.closeTo(0.6, 12)])
    expect(chartOf({ smoothing: 9 }).plot.x.name).toBe('Mean squared error, mean of last 9 epochs')
  })

  it('are those of the best epoch, or of one that a run may not have reached', () => {
    const valuesOf = (view: Partial<ComparisonView>) => finalGroups({ groups, view: { ...defaultView, ...view } }, light).groups
      .map(({ values }) => values.map(({ value }) => value))
    // NaN is no best value, and smoothing is for the end alone.
    expect(valuesOf({ value: 'best', smoothing: 9 })).toEqual([[0.2, 0.4], [0.6, 0.5]])
    expect(valuesOf({ value: 'best', metric: 'rate' })).toEqual([[0, 0], [0, 0]])
    expect(valuesOf({ value: 'epoch', epoch: 1 })).toEqual([[0.9, 0.8], [0.7, 0.5]])
    expect(valuesOf({ value: 'epoch', epoch: 3 })).toEqual([[], []])
    expect(chartOf({ value: 'epoch', epoch: 3 }).notes).toEqual(['5 runs left out: epoch 3 has not ended'])
    expect(chartOf({ value: 'best' }).plot.x.name).toBe('Mean squared error, smallest of all epochs')
    expect(chartOf({ value: 'best', metric: 'rate' }).plot.x.name).toBe('Mean firing rate, last epoch (Hz)')
    expect(chartOf({ value: 'epoch', epoch: 2 }).plot.x.name).toBe('Mean squared error, epoch 2')
  })

  it('are points that open their runs, with a centre and its spread in each row', () => {
    const chart = chartOf({ spread: 'sd' })
    expect(marksOf(chart, 'points').filter(({ size }) => size === 'small').map(({ runs: own }) => own)).toEqual([['fp321', 'fp322'], ['sign1']])
    expect(marksOf(chart, 'intervals')).toMatchObject([{ low: [expect.closeTo(0.3 - Math.sqrt(0.02), 12)], high: [expect.closeTo(0.3 + Math.sqrt(0.02), 12)], y: [0] }])
  })

  it('say which runs are missing', () => {
    expect(chartOf().notes).toEqual(['1 run left out: no epoch has ended', '× 1 run without a value that the axis can show'])
    expect(marksOf(chartOf(), 'rug')).toMatchObject([{ side: 'right', at: [1], runs: ['sign2'] }])
    expect(chartOf().table().rows).toEqual([['FP32', 1, 0.2], ['FP32', 2, 0.4], ['Sign', 1, 0.6], ['Sign', 2, NaN]])
  })

  it('are boxes from quartile to quartile, with lines from minimum to maximum', () => {
    const chart = chartOf({ final: 'box' })
    expect(marksOf(chart, 'band')[0]!.x).toEqual([0.25, expect.closeTo(0.35, 12)])
    expect(marksOf(chart, 'intervals')[0]).toMatchObject({ low: [0.2], high: [0.4] })
  })

  it('are bars from 0, so their axis is linear and says so', () => {
    const chart = chartOf({ final: 'bar' })
    expect(chart.plot.x).toMatchObject({ scale: 'linear', from: 0 })
    expect(marksOf(chart, 'band')[0]!.x).toEqual([0, expect.closeTo(0.3, 12)])
    expect(chart.notes).toContain('bars start at 0 on a linear axis')
  })
})
