import { describe, expect, it } from 'vitest'
import { outputFigure } from '../../../../src-renderer/charts/output.ts'
import { light, seriesOf, svgOf } from './fixtures.ts'

describe('outputFigure', () => {
  it('shows output and target over time in milliseconds', () => {
    const trace = { output: Float32Array.from([0.5, NaN]), target: Float32Array.from([1, -1]) }
    const figure = outputFigure({ trace, outputs: 1, dt: 0.5 }, light)
    expect(figure.table()).toEqual({ columns: ['Time (ms)', 'Output', 'Target'], rows: [[0, 0.5, 1], [0.5, NaN, -1]] })
    expect(figure.notes).toEqual(['× 1 value not finite'])
    expect(svgOf(figure)).toContain('Time (ms)')
  })
})

describe('several outputs', () => {
  const several = { output: Float32Array.from([1, 2, 3, 4, 5, 6]), target: Float32Array.from([0, 1, 0, 2, 0, 3]) }

  it('are each drawn with their target, numbered from 1, in the same dash', () => {
    const figure = outputFigure({ trace: several, outputs: 2, dt: 0.5 }, light)
    expect(figure.table()).toEqual({
      columns: ['Time (ms)', 'Output 1', 'Target 1', 'Output 2', 'Target 2'], rows: [[0, 1, 0, 2, 1], [0.5, 3, 0, 4, 2], [1, 5, 0, 6, 3]],
    })
    const lines = seriesOf(figure).filter(({ type }) => type === 'line') as unknown as { name: string, lineStyle: { type: unknown } }[]
    expect(lines.map(({ name, lineStyle }) => [name, lineStyle.type])).toEqual([
      ['Target 1', 'solid'], ['Output 1', 'solid'], ['Target 2', 'dashed'], ['Output 2', 'dashed'],
    ])
  })

  it('are drawn up to as many as there are dashes, and all are in the table', () => {
    const trace = { output: new Float32Array(20), target: new Float32Array(20) }
    const figure = outputFigure({ trace, outputs: 10, dt: 1 }, light)
    expect(figure.notes).toEqual(['first 6 of 10 outputs'])
    expect(figure.table().columns).toHaveLength(21)
  })
})
