import { describe, expect, it } from 'vitest'
import type { Mark, Plot } from '../../../../src-engine/figure/figure.ts'
import { screenChart } from '../../../../src-renderer/charts/option.ts'
import { MOST_POINTS } from '../../../../src-renderer/charts/series.ts'
import { chartOf, light, seriesOf, svgOf } from './fixtures.ts'

const colour = '#123456'
const indices = (length: number) => Array.from({ length }, (_, index) => index)
const plotOf = (marks: Mark[], scale: 'linear' | 'log' = 'linear'): Plot =>
  ({ title: '', x: { scale: 'linear', name: 'Time (ms)' }, y: { scale, name: 'y' }, marks })
const dataOf = (mark: Mark, scale?: 'linear' | 'log') => seriesOf(chartOf(plotOf([mark], scale)))[0]?.data

describe('a line on the screen', () => {
  it('has a gap where the axis cannot show a value, and a dot where a value has no neighbours', () => {
    const line = { kind: 'line', x: indices(6), y: [1, 2, NaN, 4, -5, 6], colour } as const
    expect(dataOf(line)).toEqual([[0, 1], [1, 2], [2, null], [3, 4], [4, -5], [5, 6]])
    const alone = (x: number, y: number) => ({ value: [x, y], symbol: 'circle', symbolSize: 4 })
    expect(dataOf(line, 'log')).toEqual([[0, 1], [1, 2], [2, null], alone(3, 4), [4, null], alone(5, 6)])
  })

  it('has symbols at some of its points, from the first to the last', () => {
    const x = Array.from({ length: 100 }, (_, index) => index)
    const line = { kind: 'line', x, y: x, colour: '#102030', symbol: { shape: 'plus', isFilled: true } } as const
    const [series] = seriesOf(chartOf({ title: '', x: { scale: 'linear', name: '' }, y: { scale: 'linear', name: '' }, marks: [line] }))
    const marked = series!.data.flatMap((datum) => (Array.isArray(datum) ? [] : [(datum as { value: number[] }).value[0]]))
    expect([marked.length, marked[0], marked.at(-1)]).toEqual([20, 0, 99])
  })

  it('is thinned to the extremes if it is long, and the chart says so', () => {
    const y = indices(20_000).map((index) => (index === 12_345 ? 99 : Math.sin(index)))
    const chart = chartOf(plotOf([{ kind: 'line', x: indices(20_000), y, colour }]))
    expect(seriesOf(chart)[0]!.data.length).toBeLessThanOrEqual(MOST_POINTS)
    expect(seriesOf(chart)[0]!.data).toContainEqual([12_345, 99])
    expect(screenChart(chart, light).notes).toEqual(['only the minimum and maximum of every 11 points are drawn'])
    expect(screenChart(chartOf(plotOf([{ kind: 'line', x: [0], y: [1], colour }])), light).notes).toEqual([])
  })
})

it('draws bars as one outline with gaps', () => {
  expect(dataOf({ kind: 'bars', edges: [0, 1, 2, 3], values: [5, 0, 2], colour }, 'log')).toEqual([[0, 5], [1, 5], [1, null], [2, 2], [3, 2]])
})

it('draws every one of 20,000 spikes', () => {
  const x = indices(20_000).map((index) => index % 200)
  const y = indices(20_000).map((index) => Math.floor(index / 200))
  const svg = svgOf(chartOf({ ...plotOf([{ kind: 'raster', x, y, colour }]), y: { scale: 'linear', name: 'Neuron', from: -0.5, to: 99.5, isWhole: true } }))
  expect(svg.match(/<path d="(M[^"]{20000,})"/)?.[1]!.match(/M/g)).toHaveLength(20_000)
})

it('gives each point what a hover shows and the run that a click opens', () => {
  const data = dataOf({
    kind: 'points', x: [1, NaN, 3], y: [0, 0, 1], colour, symbol: { shape: 'circle', isFilled: true }, size: 'small', shift: 0.25,
    details: ['a', 'b', 'c'], runs: ['r1', 'r2', 'r3'],
  })
  expect(data).toMatchObject([
    { value: [1, 0], about: 'a', runId: 'r1' }, { value: [null, 0] }, { value: [3, 1], about: 'c', runId: 'r3' },
  ])
})

it('puts several marks of one row beside each other', () => {
  const data = dataOf({ kind: 'rug', side: 'right', at: [2, 2, 5], shape: 'cross', colour }) as { value: number[] }[]
  expect(data.map(({ value }) => value[1])).toEqual([2, 2, 5])
  expect(data[1]!.value[0]).toBeLessThan(data[0]!.value[0]!)
  expect(data[2]!.value[0]).toBe(data[0]!.value[0])
})

it('writes all names, and the label of a rule', () => {
  const rule = { kind: 'rule', y: 12, colour, label: 'target 12 Hz' } as const
  const line = { kind: 'line', entry: 'Rate', x: [0, 1], y: [3, 4], colour } as const
  const svg = svgOf(chartOf({ ...plotOf([line, rule]), right: { scale: 'linear', name: 'Pairs' } }, [{ text: 'Rate', colour, dash: 'solid' }]))
  for (const text of ['Time (ms)', 'Pairs', 'Rate', 'target 12 Hz']) expect(svg).toContain(text)
})

it('shows a curve and its band in one entry of the key', () => {
  const key = [{ text: 'Mean and range', colour, dash: 'solid', isArea: true }] as const
  expect(svgOf(chartOf(plotOf([{ kind: 'line', entry: 'Mean and range', x: [0, 1], y: [1, 2], colour }]), key))).toContain('linearGradient')
})
