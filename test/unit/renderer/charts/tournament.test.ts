import { describe, expect, it } from 'vitest'
import { mse } from '../../../../src-engine/experiment/metrics.ts'
import { armsFigure, rankedLabels, tooltipOf } from '../../../../src-renderer/charts/arms.ts'
import { paretoFigure } from '../../../../src-renderer/charts/pareto.ts'
import { armOf, runOf } from '../comparisons.ts'
import { light, seriesOf, svgOf } from './fixtures.ts'

const mixed = { arm: armOf(2, 'Mixed', [runOf(1, 0.01), runOf(2, 0.03)], { interval: [0.01, 0.03], onFront: true }), scheme: 'mixed-precision' as const }
const sign = { arm: armOf(0, 'Sign', [runOf(3, 0.2), runOf(4, NaN, { stability: { outcome: 'diverged', reasons: ['not a number'] } })]), scheme: 'sign' as const }
const digital = { arm: armOf(1, 'FP32', [runOf(5, 0.001, { set: 0 })], { set: 0 }), scheme: 'fp32' as const }
const waiting = { arm: armOf(3, 'Waiting', []), scheme: 'stochastic' as const }

describe('losses by arm', () => {
  const figure = armsFigure({ loss: mse, arms: [mixed, sign, waiting], reference: 'Mixed', scale: 'log' }, light)
  const [runs, means, missing] = seriesOf(figure)

  it('has a dot for each run in the row of its arm, with the run to open', () => {
    expect(runs!.data).toMatchObject([{ value: [0.01, 0], runId: 'run-1' }, { value: [0.03, 0], runId: 'run-2' }, { value: [0.2, 1], runId: 'run-3' }])
  })

  it('has a mean with its interval for each arm that has one', () => {
    expect(means!.data).toMatchObject([{ value: [0.02, 0, 0.01, 0.03] }])
  })

  it('marks and counts runs without a finite loss', () => {
    expect(missing!.data).toMatchObject([{ runId: 'run-4' }])
    expect(figure.notes).toEqual(['× 1 run without a finite loss'])
    expect(tooltipOf({ data: missing!.data[0] })).toContain('seed 4: MSE NaN, diverged: not a number')
  })

  it('lists every run in the table', () => {
    const { columns, rows } = figure.table()
    expect(columns.slice(0, 3)).toEqual(['Arm', 'Seed', 'MSE, mean of last 20 epochs'])
    expect(rows).toHaveLength(4)
    expect(rows[3]).toEqual(['Sign', 4, NaN, 40, 4000, 2, 'diverged', 'not a number'])
  })

  it('names all arms, best at the top', () => {
    const svg = svgOf(figure)
    for (const name of ['1  Mixed', '2  Sign', '3  Waiting']) expect(svg).toContain(name)
    expect(svg).not.toContain('NaN')
  })

  it('shows a loss of zero on a linear axis only', () => {
    const arms = [{ ...mixed, arm: armOf(0, 'Zero', [runOf(1, 0)]) }]
    expect(seriesOf(armsFigure({ loss: mse, arms, reference: '', scale: 'linear' }, light))[0]!.data).toHaveLength(1)
    expect(seriesOf(armsFigure({ loss: mse, arms, reference: '', scale: 'log' }, light))[0]!.data).toHaveLength(0)
  })

  it('is empty without runs', () => {
    expect(armsFigure({ loss: mse, arms: [waiting], reference: '', scale: 'log' }, light).empty).not.toBe(null)
  })
})

it('shortens long labels in the middle', () => {
  const labels = ['full PCM model, published conventions', 'performance mode, corrected conventions'].map((end) => `Multi-memristor, 8 pairs, ${end}`)
  const short = rankedLabels(labels.map((label, index) => ({ arm: armOf(index, label, []), scheme: 'multi-memristor' })))
  for (const [index, label] of short.entries()) {
    expect(label.length).toBeLessThanOrEqual(38)
    expect(label).toMatch(index === 0 ? /^1 {2}Multi-.*….*published conventions$/ : /^2 {2}Multi-.*….*corrected conventions$/)
  }
})

it('leaves out what all labels share, and never cuts a number', () => {
  const labels = [1, 2].map((value) => `Search of learning rates · Decay 0.5 · Learning rate (input weights) ${value}.74251 × 10⁻⁵`)
  expect(rankedLabels(labels.map((label, index) => ({ arm: armOf(index, label, []), scheme: 'sign' }))))
    .toEqual(['1  Learning … weights) 1.74251 × 10⁻⁵', '2  Learning … weights) 2.74251 × 10⁻⁵'])
})

describe('loss versus SET pulses', () => {
  const cheap = { arm: armOf(4, 'Cheap', [runOf(1, 0.1, { set: 10 })], { onFront: true }), scheme: 'stochastic' as const }
  const figure = paretoFigure({ loss: mse, arms: [digital, mixed, cheap, sign] }, light)

  it('has a point for each arm with pulses and a mean, numbered by rank', () => {
    const [front, ...points] = seriesOf(figure)
    expect(front!.data).toEqual([[10, 0.1], [1500, 0.02]])
    expect(points.map(({ name }) => name)).toEqual(['2  Mixed', '3  Cheap'])
    expect(points.map(({ data }) => (data[0] as { value: number[] }).value)).toEqual([[1500, 0.02], [10, 0.1]])
  })

  it('names the arms that are not drawn', () => {
    expect(figure.notes).toEqual(['not drawn (no SET pulses or no finite loss): 1, 4'])
    expect(paretoFigure({ loss: mse, arms: [digital] }, light).empty).not.toBe(null)
  })

  it('names its axes', () => {
    expect(svgOf(figure)).toContain('SET pulses, mean over seeds')
  })
})
