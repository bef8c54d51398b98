import type { EChartsType } from 'echarts/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Mark, type NumberAxis, type NumberScale, numberScales, type Plot } from '../../../../src-engine/figure/figure.ts'
import { coveredBy } from '../../../../src-engine/figure/page/extents.ts'
import { densityEdges } from '../../../../src-engine/figure/density-edges.ts'
import { placed } from '../../../../src-engine/figure/page/frame.ts'
import { twoColumns } from '../../../../src-engine/figure/page/style.ts'
import { endsOf, rowScale, scaleOf } from '../../../../src-engine/figure/scale.ts'
import { panelOf, type View } from '../../../../src-engine/charts/view.ts'
import { placeOn } from '../../../../src-renderer/charts/symlog.ts'
import { chartOf, onScreen, seriesOf, svgOf } from './fixtures.ts'

const colours = ['#102030', '#405060', '#708090', '#a0b0c0']
const entries = ['A', 'B', 'C', 'D']
const symbol = { shape: 'circle', isFilled: true } as const
const value = fc.oneof(
  { weight: 9, arbitrary: fc.double({ min: -50, max: 50, noNaN: true }).map((each) => (Math.abs(each) < 1e-6 ? 0 : each)) },
  fc.constantFrom(NaN, 0, Infinity),
)
const increasing = fc.uniqueArray(fc.integer({ min: 1, max: 400 }), { minLength: 2, maxLength: 12 })
  .map((all) => all.sort((a, b) => a - b))

const markOf = (index: number): fc.Arbitrary<Mark> => increasing.chain((x) => {
  const look = { entry: entries[index]!, colour: colours[index]! }
  const y = fc.array(value, { minLength: x.length, maxLength: x.length })
  return fc.oneof(
    y.map((values): Mark => ({ kind: 'line', x, y: values, ...look })),
    y.map((values): Mark => ({ kind: 'points', x, y: values, size: 'small', symbol, ...look })),
    y.map((values): Mark => ({ kind: 'band', x, low: values.map((each) => each - 1), high: values.map((each) => each + 1), ...look })),
  )
})

const axis = (scale: NumberScale): fc.Arbitrary<NumberAxis> =>
  fc.record({ from: fc.option(fc.constant(0.5), { nil: undefined }), isWhole: fc.boolean(), threshold: fc.constantFrom(0.01, 3) })
    .map(({ from, isWhole, threshold }) => ({ scale, name: 'y', isWhole, threshold, ...(from !== undefined && { from }) }))

const plot: fc.Arbitrary<Plot> = fc.record({
  title: fc.constant(''),
  x: fc.record({ scale: fc.constantFrom('linear', 'symlog'), isWhole: fc.boolean() }).map((own): NumberAxis => ({ name: 'x', threshold: 20, ...own })),
  y: fc.oneof(...numberScales.map(axis)),
  marks: fc.integer({ min: 1, max: 4 }).chain((count) => fc.tuple(...entries.slice(0, count).map((_, index) => markOf(index)))),
})

const keyOf = ({ marks }: Plot) => marks.flatMap((mark) =>
  ('entry' in mark && 'colour' in mark ? [{ text: mark.entry!, colour: mark.colour, dash: 'solid' as const }] : []))

type Pair = readonly [number, number]

/** Corners of filled polygons, px. */
const polygonsOf = (svg: string) => [...svg.matchAll(/<polygon points="([^"]*)" fill="#/g)].map(([, points]) => {
  const numbers = points!.split(' ').map(Number)
  return Array.from({ length: numbers.length / 2 }, (_, index): Pair => [numbers[2 * index]!, numbers[2 * index + 1]!])
})

interface Rectangle { x: number; y: number; width: number; height: number }

/** The area between the axes, px. */
const gridOf = (drawn: EChartsType): Rectangle => (drawn as unknown as {
  getModel(): { getComponent(name: string): { coordinateSystem: { getRect(): Rectangle } } }
}).getModel().getComponent('grid').coordinateSystem.getRect()

/** Ends of the axes as the screen shows them. */
function endsOnScreen(drawn: EChartsType, { hidden, window }: View): { x: number[]; y: number[] } {
  for (const name of hidden) drawn.dispatchAction({ type: 'legendUnSelect', name })
  if (window) drawn.dispatchAction({ type: 'dataZoom', startValue: window.from, endValue: window.to })
  const { x, y, width, height } = gridOf(drawn)
  const at = (pixels: [number, number]) => drawn.convertFromPixel({ xAxisIndex: 0, yAxisIndex: 0 }, pixels) as number[]
  const [[left, bottom], [right, top]] = [at([x, y + height]), at([x + width, y])]
  return { x: [left!, right!], y: [bottom!, top!] }
}

function compare(of: Plot, view: View): void {
  const chart = chartOf(of, keyOf(of))
  const onPage = panelOf(chart, view, 0.5).plots[0]!
  const [x, y] = [placeOn(of.x), placeOn(of.y)]
  const window = view.window && { from: x(view.window.from), to: x(view.window.to) }
  const screen = onScreen(chart, (drawn) => endsOnScreen(drawn, { ...view, window }))
  const covered = coveredBy(onPage.marks)
  const ends = { x: endsOf(onPage.x, covered.x).map(x), y: endsOf(onPage.y as NumberAxis, covered.y).map(y) }
  for (const side of ['x', 'y'] as const) {
    ends[side].forEach((end, index) => expect(screen[side][index]).toBeCloseTo(end, 6))
  }
}

