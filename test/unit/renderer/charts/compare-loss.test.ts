import { describe, expect, it } from 'vitest'
import { mse } from '../../../../src-engine/experiment/metrics.ts'
import { compareLossFigure } from '../../../../src-renderer/charts/compare-loss.ts'
import { MOST_POINTS } from '../../../../src-renderer/charts/line.ts'
import { epochsOf, light, seriesOf, svgOf } from './fixtures.ts'

const byMse = { kind: 'loss', of: mse } as const

const run = (losses: number[]) => ({ epochs: epochsOf(losses) })
const replicates = { label: 'Sign', scheme: 'sign' as const, runs: [run([0.4, 0.2]), run([0.2, 0.1])] }
const single = { label: 'FP32', scheme: 'fp32' as const, runs: [run([0.3, 0.02, 0.01])] }

describe('compareLossFigure', () => {
  it('draws another metric of the tasks on a linear axis with its name and unit', () => {
    const reaction = { id: 'reaction', title: 'Reaction', name: 'Reaction time', unit: 'ms', better: 'lower', print: 'number', equation: '' } as const
    const values: Record<string, number>[] = [{ reaction: -3 }, {}]
    const epochs = values.map((metrics, index) => ({ epoch: index + 1, loss: 0.5, metrics }))
    const figure = compareLossFigure([{ ...single, runs: [{ epochs }] }], { kind: 'metric', of: reaction }, light)
    expect(figure.title).toBe('Reaction')
    expect(figure.table()).toEqual({ columns: ['Epoch', 'FP32'], rows: [[1, -3], [2, NaN]] })
    expect(svgOf(figure)).toContain('Reaction time (ms)')
  })

  it('draws replicates as mean and band with n in the legend, single runs as lines', () => {
    const series = seriesOf(compareLossFigure([replicates, single], byMse, light))
    expect(series.map(({ type, name }) => [type, name])).toEqual([
      ['line', 'Sign, mean and range (n = 2)'], ['custom', 'Sign, mean and range (n = 2)'], ['line', 'FP32'],
    ])
    expect((series[0]!.data as number[][])[0]![1]).toBeCloseTo(0.3, 12)
  })

  it('draws the band from the smallest to the largest replicate', () => {
    const three = { ...replicates, runs: [run([0.4]), run([0.2]), run([0.9])] }
    const band = seriesOf(compareLossFigure([three], byMse, light))[1]!
    expect(band.data).toEqual([[1, 0.2, 0.9]])
  })

  it('shows line and band in one legend entry', () => {
    const svg = svgOf(compareLossFigure([replicates], byMse, light))
    expect(svg).toContain('linearGradient')
    expect(svg).toContain('Sign, mean and range (n = 2)')
    expect(svgOf(compareLossFigure([single], byMse, light))).not.toContain('linearGradient')
  })

  it('lists mean and range of each epoch in the table', () => {
    const { columns, rows } = compareLossFigure([replicates, single], byMse, light).table()
    expect(columns).toEqual(['Epoch', 'Sign: mean', 'Sign: minimum', 'Sign: maximum', 'FP32'])
    expect(rows[1]!.slice(2)).toEqual([0.1, 0.2, 0.02])
    expect(rows[2]).toEqual([3, null, null, null, 0.01])
  })

  it('ends a mean with the shortest replicate and says so', () => {
    const short = { ...replicates, runs: [run([0.4, 0.2, 0.1]), run([0.2])] }
    const figure = compareLossFigure([short], byMse, light)
    expect(seriesOf(figure)[0]!.data).toHaveLength(1)
    expect(figure.notes).toContain('Sign: mean ends at epoch 1, the last that all 2 runs have')
  })

  it('marks the epoch at which a replicate diverges', () => {
    const figure = compareLossFigure([{ ...replicates, runs: [run([0.4, NaN]), run([0.2, 0.1])] }], byMse, light)
    expect(seriesOf(figure).at(-1)?.data).toEqual([[2, 0.02]])
  })

  it('distinguishes runs of the same scheme by dash', () => {
    const lines = seriesOf(compareLossFigure([single, { ...single, label: 'other' }], byMse, light)).slice(0, 2)
    expect(lines.map((line) => (line as unknown as { lineStyle: { type: string } }).lineStyle.type)).toEqual(['solid', 'dashed'])
  })

  it('decimates a long run and says so', () => {
    const long = run(Array.from({ length: 10_000 }, (_, index) => 1 / (index + 1)))
    const figure = compareLossFigure([{ ...single, runs: [long] }], byMse, light)
    expect(seriesOf(figure)[0]!.data.length).toBeLessThanOrEqual(MOST_POINTS)
    expect(figure.notes).toEqual(['FP32: only the minimum and maximum of every 5 points are drawn'])
    expect(figure.table().rows).toHaveLength(10_000)
  })
})
