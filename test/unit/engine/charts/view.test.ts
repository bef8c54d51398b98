import { describe, expect, it } from 'vitest'
import type { Chart } from '../../../../src-engine/charts/chart.ts'
import { panelOf } from '../../../../src-engine/charts/view.ts'
import type { Mark } from '../../../../src-engine/figure/figure.ts'

const colour = '#123456'
const symbol = { shape: 'circle', isFilled: true } as const
const marks: Mark[] = [
  { kind: 'line', entry: 'A', x: [1, 2, 3], y: [4, 5, 6], colour },
  { kind: 'band', entry: 'A', x: [1, 2, 3], low: [1, 2, 3], high: [7, 8, 9], colour },
  { kind: 'points', entry: 'B', x: [1, 2, 3], y: [1, 1, 1], labels: ['a', 'b', 'c'], colour, symbol, size: 'small' },
  { kind: 'bars', edges: [0, 1, 2, 3], values: [10, 20, 30], colour },
  { kind: 'raster', x: [0, 2.5], y: [7, 8], colour },
  { kind: 'rug', side: 'bottom', at: [1, 2], shape: 'cross', colour },
  { kind: 'rug', side: 'right', at: [0, 1], shape: 'cross', colour },
  { kind: 'rule', y: 3, colour },
]
const chart: Chart = {
  title: 'Chart', notes: ['note'], table: () => ({ columns: [], rows: [] }), about: { sentence: '', equation: '' }, empty: null,
  plot: { title: '', x: { scale: 'linear', name: 'x', from: 0 }, y: { scale: 'linear', name: 'y' }, marks },
  key: [{ text: 'A', colour, dash: 'solid' }, { text: 'B', colour, symbol }],
}

describe('panelOf', () => {
  it('has everything if the screen shows everything', () => {
    const { title, plots, key, notes } = panelOf(chart, { window: null, hidden: [] }, 0.5)
    expect({ title, plots, key, notes }).toEqual({ title: 'Chart', plots: [chart.plot], key: chart.key, notes: ['note'] })
  })

  it('leaves out hidden entries with all their marks', () => {
    const { plots, key } = panelOf(chart, { window: null, hidden: ['A'] }, 0.5)
    expect(plots[0]!.marks).toEqual(marks.slice(2))
    expect(key.map(({ text }) => text)).toEqual(['B'])
  })

  it('has the window as its x axis and only the data inside', () => {
    const { x, marks: shown } = panelOf(chart, { window: { from: 2, to: 3 }, hidden: [] }, 0.5).plots[0]!
    expect(x).toMatchObject({ from: 2, to: 3 })
    expect(shown).toMatchObject([
      { x: [2, 3], y: [5, 6] }, { x: [2, 3], low: [2, 3], high: [8, 9] }, { x: [2, 3], labels: ['b', 'c'] },
      { edges: [1, 2, 3], values: [20, 30] }, { x: [2.5], y: [8] }, { at: [2] }, { at: [0, 1] }, { y: 3 },
    ])
  })
})
