import { describe, expect, it } from 'vitest'
import { outputChart } from '../../../../src-engine/charts/output.ts'
import { light, marksOf } from './fixtures.ts'

describe('outputChart', () => {
  it('shows output and target over time in milliseconds', () => {
    const trace = { output: Float32Array.from([0.5, NaN]), target: Float32Array.from([1, -1]) }
    const chart = outputChart({ trace, outputs: 1, dt: 0.5 }, light)
    expect(chart.table()).toEqual({ columns: ['Time (ms)', 'Output', 'Target'], rows: [[0, 0.5, 1], [0.5, NaN, -1]] })
    expect(chart.notes).toEqual(['× 1 value not finite'])
    expect(chart.plot.x).toMatchObject({ name: 'Time (ms)', from: 0, to: 1 })
  })
})

describe('several outputs', () => {
  const several = { output: Float32Array.from([1, 2, 3, 4, 5, 6]), target: Float32Array.from([0, 1, 0, 2, 0, 3]) }

  it('are each drawn with their target, numbered from 1, in the same dash', () => {
    const chart = outputChart({ trace: several, outputs: 2, dt: 0.5 }, light)
    expect(chart.table()).toEqual({
      columns: ['Time (ms)', 'Output 1', 'Target 1', 'Output 2', 'Target 2'], rows: [[0, 1, 0, 2, 1], [0.5, 3, 0, 4, 2], [1, 5, 0, 6, 3]],
    })
    expect(marksOf(chart, 'line').map(({ entry, dash }) => [entry, dash])).toEqual([
      ['Target 1', 'solid'], ['Output 1', 'solid'], ['Target 2', 'dashed'], ['Output 2', 'dashed'],
    ])
  })

  it('are drawn up to as many as there are dashes, and all are in the table', () => {
    const trace = { output: new Float32Array(20), target: new Float32Array(20) }
    const chart = outputChart({ trace, outputs: 10, dt: 1 }, light)
    expect(chart.notes).toEqual(['first 6 of 10 outputs'])
    expect(chart.table().columns).toHaveLength(21)
  })
})
