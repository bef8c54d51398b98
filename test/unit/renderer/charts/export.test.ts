import { describe, expect, it } from 'vitest'
import { mse } from '../../../../src-engine/experiment/metrics.ts'
import { compareLossFigure } from '../../../../src-renderer/charts/compare-loss.ts'
import { exportOption, toSvg, type View } from '../../../../src-renderer/charts/export.ts'
import { lossFigure } from '../../../../src-renderer/charts/loss.ts'
import { epochsOf, light } from './fixtures.ts'

const byMse = { kind: 'loss', of: mse } as const

const figure = lossFigure({ loss: mse, epochs: epochsOf(Array.from({ length: 300 }, (_, index) => 1 / (index + 1))), scheme: 'fp32', scale: 'log' }, light)
const size = { width: 500, height: 250 }
const whole: View = { window: null, hidden: [] }
const ticksOf = (svg: string) => [...svg.matchAll(/>(\d+)<\/text>/g)].map(([, text]) => Number(text))

describe('exportOption', () => {
  it('shows the whole axis, or the zoomed range', () => {
    const all = ticksOf(toSvg(exportOption(figure, light, whole, size)))
    const window = ticksOf(toSvg(exportOption(figure, light, { ...whole, window: { from: 100, to: 200 } }, size)))
    expect(Math.max(...all)).toBeGreaterThanOrEqual(300)
    expect([Math.min(...window), Math.max(...window)]).toEqual([100, 200])
  })

  it('has a white background and no tooltip or tools, and the size of the screen if the legend fits', () => {
    const exported = exportOption(figure, light, whole, size)
    expect(exported.option).toMatchObject({ backgroundColor: '#ffffff', toolbox: undefined, tooltip: undefined })
    expect(exported.size).toEqual(size)
  })
})

describe('the export of twenty curves', () => {
  const labels = Array.from({ length: 20 }, (_, index) => `Learning rate (input weights) ${index + 1}.74251 × 10⁻⁵`)
  const curves = compareLossFigure(labels.map((label) => ({ label, scheme: 'sign', runs: [{ epochs: epochsOf([0.3, 0.2, 0.1]) }] })), byMse, light)
  const textsOf = (svg: string) => [...svg.matchAll(/<text[^>]*transform="translate\(([\d.]+) ([\d.]+)\)"[^>]*>([^<]*)</g)]
    .map(([, x, y, text]) => ({ x: Number(x), y: Number(y), text }))

  it('has the whole legend in rows, without arrows, and the figure grows by it', () => {
    const exported = exportOption(curves, light, whole, size)
    const svg = toSvg(exported)
    for (const label of labels) expect(svg).toContain(`>${label}<`)
    expect(svg).not.toMatch(/>\d+\/\d+</)
    expect(exported.size.height).toBeGreaterThan(size.height + 100)
    const entries = textsOf(svg).filter(({ text }) => labels.includes(text!))
    expect(entries).toHaveLength(20)
    for (const { x, y, text } of entries) {
      expect(x + 6 * text!.length).toBeLessThanOrEqual(size.width)
      expect(y).toBeLessThan(exported.size.height - size.height + 60)
    }
    expect(new Set(entries.map(({ x, y }) => `${x} ${y}`)).size).toBe(20)
  })

  it('leaves out the curves that the screen hides', () => {
    const exported = exportOption(curves, light, { window: null, hidden: labels.slice(1) }, size)
    const svg = toSvg(exported)
    expect(svg).toContain(`>${labels[0]}<`)
    expect(svg).not.toContain(labels[1])
    const series = exported.option.series as { name?: string }[]
    expect(series.filter(({ name }) => labels.includes(name ?? ''))).toHaveLength(1)
    expect(exported.size).toEqual(size)
  })

  it('breaks a name that is longer than the figure between words', () => {
    const long = `${'a rather long name '.repeat(8)}7.74251 × 10⁻⁵`
    const one = compareLossFigure([{ label: long, scheme: 'sign', runs: [{ epochs: epochsOf([0.3, 0.2]) }] }], byMse, light)
    const exported = exportOption(one, light, whole, size)
    const lines = textsOf(toSvg(exported)).map(({ text }) => text)
    expect(lines.filter((text) => text!.includes('rather long')).length).toBeGreaterThan(1)
    expect(lines.some((text) => text!.endsWith('7.74251 × 10⁻⁵'))).toBe(true)
    expect(exported.size.height).toBeGreaterThan(size.height)
  })
})
