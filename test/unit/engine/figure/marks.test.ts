import { inflateSync } from 'node:zlib'
import { describe, expect, it, test } from 'vitest'
import type { Mark, NumberAxis, Plot } from '../../../../src-engine/figure/figure.ts'
import { drawMarks } from '../../../../src-engine/figure/page/marks.ts'
import { base64, pngOfImage } from '../../../../src-engine/figure/page/png.ts'
import type { Frame } from '../../../../src-engine/figure/page/frame.ts'
import { drawLabelsAtRight } from '../../../../src-engine/figure/page/rules.ts'
import type { Image, Point, Polylines, Shape, Words } from '../../../../src-engine/figure/page/scene.ts'
import { twoColumns } from '../../../../src-engine/figure/page/style.ts'
import { rowScale, scaleOf } from '../../../../src-engine/figure/scale.ts'

const colour = '#0072b2'
const axis: NumberAxis = { scale: 'linear', name: '', from: 0, to: 10 }
const logAxis: NumberAxis = { scale: 'log', name: '', from: 0.01, to: 1 }

/** A plot of 100 by 100 points, so that 0 to 10 lie at 0 to 100 across and at 100 to 0 downwards. */
const frameOf = (x: NumberAxis = axis, y: Plot['y'] = axis): Frame => ({
  box: { left: 0, top: 0, width: 100, height: 100 },
  x: scaleOf(x, [], () => true),
  y: y.scale === 'category' ? rowScale(y) : scaleOf(y, [], () => true),
  style: twoColumns,
})
const drawn = (mark: Mark | Mark[], frame = frameOf()) => drawMarks([mark].flat(), () => frame)
const lines = (shapes: readonly Shape[]): Polylines[] => shapes.filter((shape) => shape.kind === 'polylines')
const wordsIn = (shapes: readonly Shape[]): Words[] => shapes.filter((shape) => shape.kind === 'words')
const rounded = (points: readonly Point[]) => points.map(([x, y]) => [Math.round(x * 1000) / 1000, Math.round(y * 1000) / 1000])

describe('a band', () => {
  const band = (some: object, frame?: Frame) => lines(drawn({ kind: 'band', x: [0, 5, 10], low: [1, 2, 1], high: [4, 9, 4], colour, ...some }, frame))

  it('is a light area between its curves, without an outline', () => {
    const [area] = band({})
    expect(area).toMatchObject({ fill: colour, opacity: 0.2 })
    expect(area!.stroke).toBeUndefined()
    expect(rounded(area!.lines[0]!)).toEqual([[0, 60], [50, 10], [100, 60], [100, 90], [50, 80], [0, 90]])
  })

  it('has a gap where either curve is not finite', () => {
    const x = [0, 1, 2, 3, 4, 5, 6]
    const [area] = band({ x, low: [1, 1, NaN, 1, 1, 1, 1], high: [2, 2, 2, 2, 2, Infinity, 2] })
    expect(area!.lines.map((line) => rounded(line).map(([at]) => at))).toEqual([[0, 10, 10, 0], [30, 40, 40, 30]])
  })

  it('ends at the border of the plot', () => {
    const [area] = band({ low: [-5, -5, -5], high: [5, 25, 5] })
    expect(rounded(area!.lines[0]!)).toEqual([[0, 100], [0, 50], [12.5, 0], [87.5, 0], [100, 50], [100, 100]])
  })

  it('is left out where none of it is in the plot', () => {
    expect(band({ low: [20, 20, 20], high: [30, 30, 30] })).toEqual([])
  })

  it('extends on a log axis to the bottom where its lower end is not above 0', () => {
    const [area] = band({ low: [0.1, 0, -1], high: [1, 1, 1] }, frameOf(axis, logAxis))
    expect(rounded(area!.lines[0]!)).toEqual([[0, 0], [100, 0], [100, 100], [50, 100], [0, 50]])
    expect(band({ low: [-2, -2, -2], high: [1, 0, 1] }, frameOf(axis, logAxis))).toEqual([])
  })
})

