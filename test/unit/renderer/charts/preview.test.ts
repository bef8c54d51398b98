import { describe, expect, it } from 'vitest'
import { driftFigure, pulsesFigure } from '../../../../src-renderer/charts/preview-device.ts'
import { inputFigure, targetFigure } from '../../../../src-renderer/charts/preview-task.ts'
import { light, seriesOf, svgOf } from './fixtures.ts'

const task = {
  target: Float64Array.from([0, 1, -1, 0.5]), spikes: Uint16Array.from([0, 1, 2, 0]), channels: 2, inputChannels: 2,
  steps: 4, dt: 0.5, kind: 'sinusoids',
}
const curve = {
  x: Float64Array.from([1, 100]),
  mean: Float64Array.from([5, 4]), low: Float64Array.from([4, 3]), high: Float64Array.from([6, 5]),
}

describe('the preview of a task', () => {
  it('has its target over time in milliseconds', () => {
    const figure = targetFigure(task, light)
    expect(figure.table().rows).toEqual([[0, 0], [0.5, 1], [1, -1], [1.5, 0.5]])
    expect(svgOf(figure)).toContain('time (ms)')
  })

  it('says where a signal\'s target comes from', () => {
    expect(targetFigure({ ...task, target: null }, light).empty).toContain('its file')
  })

  it('has every input spike by its channel, and says when there are more channels', () => {
    expect(inputFigure(task, light).table()).toEqual({ columns: ['time (ms)', 'channel'], rows: [[0, 1], [1, 0]] })
    expect(inputFigure(task, light).notes).toEqual(['2 spikes'])
    expect(inputFigure({ ...task, inputChannels: 400 }, light).notes).toEqual(['2 spikes', 'the first 2 of 400 channels'])
    expect(svgOf(inputFigure(task, light))).toContain('channel')
  })
})

describe('the preview of a device', () => {
  it('is a curve in its band, with what the band is', () => {
    const figure = pulsesFigure({ curve, devices: 200, most: 12 }, light)
    expect(seriesOf(figure).map(({ type, name }) => [type, name])).toEqual([['line', 'mean'], ['custom', 'mean ± SD']])
    expect(figure.notes).toEqual(['mean ± SD, n = 200'])
    expect(figure.table().rows[0]).toEqual([1, 5, 4, 6])
    expect(svgOf(figure)).toContain('conductance (µS)')
  })

  it('marks from when on the drift law was fitted', () => {
    const svg = svgOf(driftFigure({ curve, devices: 200, most: 12, sets: 8 }, light))
    expect(svg).toContain('time since the last SET (s)')
    expect(svg).toContain('T0 38.6 s')
  })

  it('says that a digital scheme has none', () => {
    expect(driftFigure({ curve: null, devices: 200, most: 12, sets: 8 }, light).empty).toBe('This scheme has no devices.')
  })
})
