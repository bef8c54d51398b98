import { describe, expect, it } from 'vitest'
import { driftChart, pulsesChart } from '../../../../src-engine/charts/preview-device.ts'
import { signalChart } from '../../../../src-engine/charts/preview-signal.ts'
import { inputChart, targetChart } from '../../../../src-engine/charts/preview-task.ts'
import { formatCount } from '../../../../src-engine/format/numbers.ts'
import { light, marksOf } from './fixtures.ts'

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
    const chart = targetChart(task, light)
    expect(chart.table().rows).toEqual([[0, 0], [0.5, 1], [1, -1], [1.5, 0.5]])
    expect(chart.plot.x.name).toBe('Time (ms)')
  })

  it('says why the target of a signal is not known', () => {
    expect(targetChart({ ...task, target: null }, light).empty).toBe('The signal is not read yet.')
    expect(targetChart({ ...task, target: null, reason: 'Reading the signal…' }, light).empty).toBe('Reading the signal…')
  })

  it('shows every input spike by channel and says if there are more channels', () => {
    expect(inputChart(task, light).table()).toEqual({ columns: ['Time (ms)', 'Channel'], rows: [[0, 1], [1, 0]] })
    expect(inputChart(task, light).notes).toEqual(['2 spikes'])
    expect(inputChart({ ...task, inputChannels: 400 }, light).notes).toEqual(['2 spikes', 'first 2 of 400 channels'])
    expect(inputChart(task, light).plot.y.name).toBe('Channel')
  })
})

describe('the preview of a device', () => {
  it('is a mean with a band of one standard deviation', () => {
    const chart = pulsesChart({ curve, devices: 200, most: 12 }, light)
    expect(chart.plot.marks.map(({ kind }) => kind)).toEqual(['band', 'line'])
    expect(chart.notes).toEqual(['mean ± SD, n = 200'])
    expect(chart.table().rows[0]).toEqual([1, 5, 4, 6])
    expect(chart.plot.y).toMatchObject({ name: 'Conductance (µS)', from: 0, to: 12 })
  })

  it('marks the reference time of the drift law', () => {
    const chart = driftChart({ curve, devices: 200, most: 12, sets: 8 }, light)
    expect(chart.plot.x).toMatchObject({ scale: 'log', name: 'Time since the last SET pulse (s)' })
    expect(marksOf(chart, 'rule')).toMatchObject([{ x: 38.6, label: 'T0 38.6 s' }])
  })

  it('says that a digital scheme uses no devices', () => {
    expect(driftChart({ curve: null, devices: 200, most: 12, sets: 8 }, light).empty).toBe('This scheme uses no devices.')
  })
})

describe('the preview of an imported signal', () => {
  const signal = {
    count: 5, axis: { name: 'Zeit (s)', start: 2, step: 0.5 }, filled: [1], filledCount: 1,
    columns: [{ name: 'Kraft', unit: 'kN', at: [0, 1, 2, 3, 4], values: [1, 2, 3, 4, 5] }],
  }
  const data = { signal, reason: 'not read', segment: { first: 0, last: 2 }, pattern: 1, patterns: 2 }

  it('has the units of the file on its axes, and times where the samples are', () => {
    const { plot, table } = signalChart(data, light)
    expect([plot.x.name, plot.y.name]).toEqual(['Zeit (s)', 'Kraft (kN)'])
    expect([plot.x.from, plot.x.to]).toEqual([2, 4])
    expect(table()).toEqual({ columns: ['Zeit (s)', 'Kraft (kN)'], rows: [[2, 1], [2.5, 2], [3, 3], [3.5, 4], [4, 5]] })
  })

  it('marks the part of the shown pattern and what was interpolated', () => {
    const chart = signalChart(data, light)
    const lines = marksOf(chart, 'line')
    expect(lines.map(({ y, colour }) => [Array.from(y), colour]))
      .toEqual([[[1, 2, 3, 4, 5], light.second], [[1, 2, 3], light.accent]])
    expect(marksOf(chart, 'rug')).toMatchObject([{ at: [2.5] }])
    expect(chart.notes).toEqual(['pattern 1 of 2 is coloured', '1 sample interpolated'])
    expect(marksOf(signalChart({ ...data, patterns: 1 }, light), 'line')).toHaveLength(1)
  })

  it('says why there is none, and how much of a long one is shown', () => {
    expect(signalChart({ ...data, signal: null }, light).empty).toBe('not read')
    const long = { ...signal, count: 90_000, filledCount: 0 }
    expect(signalChart({ ...data, signal: long, patterns: 1 }, light).notes).toEqual([`least and largest values of ${formatCount(90_000)} samples`])
  })
})