describe('bars', () => {
  const bars = (some: object, frame?: Frame) =>
    lines(drawn({ kind: 'bars', edges: [1, 2, 3, 4, 5], values: [2, 5, NaN, 1], colour, ...some }, frame))

  it('are one outline from 0 over a light area, with a gap at a missing value', () => {
    const [area, outline] = bars({})
    const parts = [[[10, 100], [10, 80], [20, 80], [20, 50], [30, 50], [30, 100]], [[40, 100], [40, 90], [50, 90], [50, 100]]]
    expect(area).toMatchObject({ fill: colour, opacity: 0.2 })
    expect(outline!.stroke!.colour).toBe(colour)
    expect(outline!.fill).toBeUndefined()
    expect(outline!.lines.map(rounded)).toEqual(parts)
    expect(area!.lines.map((line) => line.length)).toEqual([6, 4])
  })

  it('begin at the bottom of a log axis, where 0 leaves a gap', () => {
    const [, outline] = bars({ values: [0.1, 0, 1, 0.01] }, frameOf(axis, logAxis))
    expect(outline!.lines.map(rounded)).toEqual([
      [[10, 100], [10, 50], [20, 50], [20, 100]],
      [[30, 100], [30, 0], [40, 0], [40, 100], [50, 100], [50, 100]],
    ])
  })

  it('have no top where they are higher than the plot', () => {
    const [area, outline] = bars({ edges: [1, 2], values: [50] })
    expect(outline!.lines.map(rounded)).toEqual([[[10, 100], [10, 0]], [[20, 0], [20, 100]]])
    expect(rounded(area!.lines[0]!).toSorted()).toEqual([[10, 0], [10, 100], [20, 0], [20, 100]])
  })
})

describe('points', () => {
  it('of every size come from any list of numbers and lie inside the plot', () => {
    const radii = (['tiny', 'small', 'large'] as const).map((size) => {
      const shapes = drawn({ kind: 'points', x: Float32Array.of(2, 11, NaN), y: Float64Array.of(3, 3, 3), colour, symbol: { shape: 'circle', isFilled: true }, size })
      expect(shapes).toHaveLength(1)
      expect(shapes[0]).toMatchObject({ kind: 'disc', centre: [20, 70] })
      return shapes[0]!.kind === 'disc' ? shapes[0]!.radius : NaN
    })
    expect(radii).toEqual(radii.toSorted((a, b) => a - b))
    expect(new Set(radii).size).toBe(3)
  })
})

test('symbols grow with the text, and dashes with their line', () => {
  const large = { ...frameOf(), style: { ...twoColumns, font: 2 * twoColumns.font, line: 2 } }
  const points: Mark = { kind: 'points', x: [5], y: [5], colour, symbol: { shape: 'circle', isFilled: true }, size: 'large' }
  const radius = (frame: Frame) => drawn(points, frame).map((shape) => (shape.kind === 'disc' ? shape.radius : NaN))[0]!
  expect(radius(large)).toBe(2 * radius(frameOf()))
  const dashOf = (frame: Frame) => lines(drawn({ kind: 'rule', x: 5, colour, dash: 'long' }, frame))[0]!.stroke!.dash!
  expect(dashOf(large)).toEqual(dashOf(frameOf()).map((length) => 2 * length))
  const widthOf = (frame: Frame) => {
    const across = lines(drawn({ kind: 'rug', side: 'top', at: [5], shape: 'cross', colour }, frame)).flatMap((shape) => shape.lines).flat().map(([x]) => x)
    return Math.max(...across) - Math.min(...across)
  }
  expect(widthOf(large)).toBeCloseTo(2 * widthOf(frameOf()))
})

