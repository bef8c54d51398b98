import { describe, expect, it } from 'vitest'
import { mse } from '../../../../src-engine/experiment/metrics.ts'
import { armsChart, rankedLabels } from '../../../../src-engine/charts/arms.ts'
import { paretoChart } from '../../../../src-engine/charts/pareto.ts'
import { armOf, runOf } from '../../renderer/comparisons.ts'
import { light, marksOf, pairsOf } from './fixtures.ts'

const mixed = { arm: armOf(2, 'Mixed', [runOf(1, 0.01), runOf(2, 0.03)], { interval: [0.01, 0.03], onFront: true }), scheme: 'mixed-precision' as const }
const sign = { arm: armOf(0, 'Sign', [runOf(3, 0.2), runOf(4, NaN, { stability: { outcome: 'diverged', reasons: ['not a number'] } })]), scheme: 'sign' as const }
const digital = { arm: armOf(1, 'FP32', [runOf(5, 0.001, { set: 0 })], { set: 0 }), scheme: 'fp32' as const }
const waiting = { arm: armOf(3, 'Waiting', []), scheme: 'stochastic' as const }

describe('losses by arm', () => {
  const chart = armsChart({ loss: mse, arms: [mixed, sign, waiting], reference: 'Mixed', scale: 'log' }, light)
  const points = (size: string) => marksOf(chart, 'points').filter((mark) => mark.size === size)

  it('has a dot for each run in the row of its arm, with the run to open', () => {
    expect(points('small').map(pairsOf)).toEqual([[[0.01, 0], [0.03, 0]], [[0.2, 1]]])
    expect(points('small').map(({ runs }) => runs)).toEqual([['run-1', 'run-2'], ['run-3']])
  })

  it('has a mean with its interval for each arm that has one', () => {
    expect(points('large').map(pairsOf)).toEqual([[[0.02, 0]]])
    expect(marksOf(chart, 'intervals')).toMatchObject([{ low: [0.01], high: [0.03], y: [0] }])
  })

  it('marks and counts runs without a finite loss', () => {
    const [missing] = marksOf(chart, 'rug')
    expect(missing).toMatchObject({ side: 'right', at: [1], runs: ['run-4'] })
    expect(chart.notes).toEqual(['× 1 run without a finite loss'])
    expect(missing!.details![0]).toContain('seed 4: MSE NaN, diverged: not a number')
  })

  it('has a line at the mean of the reference, where the axis can show it', () => {
    expect(marksOf(chart, 'rule')).toMatchObject([{ x: 0.02 }])
    expect(marksOf(armsChart({ loss: mse, arms: [mixed, sign], reference: 'Sign', scale: 'log' }, light), 'rule')).toEqual([])
  })

  it('lists every run in the table', () => {
    const { columns, rows } = chart.table()
    expect(columns.slice(0, 3)).toEqual(['Arm', 'Seed', 'MSE, mean of last 20 epochs'])
    expect(rows).toHaveLength(4)
    expect(rows[3]).toEqual(['Sign', 4, NaN, 40, 4000, 2, 'diverged', 'not a number'])
  })

  it('names all arms, best at the top', () => {
    expect(chart.plot.y).toMatchObject({ categories: ['1  Mixed', '2  Sign', '3  Waiting'] })
  })

  it('shows a loss of zero on a linear axis only', () => {
    const arms = [{ ...mixed, arm: armOf(0, 'Zero', [runOf(1, 0)]) }]
    const drawn = (scale: 'linear' | 'log') => marksOf(armsChart({ loss: mse, arms, reference: '', scale }, light), 'points')
    expect(drawn('linear')).toHaveLength(2)
    expect(drawn('log')).toHaveLength(0)
  })

  describe('on request', () => {
    const losses = [0.01, 0.1, 1].map((loss, index) => runOf(index + 1, loss))
    const test = (corrected: number) => ({ pairs: 3, difference: 0.1, interval: null, p: corrected, corrected })
    const arms = [
      { ...mixed, arm: armOf(0, 'Mixed', losses) },
      { ...sign, arm: armOf(1, 'Sign', losses, { test: test(0.003) }) },
      { ...digital, arm: armOf(2, 'FP32', [runOf(9, 0.1)], { test: test(0.4) }) },
    ]
    const drawn = (scale: 'linear' | 'log' | 'symlog') =>
      armsChart({ loss: mse, arms, reference: 'Mixed', scale, hasDensities: true, hasBrackets: true }, light)

    it('has a violin for each arm whose losses differ, on a log axis of their logarithms', () => {
      const [one, two, ...more] = marksOf(drawn('log'), 'density')
      expect([one!.row, two!.row, more.length]).toEqual([0, 1, 0])
      // It is symmetric around the middle loss, and highest there.
      expect(one!.x[80]).toBeCloseTo(0.1, 9)
      expect([Math.max(...Array.from(one!.height)), one!.height[80]]).toEqual([1, 1])
      expect(one!.x[0]! * one!.x[160]!).toBeCloseTo(0.01, 9)
      expect(drawn('log').notes[0]).toBe('violins: Gaussian kernels, bandwidth 0.722 decades (Silverman), each as high as its row allows')
      expect(drawn('linear').notes[0]).toMatch(/bandwidth 0\.\d+ \(Silverman\)/)
      expect(drawn('symlog').plot.x.threshold).toBe(0.001)
      expect(drawn('log').key.map(({ text }) => text)).toContain('Density of runs')
    })

    it('has a bracket from the reference to each arm that was tested', () => {
      expect(marksOf(drawn('log'), 'bracket')).toMatchObject([{ from: 0, to: 1, text: 'p = 0.003' }, { from: 0, to: 2, text: 'n.s.' }])
      const many = Array.from({ length: 12 }, (_, arm) => armOf(arm, `Arm ${arm}`, losses, { test: test(arm / 1e4) }))
      const all = [...arms.slice(0, 1), ...many.map((arm) => ({ arm, scheme: 'sign' }))]
      const crowded = armsChart({ loss: mse, arms: all, reference: 'Mixed', scale: 'log', hasBrackets: true }, light)
      expect(marksOf(crowded, 'bracket').map(({ to }) => to)).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
      expect(marksOf(crowded, 'bracket')[0]!.text).toBe('p < 0.001')
      expect(crowded.notes).toContain('brackets of the 4 largest p not drawn')
    })

    it('has none unless asked', () => {
      expect([marksOf(chart, 'density'), marksOf(chart, 'bracket')]).toEqual([[], []])
    })
  })

  it('is empty without runs', () => {
    expect(armsChart({ loss: mse, arms: [waiting], reference: '', scale: 'log' }, light).empty).not.toBe(null)
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
  const chart = paretoChart({ loss: mse, arms: [digital, mixed, cheap, sign] }, light)

  it('has a point for each arm with pulses and a mean, numbered by rank', () => {
    const points = marksOf(chart, 'points')
    expect(marksOf(chart, 'line').map(pairsOf)).toEqual([[[10, 0.1], [1500, 0.02]]])
    expect(points.map(({ entry, labels }) => [entry, labels])).toEqual([['2  Mixed', ['2']], ['3  Cheap', ['3']]])
    expect(points.map(pairsOf)).toEqual([[[1500, 0.02]], [[10, 0.1]]])
  })

  it('names the arms that are not drawn', () => {
    expect(chart.notes).toEqual(['not drawn (no SET pulses or no finite loss): 1, 4'])
    expect(paretoChart({ loss: mse, arms: [digital] }, light).empty).not.toBe(null)
  })

  it('names its axes', () => {
    expect(chart.plot).toMatchObject({ x: { scale: 'log', name: 'SET pulses, mean over seeds' }, y: { scale: 'log' } })
  })
})