describe('the screen and the page', () => {
  it('have axes with the same ends', () => {
    fc.assert(fc.property(plot, (of) => compare(of, { window: null, hidden: [] })))
  })

  it('have axes with the same ends when curves are hidden', () => {
    fc.assert(fc.property(plot, fc.subarray(entries), (of, hidden) => {
      fc.pre(of.marks.some((mark) => 'entry' in mark && !hidden.includes(mark.entry!)))
      compare(of, { window: null, hidden: hidden.filter((name) => keyOf(of).some(({ text }) => text === name)) })
    }))
  })

  it('have axes with the same ends when a part of the x axis is shown', () => {
    fc.assert(fc.property(plot, (of) => {
      const all = of.marks.flatMap((mark) => ('x' in mark && typeof mark.x !== 'number' ? Array.from(mark.x!) : [])).sort((a, b) => a - b)
      const [from, to] = [all[Math.floor(all.length / 4)]!, all[Math.ceil(all.length / 2)]!]
      fc.pre(to > from)
      compare(of, { window: { from, to }, hidden: [] })
    }))
  })

  it('draw the same values in the same order', () => {
    fc.assert(fc.property(plot, (of) => {
      const isLog = of.y.scale === 'log'
      const series = seriesOf(chartOf(of, keyOf(of)))
      expect(series.map(({ name }) => name)).toEqual(of.marks.map((mark) => 'entry' in mark && mark.entry))
      of.marks.forEach((mark, index) => {
        if (mark.kind !== 'line' && mark.kind !== 'points') return
        const pairs = series[index]!.data.map((datum) => (Array.isArray(datum) ? datum : (datum as { value: unknown[] }).value))
        const shown = Array.from(mark.x, (x, at) => [x, mark.y[at]!]).filter(([, y]) => Number.isFinite(y) && !(isLog && y! <= 0))
          .map(([x, y]) => [placeOn(of.x)(x!), placeOn(of.y)(y!)])
        expect(pairs.filter(([, y]) => y !== null)).toEqual(shown)
      })
    }))
  })

  it('have the same ticks on a symlog axis', () => {
    const values = [-3, 0.002, 400]
    const x = { scale: 'symlog', name: '', threshold: 0.01 } as const
    const y = { scale: 'log', name: '', from: 3, to: 4 } as const
    const svg = svgOf(chartOf({ title: '', x, y, marks: [{ kind: 'line', x: values, y: values, colour: '#000000' }] }))
    const { ticks } = scaleOf(x, values, ({ length }) => length <= 7)
    expect(ticks.map(({ label }) => label)).toEqual(['−1', '−0.01', '0', '0.01', '1', '100'])
    const shown = [...svg.matchAll(/<text[^>]*>([^<]*)</g)].map(([, text]) => text)
    expect(shown).toEqual(expect.arrayContaining(ticks.map(({ label }) => label)))
  })

  it('draw the same violins and ridges', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true })
    const shape = fc.record({ shape: fc.constantFrom('violin', 'ridge'), x: increasing })
      .chain(({ shape, x }) => fc.array(share, { minLength: x.length, maxLength: x.length })
        .map((height) => ({ kind: 'density' as const, shape, x, height, colour: '#102030' })))
    fc.assert(fc.property(fc.array(shape, { minLength: 1, maxLength: 4 }), fc.constantFrom(...numberScales), (all, scale) => {
      const marks = all.map((mark, index) => ({ ...mark, row: index }))
      const x = { scale, name: '', threshold: 20 } as const
      const y = { scale: 'category', name: '', categories: all.map(() => '') } as const
      const polygons = onScreen(chartOf({ title: '', x, y, marks }), (drawn) => {
        const { x: left, y: top, width, height } = gridOf(drawn)
        const share = ([px, py]: Pair) => [(px - left) / width, (py - top) / height]
        return polygonsOf(drawn.renderToSVGString()).map((points) => points.map(share))
      })
      const covered = coveredBy(marks)
      const box = { left: 0, top: 0, width: 1, height: 1 }
      const unit = { box, x: scaleOf(x, covered.x, () => true), y: rowScale(y), style: twoColumns }
      marks.forEach(({ row }, index) => {
        const { low, high } = densityEdges(marks[index]!)
        const along = (edge: readonly number[]) => marks[index]!.x.map((value, at) => placed(value, edge[at]!, unit)!)
        for (const [at, point] of [...along(high), ...along(low).reverse()].entries()) {
          point.forEach((each, side) => expect(polygons[row]![at]![side]).toBeCloseTo(each, 2))
        }
      })
    }), { numRuns: 20 })
  })

  it('draw the same brackets beside the plot', () => {
    const texts = ['n.s.', 'p = 0.003']
    const marks = texts.map((text, index): Mark => ({ kind: 'bracket', from: 0, to: index + 1, text }))
    const plot: Plot = {
      title: '', x: { scale: 'linear', name: '', from: 0, to: 1 }, y: { scale: 'category', name: '', categories: ['a', 'b', 'c'] }, marks,
    }
    const { svg, grid } = onScreen(chartOf(plot), (drawn) => ({ svg: drawn.renderToSVGString(), grid: gridOf(drawn) }))
    for (const [index, text] of texts.entries()) {
      const [, x, y] = new RegExp(` x="([\\d.]+)" y="([\\d.]+)"[^>]*>${text}<`).exec(svg)!.map(Number)
      expect(x).toBeGreaterThan(grid.x + grid.width)
      expect(x! + 6.8 * text.length).toBeLessThanOrEqual(600)
      expect((y! - grid.y) / grid.height).toBeCloseTo((index + 1.5) / 3, 2)
    }
  })
})