describe('a line with symbols', () => {
  const x = Array.from({ length: 101 }, (_, index) => index / 10)
  const line: Mark = { kind: 'line', x, y: x.map((at) => (at > 4 && at < 6 ? 20 : 5)), colour, symbol: { shape: 'square', isFilled: true } }
  const middlesOf = (shapes: readonly Shape[]) => lines(shapes).filter(({ fill }) => fill === colour)
    .map(({ lines: [outline] }) => outline!.reduce((sum, [across]) => sum + across / 4, 0))

  it('has them at its points inside the plot, apart from each other', () => {
    expect(middlesOf(drawn(line)).map(Math.round)).toEqual([0, 16, 32, 60, 76, 92])
  })

  it('has crosses of lines', () => {
    for (const shape of ['cross', 'plus'] as const) {
      const crosses = lines(drawn({ ...line, symbol: { shape, isFilled: true } })).slice(1)
      expect(crosses).toHaveLength(6)
      expect(crosses[0]).toMatchObject({ stroke: { colour, width: 1 } })
      expect(crosses[0]!.fill).toBeUndefined()
    }
  })
})

describe('a line with a label', () => {
  const line = (y: number[], label: string): Mark => ({ kind: 'line', x: [0, 5, 9], y, colour, label })
  const labelled = (...marks: Mark[]) => drawLabelsAtRight(marks, 100, 50, () => frameOf())

  it('has it beside the plot at the height of its end, and is connected with it', () => {
    const [leader, text] = labelled(line([1, 2, 4], 'A'))
    expect(text).toMatchObject({ text: 'A' })
    expect(leader).toMatchObject({ stroke: { colour } })
    expect((text as Words).at[1]).toBeCloseTo(60 + (0.69 * twoColumns.font) / 2, 9)
    expect(rounded(lines([leader!])[0]!.lines[0]!)[0]).toEqual([90, 60])
  })

  it('ends where it leaves the plot or has its last value', () => {
    const ends = labelled(line([1, 2, 40], 'A'), line([1, 6, NaN], 'B')).filter(({ kind }) => kind === 'polylines')
    expect(lines(ends).map((leader) => rounded(leader.lines[0]!)[0])).toEqual([[50, 40], [50, 80]])
    expect(labelled(line([20, 30, 40], 'A'))).toEqual([])
  })

  it('has it apart from all others, in the order of the ends', () => {
    const labels = wordsIn(labelled(...[3, 1, 2, 1.1].map((end) => line([5, 5, end], `${end}`)), { kind: 'rule', y: 2.1, colour, label: 'Rule' }))
    expect(labels.map(({ text }) => text)).toEqual(['3', 'Rule', '2', '1.1', '1'])
    labels.slice(1).forEach(({ at }, index) => expect(at[1] - labels[index]!.at[1]).toBeGreaterThan(1.2 * twoColumns.font))
  })
})

describe('a raster', () => {
  const raster = (some: object, frame?: Frame) => lines(drawn({ kind: 'raster', x: [1, 2.5], y: [0, 4], colour, ...some }, frame))

  it('has strokes as high as one row, all in one shape', () => {
    const [shape, ...more] = raster({}, frameOf(axis, { ...axis, from: -0.5, to: 9.5 }))
    expect(more).toEqual([])
    expect(shape!.lines.map(rounded)).toEqual([[[10, 90], [10, 100]], [[25, 50], [25, 60]]])
  })

  it('has strokes of at least half a point', () => {
    const [shape] = raster({}, frameOf(axis, { ...axis, from: -0.5, to: 999.5 }))
    expect(shape!.lines.map((line) => Math.abs(line[0]![1] - line[1]![1]))[1]).toBeCloseTo(0.5)
  })

  it('leaves out what lies beyond the plot, and cuts the strokes at its border', () => {
    const [shape] = raster({ x: [-1, 5, 5, NaN], y: [3, 10, 12, 3] })
    expect(shape!.lines.map(rounded)).toEqual([[[50, 0], [50, 5]]])
    expect(raster({ x: [], y: [] })).toEqual([])
  })
})

