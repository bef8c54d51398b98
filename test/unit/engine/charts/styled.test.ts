import { describe, expect, it } from 'vitest'
import { type FigureDocumentInput, figureDocumentSchema } from '../../../../src-engine/charts/figure-document.ts'
import { pageStyleOf, styledFigure } from '../../../../src-engine/charts/styled.ts'
import type { Panel } from '../../../../src-engine/figure/figure.ts'

const symbol = { shape: 'circle', isFilled: true } as const
const panel: Panel = {
  title: 'Chart', columns: 1, keyPlace: 'above', notes: ['a note'],
  key: [{ text: 'A', colour: '#0072b2', dash: 'solid' }, { text: 'B', colour: '#e69f00', dash: 'dashed' }, { text: 'Runs', colour: '#8a8f98', symbol }],
  plots: [{
    title: '', x: { scale: 'linear', name: 'Epoch', from: 1 }, y: { scale: 'log', name: 'Loss' },
    marks: [
      { kind: 'line', entry: 'A', x: [1, 2], y: [3, 4], colour: '#0072b2', dash: 'solid' },
      { kind: 'band', entry: 'A', x: [1, 2], low: [2, 3], high: [4, 5], colour: '#0072b2' },
      { kind: 'line', entry: 'B', x: [1, 2], y: [5, 6], colour: '#e69f00', dash: 'dashed' },
      { kind: 'points', entry: 'Runs', x: [1], y: [1], colour: '#d55e00', symbol, size: 'small' },
      { kind: 'rule', y: 1, colour: '#9aa1ab' },
    ],
  }],
}

function styled(own: Partial<FigureDocumentInput['panels'][number]> = {}, style: FigureDocumentInput['style'] = {}) {
  const document = figureDocumentSchema.parse({ version: 1, style, panels: [{ chart: 'loss', runs: [{ run: '0run00000001' }], ...own }] })
  const [made] = styledFigure(document, [panel]).panels
  return { ...made!, marks: made!.plots[0]!.marks, plot: made!.plots[0]! }
}
const coloursOf = ({ marks }: { marks: Panel['plots'][number]['marks'] }) => marks.map((mark) => ('colour' in mark ? mark.colour : ''))

describe('a panel without wishes', () => {
  it('is as its chart, without notes', () => {
    const { key, marks, notes, title } = styled()
    expect({ key, marks, title, notes }).toEqual({ key: panel.key, marks: panel.plots[0]!.marks, title: 'Chart', notes: [] })
  })
})

describe('a styled panel', () => {
  it('has the order, names and looks of its series, in the key and in the plot', () => {
    const { key, marks } = styled({ series: [{ series: 'B', name: 'ours', colour: '#123456', dash: 'dotted' }, { series: 'A' }] })
    expect(key.map(({ text, colour, dash }) => [text, colour, dash])).toEqual([
      ['ours', '#123456', 'dotted'], ['A', '#0072b2', 'solid'], ['Runs', '#8a8f98', undefined],
    ])
    expect(marks[2]).toMatchObject({ entry: 'ours', colour: '#123456', dash: 'dotted' })
  })

  it('leaves out hidden series with all their marks', () => {
    const { key, marks } = styled({ series: [{ series: 'A', isHidden: true }] })
    expect(key.map(({ text }) => text)).toEqual(['B', 'Runs'])
    expect(marks.map(({ kind }) => kind)).toEqual(['line', 'points', 'rule'])
  })

  it('has its own title, axes, height, key and notes', () => {
    const { title, plot, aspect, keyPlace, notes } = styled({
      title: '', aspect: 1, key: 'right', hasNotes: true, x: { name: 'n', from: 0, to: 9 }, y: { scale: 'linear' },
    })
    expect({ title, aspect, keyPlace, notes }).toEqual({ title: '', aspect: 1, keyPlace: 'right', notes: ['a note'] })
    expect(plot.x).toEqual({ scale: 'linear', name: 'n', from: 0, to: 9 })
    expect(plot.y).toEqual({ scale: 'linear', name: 'Loss' })
    expect(styled({ key: 'none' }).key).toEqual([])
  })
})

describe('a symlog axis of a document', () => {
  const axisOf = (y: object, series: FigureDocumentInput['panels'][number]['series'] = []) => styled({ y, series }).plot.y
  it('has the threshold of the document, or one that hidden series do not move', () => {
    expect(axisOf({ scale: 'symlog', threshold: 0.2 })).toEqual({ scale: 'symlog', name: 'Loss', threshold: 0.2 })
    expect(axisOf({ scale: 'symlog' })).toEqual({ scale: 'symlog', name: 'Loss', threshold: 0.001 })
    expect(axisOf({ scale: 'symlog' }, [{ series: 'B', isHidden: true }])).toEqual(axisOf({ scale: 'symlog' }))
    expect(axisOf({ threshold: 3 })).toEqual({ scale: 'log', name: 'Loss' })
  })
})

describe('markers', () => {
  const shapesOf = (own: Parameters<typeof styled>[0], style: FigureDocumentInput['style'] = {}) => {
    const { marks, key } = styled(own, style)
    const shapes = marks.flatMap((mark) => (mark.kind === 'line' || mark.kind === 'points' ? [mark.symbol?.shape] : []))
    return { shapes, key: key.map((entry) => (entry.symbol as { shape: string } | undefined)?.shape) }
  }

  it('are those of the chart, of the style, or of single series', () => {
    expect(shapesOf({})).toEqual({ shapes: [undefined, undefined, 'circle'], key: [undefined, undefined, 'circle'] })
    expect(shapesOf({}, { markers: 'series' }).shapes).toEqual(['circle', 'square', 'triangle'])
    expect(shapesOf({}, { markers: 'plus' })).toEqual({ shapes: ['plus', 'plus', 'plus'], key: ['plus', 'plus', 'plus'] })
    const own = { series: [{ series: 'A', marker: 'none' }, { series: 'B', marker: 'diamond' }] } as const
    expect(shapesOf({ series: [...own.series] }, { markers: 'series' }).shapes).toEqual([undefined, 'diamond', 'triangle'])
  })

  it('do not replace the points of a chart by none', () => {
    expect(shapesOf({ series: [{ series: 'Runs', marker: 'none' }] }).shapes).toEqual([undefined, undefined, 'circle'])
  })
})

describe('a palette', () => {
  it.each(['okabe-ito', 'viridis', 'greys'] as const)('%s colours series, but not what stands for others or for none', (palette) => {
    const own = styled({}, { palette })
    const [a, band, b, runs, rule] = coloursOf(own)
    expect(a).toBe(band)
    expect(a).not.toBe(b)
    expect([a, b]).not.toEqual(['#0072b2', '#e69f00'])
    expect([runs, rule]).toEqual(['#d55e00', '#9aa1ab'])
    expect(own.key[0]!.colour).toBe(a)
  })

  it('yields to the colours of single series', () => {
    expect(coloursOf(styled({ series: [{ series: 'A', colour: '#123456' }] }, { palette: 'greys' }))[0]).toBe('#123456')
  })

  it('of greys tells lines apart by their dashes too', () => {
    const dashesOf = styled({}, { palette: 'greys' }).marks.flatMap((mark) => (mark.kind === 'line' ? [mark.dash] : []))
    expect(new Set(dashesOf).size).toBe(2)
  })
})

it('has lengths in points', () => {
  const { style } = figureDocumentSchema.parse({ version: 1, style: { width: 25.4, font: 8, hasGrid: false }, panels: [{ chart: 'loss' }] })
  expect(pageStyleOf(style)).toMatchObject({ width: 72, font: 8, hasGrid: false, hasLetters: true })
})
