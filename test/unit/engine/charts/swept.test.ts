import { describe, expect, it } from 'vitest'
import type { Swept, SweptRun } from '../../../../src-engine/charts/swept.ts'
import { importanceChart } from '../../../../src-engine/charts/swept-importance.ts'
import { heatMapChart } from '../../../../src-engine/charts/swept-map.ts'
import { parallelChart } from '../../../../src-engine/charts/swept-parallel.ts'
import { parameterChart } from '../../../../src-engine/charts/swept-parameter.ts'
import { light, marksOf, pairsOf } from './fixtures.ts'

const RATE = 'learning.rateInput'
const KIND = 'scheme.kind'
const rates = [1e-3, 1e-5, 1e-4]
const kinds = ['fp32', 'sign']
/** Three rates, two schemes, two seeds. The loss is the rate's place, ten times as much for sign. */
const runs: SweptRun[] = rates.flatMap((rate, place) => kinds.flatMap((kind, scheme) => [1, 2].map((seed) => ({
  runId: `${place}${kind}${seed}`, seed, arm: 2 * place + scheme, label: `${kind} ${rate}`, value: (place + 1) * (scheme === 0 ? 1 : 10) + seed / 10,
  parameters: new Map<string, unknown>([[RATE, rate], [KIND, kind]]),
}))))
const swept: Swept = { runs, metric: 'MSE', scale: 'log', ticked: new Set() }

describe('a metric against a parameter', () => {
  it('has a dot for each run and the mean of each value in ascending order', () => {
    const chart = parameterChart(swept, RATE, light)
    const [dots] = marksOf(chart, 'points')
    expect(chart.plot.x).toMatchObject({ scale: 'log', name: 'Input learning rate' })
    expect(dots!.runs).toHaveLength(12)
    expect(pairsOf(marksOf(chart, 'line')[0]!)).toEqual([[1e-5, expect.closeTo(11.15, 12)], [1e-4, expect.closeTo(16.65, 12)], [1e-3, expect.closeTo(5.65, 12)]])
    // scipy.stats.t.interval(0.95, 3, mean, sem) of 1.1, 1.2, 10.1 and 10.2
    expect(marksOf(chart, 'band')[0]!.high[2]).toBeCloseTo(13.918748408979376, 9)
    expect(chart.notes).toEqual(['up to 2 arms per value'])
  })

  it('has rows where the values are no numbers', () => {
    const chart = parameterChart(swept, KIND, light)
    expect(chart.plot.y).toMatchObject({ scale: 'category', categories: ['FP32', 'Sign'] })
    expect(marksOf(chart, 'points').filter(({ size }) => size === 'large').map(({ x }) => x[0])).toEqual([expect.closeTo(2.15, 12), expect.closeTo(20.15, 12)])
  })

  it('shows ticked runs, and counts those without a value', () => {
    const chart = parameterChart({ ...swept, ticked: new Set(['0fp321']), runs: [...runs, { ...runs[0]!, runId: 'nan', value: NaN }] }, RATE, light)
    expect(marksOf(chart, 'points').at(-1)).toMatchObject({ runs: ['0fp321'], size: 'large' })
    expect(chart.notes).toContain('× 1 run without a value that the axis can show')
    expect(marksOf(chart, 'rug')[0]!.at).toEqual([1e-3])
  })
})

describe('a heat map', () => {
  const chart = heatMapChart(swept, [RATE, KIND], light)

  it('has the mean of each cell, from the lowest to the highest', () => {
    const [image] = marksOf(chart, 'image')
    const [dots] = marksOf(chart, 'points')
    expect(chart.plot.x).toMatchObject({ from: -0.5, to: 2.5, labels: ['1 × 10⁻⁵', '0.0001', '0.001'] })
    expect(image!.columns).toBe(3)
    const values = Array.from(image!.values)
    expect(image!.scale).toMatchObject({ from: Math.min(...values), to: Math.max(...values) })
    expect(values).toContainEqual(expect.closeTo(10.15, 12))
    expect(dots!.labels).toHaveLength(6)
    expect(chart.table().rows).toContainEqual([1e-3, 'Sign', expect.closeTo(10.15, 12), 2])
  })

  it('shows which cells have ticked runs, and how many', () => {
    expect(marksOf(chart, 'points')).toHaveLength(1)
    const ticked = heatMapChart({ ...swept, ticked: new Set(['0fp321', '0fp322', '1sign1']) }, [RATE, KIND], light)
    const [all, own] = marksOf(ticked, 'points')
    expect(pairsOf(own!)).toEqual([[2, 0], [0, 1]])
    expect(own!.details!.map((text) => text.split('\n').at(-1))).toEqual(['2 of 2 ticked', '1 of 2 ticked'])
    expect(all!.runs).toHaveLength(6)
    expect(own!.runs).toEqual(['0fp321', '1sign1'])
    expect(own!.colour).not.toBe(all!.colour)
    expect(ticked.notes).toContain('2 cells with ticked runs')
  })

  it('says why there is none', () => {
    expect(chart.empty).toBeNull()
    expect(heatMapChart({ ...swept, runs: runs.slice(0, 2) }, [RATE, KIND], light).empty).toBe('A heat map needs two parameters with several values each.')
  })
})

describe('parallel coordinates', () => {
  it('have a line for each arm through its values and its mean', () => {
    const chart = parallelChart({ ...swept, ticked: new Set(['1fp322']) }, [RATE, KIND], light)
    const lines = marksOf(chart, 'line')
    expect(lines).toHaveLength(6)
    // The lowest mean is last: the highest rate with FP32.
    expect(Array.from(lines.at(-1)!.x)).toEqual([1, 0, 0])
    expect(lines.filter(({ entry }) => entry === 'Arms with ticked runs')).toHaveLength(1)
    expect(chart.plot.y).toMatchObject({ categories: ['Input learning rate: 1 × 10⁻⁵ to 0.001', 'Update scheme: FP32 to Sign', expect.stringMatching(/^MSE: /)] })
  })
})

describe('importance', () => {
  it('ranks the parameters', () => {
    const many = [0, 1].flatMap((copy) => runs.map((run) => ({ ...run, value: run.value + copy / 100 })))
    const chart = importanceChart({ ...swept, runs: many }, [RATE, KIND], light)
    expect(chart.empty).toBeNull()
    expect(chart.table().rows.map(([name]) => name)).toEqual(['Update scheme', 'Input learning rate'])
  })

  it('is not shown for too few runs, and says so', () => {
    expect(importanceChart(swept, [RATE, KIND], light).empty).toBe('2 parameters need at least 20 finished runs. 12 runs finished.')
  })
})