describe('a rug', () => {
  const middles = (shapes: readonly Shape[]) => lines(shapes).flatMap((shape) => shape.lines).map((line) => [
    (line[0]![0] + line.at(-1)![0]) / 2, (line[0]![1] + line.at(-1)![1]) / 2,
  ])

  it.each([['bottom', 97.5], ['top', 2.5]] as const)('at the %s has upright strokes on the border', (side, height) => {
    const shapes = drawn({ kind: 'rug', side, at: [1, 4, 11, NaN], shape: 'stroke', colour })
    expect(middles(shapes)).toEqual([[10, height], [40, height]])
    expect(lines(shapes)[0]!.lines.every(([from, to]) => from![0] === to![0] && Math.abs(from![1] - to![1]) === 5)).toBe(true)
  })

  it('of crosses lies wholly inside the plot', () => {
    for (const side of ['top', 'bottom', 'right'] as const) {
      const points = lines(drawn({ kind: 'rug', side, at: [5], shape: 'cross', colour })).flatMap((shape) => shape.lines).flat()
      expect(points).toHaveLength(4)
      for (const each of points.flat()) expect(each > 0 && each < 100).toBe(true)
    }
  })

  it('at the right has the marks of one row beside each other, also those of several rugs', () => {
    const rug = (at: number[]): Mark => ({ kind: 'rug', side: 'right', at, shape: 'cross', colour })
    const frame = frameOf(axis, { scale: 'category', name: '', categories: ['a', 'b'] })
    const found = middles(drawn([rug([0, 1, 0]), rug([0])], frame)).filter((_, index) => index % 2 === 0)
    expect(found.map(([, y]) => y)).toEqual([25, 75, 25, 25])
    const [first, second, third] = found.filter(([, y]) => y === 25).map(([x]) => x!)
    expect(first! - second!).toBeGreaterThan(3.6)
    expect(second! - third!).toBeCloseTo(first! - second!)
  })
})

