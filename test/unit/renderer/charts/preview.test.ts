import { describe, expect, it } from 'vitest'
import { driftFigure, pulsesFigure } from '../../../../src-renderer/charts/preview-device.ts'
import { inputFigure, targetFigure } from '../../../../src-renderer/charts/preview-task.ts'
import { light, seriesOf, svgOf } from './fixtures.ts'

const task = {
  target: Float64Array.from([0, 1, -1, 0.5]), outputs: 1, spikes: Uint16Array.from([0, 1, 2, 0]), channels: 2, inputChannels: 2,
  steps: 4, dt: 0.5, equation: 'y*(t) = 0',
}
const curve = {
  x: Float64Array.from([1, 100]),
  mean: Float64Array.from([5, 4]), low: Float64Array.from([4, 3]), high: Float64Array.from([6, 5]),
}

describe('the preview of a task', () => {
  it('shows the target over time in milliseconds', () => {
    const figure = targetFigure(task, light)
    expect(figure.table().rows).toEqual([[0, 0], [0.5, 1], [1, -1], [1.5, 0.5]])
    expect(svgOf(figure)).toContain('Time (ms)')
  })

  it('says that a signal file is read at the start of the run', () => {
    expect(targetFigure({ ...task, target: null }, light).empty).toContain('signal file')
  })

  it('shows every input spike by channel and says if there are more channels', () => {
    expect(inputFigure(task, light).table()).toEqual({ columns: ['Time (ms)', 'Channel'], rows: [[0, 1], [1, 0]] })
    expect(inputFigure(task, light).notes).toEqual(['2 spikes'])
    expect(inputFigure({ ...task, inputChannels: 400 }, light).notes).toEqual(['2 spikes', 'first 2 of 400 channels'])
    expect(svgOf(inputFigure(task, light))).toContain('Channel')
  })
})

describe('the preview of a device', () => {
  it('is a mean with a band of one standard deviation', () => {
    const figure = pulsesFigure({ curve, devices: 200, most: 12 }, light)
    expect(seriesOf(figure).map(({ type, name }) => [type, name])).toEqual([['line', 'Mean'], ['custom', 'Mean ± SD']])
    expect(figure.notes).toEqual(['mean ± SD, n = 200'])
    expect(figure.table().rows[0]).toEqual([1, 5, 4, 6])
    expect(svgOf(figure)).toContain('Conductance (µS)')
  })

  it('marks the reference time of the drift law', () => {
    const svg = svgOf(driftFigure({ curve, devices: 200, most: 12, sets: 8 }, light))
    expect(svg).toContain('Time since the last SET pulse (s)')
    expect(svg).toContain('T0 38.6 s')
  })

  it('says that a digital scheme uses no devices', () => {
    expect(driftFigure({ curve: null, devices: 200, most: 12, sets: 8 }, light).empty).toBe('This scheme uses no devices.')
  })
})
