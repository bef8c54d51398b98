import { describe, expect, it } from 'vitest'
import { outputFigure } from '../../../../src-renderer/charts/output.ts'
import { light, svgOf } from './fixtures.ts'

describe('outputFigure', () => {
  it('shows output and target over time in milliseconds', () => {
    const trace = { output: Float32Array.from([0.5, NaN]), target: Float32Array.from([1, -1]) }
    const figure = outputFigure({ trace, dt: 0.5 }, light)
    expect(figure.table()).toEqual({ columns: ['Time (ms)', 'Output', 'Target'], rows: [[0, 0.5, 1], [0.5, NaN, -1]] })
    expect(figure.notes).toEqual(['× 1 value not finite'])
    expect(svgOf(figure)).toContain('Time (ms)')
  })
})