describe('an image', () => {
  const scale = { from: -2, to: 2, colours: ['#0000ff', '#ffffff', '#ff0000'], missing: '#888888' }
  const image = (some: object, frame?: Frame) =>
    drawn({ kind: 'image', columns: 2, values: [-2, 0, 1, NaN], x: [2, 4], y: [1, 3], scale, ...some }, frame) as Image[]
  const coloursOf = ({ pixels, palette }: Image) => Array.from(pixels, (pixel) => palette[pixel])

  it('has its first row at the bottom, and the colours of its scale', () => {
    const [shape] = image({})
    expect(coloursOf(shape!)).toEqual([expect.stringMatching(/^#ff(7e|7f|80|81)\1$/), '#888888', '#0000ff', '#ffffff'])
    expect(shape!.palette.length).toBeLessThanOrEqual(256)
    expect(rounded([[shape!.box.left, shape!.box.top], [shape!.box.width, shape!.box.height]])).toEqual([[20, 70], [20, 20]])
  })

  it('has the colours of the ends beyond the limit', () => {
    for (const limit of [2, 0]) {
      const [shape] = image({ columns: 4, values: [-9, 9, Infinity, 0], scale: { ...scale, from: -limit, to: limit } })
      expect(coloursOf(shape!)).toEqual(['#0000ff', '#ff0000', '#888888', '#ffffff'])
    }
  })

  it('has its first row on top of rows, which are counted from the top', () => {
    const rows = frameOf(axis, { scale: 'category', name: '', categories: ['a', 'b'] })
    expect(coloursOf(image({ y: [-0.5, 1.5] }, rows)[0]!)[0]).toBe('#0000ff')
  })

  it('shows only whole pixels inside the plot', () => {
    const [shape] = image({ columns: 4, values: [-2, 0, 2, 2], x: [-5, 15], y: [0, 10] })
    expect(coloursOf(shape!)).toEqual(['#ffffff', '#ff0000'])
    expect([shape!.box.left, shape!.box.width]).toEqual([0, 100])
    const [cut] = image({ columns: 4, values: [0, 0, 2, -2], x: [-7, 13], y: [0, 10] })
    expect(coloursOf(cut!)).toEqual(['#ff0000'])
    expect([cut!.box.left, cut!.box.width]).toEqual([expect.closeTo(30), expect.closeTo(50)])
    expect(image({ x: [20, 30] })).toEqual([])
    expect(image({ x: [0, 10] }, frameOf(logAxis))).toEqual([])
  })

  test('is a PNG of its pixels, each enlarged', () => {
    const pixels = Uint8Array.from({ length: 300 * 100 }, (_, index) => (index * 7919) % 251)
    const box = { left: 0, top: 0, width: 1, height: 1 }
    const palette = Array.from({ length: 251 }, (_, index) => `#0000${index.toString(16).padStart(2, '0')}`)
    expect(pixelsOf(pngOfImage({ kind: 'image', box, pixels, columns: 300, palette }))).toEqual({ width: 300, height: 100, pixels: [...pixels] })
    const small = pixelsOf(pngOfImage({ kind: 'image', box, pixels: Uint8Array.of(1, 2), columns: 2, palette }))
    expect([small.width, small.height]).toEqual([512, 256])
    expect(small.pixels.every((each, index) => each === (index % 512 < 256 ? 1 : 2))).toBe(true)
  })
})

/** Indices of a PNG with a palette whose rows are differences from the row above. */
function pixelsOf(png: Uint8Array): { width: number; height: number; pixels: number[] } {
  const bytes = Buffer.from(png)
  const [width, height] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20)]
  const from = bytes.indexOf('IDAT')
  const rows = inflateSync(bytes.subarray(from + 4, from + 4 + bytes.readUInt32BE(from - 4)))
  const pixels: number[] = []
  for (let at = 0; at < rows.length; at++) {
    if (at % (width + 1) === 0) expect(rows[at]).toBe(2)
    else pixels.push((rows[at]! + (pixels.length >= width ? pixels.at(-width)! : 0)) & 0xff)
  }
  return { width, height, pixels }
}

test('base64 is that of Node', () => {
  for (const length of [0, 1, 2, 3, 100]) {
    const bytes = Uint8Array.from({ length }, (_, index) => (index * 97) % 256)
    expect(base64(bytes)).toBe(Buffer.from(bytes).toString('base64'))
  }
})

describe('a rule', () => {
  it.each([['top', 9.9], ['bottom', 0.1]])('has its label apart from the others, also near the %s of the plot', (_, middle) => {
    const rules = [-0.1, 0.1, 0, -0.05].map((away): Mark => ({ kind: 'rule', y: middle + away, colour, label: `${away}` }))
    const labels = wordsIn(drawLabelsAtRight(rules, 100, 50, () => frameOf()))
    expect(labels.map(({ text }) => text)).toEqual(['0.1', '0', '-0.05', '-0.1'])
    const heights = labels.map(({ at }) => at[1])
    expect(heights.every((each, index) => index === 0 || each - heights[index - 1]! >= twoColumns.font)).toBe(true)
    expect(heights[0]).toBeGreaterThan(0)
    expect(heights.at(-1)).toBeLessThan(100 + twoColumns.font / 2)
  })

  it('is left out where it lies beyond the axes', () => {
    expect(drawn([{ kind: 'rule', x: 11, colour }, { kind: 'rule', y: -1, colour }])).toEqual([])
    expect(lines(drawn({ kind: 'rule', y: 4, colour, dash: 'dash-dot' }))[0]).toMatchObject({ lines: [[[0, 60], [100, 60]]], stroke: { dash: [5, 1.8, 1.2, 1.8] } })
  })
})
