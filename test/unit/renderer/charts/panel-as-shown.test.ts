import { expect, test } from 'vitest'
import type { View } from '../../../../src-engine/charts/view.ts'
import { panelAsShown } from '../../../../src-renderer/charts/page.ts'
import { chartOf } from './fixtures.ts'

const source = { chart: 'arms' as const, sweep: 'sweep001', x: { scale: 'log' as const } }
const key = ['Output', 'Target'].map((text) => ({ text, colour: '#000000' }))
const { plot } = chartOf({ title: '', x: { scale: 'log', name: '' }, y: { scale: 'category', name: '', categories: [] }, marks: [] })
const chart = { key, plot }
const shown = (view: View) => panelAsShown(source, chart, { view: () => view })

test('a panel takes along zoom and hidden series, in the order of the key', () => {
  expect(shown({ window: { from: 12.34567, to: 98.76543 }, hidden: ['Target'] })).toEqual({
    ...source,
    x: { scale: 'log', from: 12.35, to: 98.77 },
    series: [{ series: 'Output', isHidden: false }, { series: 'Target', isHidden: true }],
  })
})

test('a chart that is shown whole keeps its own axes and series', () => {
  expect(shown({ window: null, hidden: [] })).toEqual(source)
  expect(panelAsShown(source, chart, null)).toEqual(source)
})

test('a zoom on a symlog axis is taken along in values', () => {
  const symlog = { ...chart, plot: { ...plot, x: { scale: 'symlog', name: '', threshold: 0.01 } as const } }
  const canvas = { view: () => ({ window: { from: 0, to: 10 / 9 + 2 }, hidden: [] }) }
  expect(panelAsShown(source, symlog, canvas).x).toEqual({ scale: 'log', from: 0, to: 1 })
})
