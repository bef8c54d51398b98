import { openSync, type Font } from 'fontkit'
import { describe, expect, it, test } from 'vitest'
import type { Figure, Line, Mark, Plot } from '../../../../src-engine/figure/figure.ts'
import { pageOf } from '../../../../src-engine/figure/page/page.ts'
import type { Polylines, Words } from '../../../../src-engine/figure/page/scene.ts'
import { POINTS_PER_MM, twoColumns } from '../../../../src-engine/figure/page/style.ts'
import { svgOf } from '../../../../src-engine/figure/page/svg.ts'
import { textWidth } from '../../../../src-engine/figure/page/text.ts'
import { textsOf, layoutProblems } from '../../../fixtures/page-texts.ts'

const long = (index: number) => `Mixed precision, full PCM model · learning.rateInput 7.74251 × 10⁻⁵ · seed ${index}`
const colour = '#0072b2'

/** Plots with a second axis, labels of rules and a scale of colours. */
function labelledPlots(series: number, nameOf: (index: number) => string): Plot[] {
  const shown = Array.from({ length: Math.min(6, series) }, (_, index) => index)
  const scale = { from: -0.01234, to: 0.01234, colours: ['#0000ff', '#ffffff', '#ff0000'], missing: '#888888' }
  const count = { scale: 'linear', from: 0, isWhole: true } as const
  return [
    {
      title: nameOf(0), x: { ...count, name: 'Epoch', to: 100_000 }, y: { scale: 'log', name: 'Mean squared error' }, right: { ...count, name: 'Spikes of a neuron' },
      marks: [
        { kind: 'band', x: [0, 100_000], low: [0.01, 0.02], high: [0.1, 0.2], colour },
        { kind: 'line', x: [0, 100_000], y: [0, 1_000_000], colour, isRight: true },
        ...shown.map((index): Mark => ({ kind: 'rule', x: 17_000 * index, colour, label: nameOf(index) })),
        ...shown.map((index): Mark => ({ kind: 'rule', y: 0.05 + index / 1000, colour, label: nameOf(index) })),
      ],
    },
    {
      title: nameOf(1), x: { ...count, name: 'From neuron', from: -0.5, to: 99.5 }, y: { ...count, name: 'To neuron', from: -0.5, to: 1.5 },
      marks: [
        { kind: 'image', values: [1, 2, 3, 4], columns: 2, x: [-0.5, 99.5], y: [-0.5, 1.5], scale },
        ...shown.map((index): Mark => ({ kind: 'rule', y: index / 6, colour, label: nameOf(index) })),
        { kind: 'rule', x: 99.5, colour, label: nameOf(2) },
      ],
    },
  ]
}

/** A figure with rows, a plot of points and small plots, as reports have them, and with all that stands around plots. */
function figureWith(series: number, nameOf: (index: number) => string): Figure {
  const all = Array.from({ length: series }, (_, index) => index)
  const wave: Mark = { kind: 'line', x: all.map((x) => x * 100), y: all.map((x) => Math.sin(x)), colour }
  return {
    heading: 'A run of which the name is long · seed 4 294 967 295 · run 0123456789abcdef',
    panels: [
      {
        title: 'Rows', columns: 2, isShared: true, key: all.map((index) => ({ text: nameOf(index), colour, symbol: { shape: 'diamond', isFilled: false } })), keyPlace: 'above',
        plots: ['Corrected conventions', 'Published conventions'].map((title) => ({
          title, x: { scale: 'log', name: 'Mean squared error' }, y: { scale: 'category', name: '', categories: all.map(nameOf) },
          marks: all.map((row): Mark => ({ kind: 'intervals', low: [0.001 * (row + 1)], high: [0.02 * (row + 1)], y: [row], colour })),
        })),
        notes: [all.map(nameOf).join('; ')],
      },
      {
        title: 'Points', columns: 1, key: all.map((index) => ({ text: nameOf(index), number: String(index + 1), colour })), keyPlace: 'right', notes: [],
        plots: [{
          title: '', x: { scale: 'log', name: 'SET pulses of a run' }, y: { scale: 'linear', name: 'Energy of a run (µJ)' },
          marks: [{ kind: 'points', x: all.map((x) => 10 ** x), y: all.map((x) => x ** 2 - 50), colour, symbol: { shape: 'circle', isFilled: true }, size: 'large' }],
        }],
      },
      {
        title: 'Differences', columns: 1, key: [], keyPlace: 'above', notes: ['None.'],
        plots: [{
          title: '', x: { scale: 'linear', name: 'Difference in mean squared error' }, y: { scale: 'category', name: '', categories: all.map(nameOf) },
          right: { scale: 'category', name: 'p (Holm)', categories: all.map(() => '0.012') },
          marks: [{ kind: 'rule', x: 0, colour }, { kind: 'points', x: all.map((x) => x / 1000), y: all, colour, symbol: { shape: 'circle', isFilled: true }, size: 'large' }],
        }],
      },
      {
        title: 'Labels', columns: 2, keyPlace: 'above', notes: [], plots: labelledPlots(series, nameOf),
        key: all.map((index) => ({ text: nameOf(index), colour, isArea: index % 2 === 0, dash: 'dash-dot', symbol: index % 3 === 0 ? 'cross' : 'stroke' })),
      },
      {
        title: 'Labels at the edge', columns: 1, aspect: 0.25, keyPlace: 'right', notes: [], plots: labelledPlots(series, nameOf),
        key: all.map((index) => ({ text: nameOf(index), colour, isArea: true })),
      },
      {
        title: 'Shared', columns: 2, aspect: 0.3, isShared: true, keyPlace: 'above', notes: [], key: [],
        plots: labelledPlots(series, nameOf).map((plot) => ({ ...plot, right: { scale: 'linear', name: 'Rate (Hz)', from: 0 } })),
      },
      {
        title: 'Distributions', columns: 1, key: all.map((index) => ({ text: nameOf(index), colour, isArea: true })), keyPlace: 'above', notes: [],
        plots: [{
          title: '', x: { scale: 'log', name: 'Mean squared error' }, y: { scale: 'category', name: 'Arm', categories: all.map(nameOf) },
          marks: [
            ...all.map((row): Mark => ({ kind: 'density', shape: row % 2 === 0 ? 'violin' : 'ridge', row, x: [0.01, 0.1, 1], height: [0, 1, 0], colour })),
            ...all.slice(1).map((to): Mark => ({ kind: 'bracket', from: 0, to, text: to % 2 === 0 ? 'n.s.' : 'p = 0.003' })),
            { kind: 'bracket', from: 1, to: 0, text: nameOf(0) },
          ],
        }],
      },
      {
        title: 'Ends of lines', columns: 1, aspect: 0.8, keyPlace: 'ends', notes: [],
        key: [...all.map((index) => ({ text: nameOf(index), colour, dash: 'solid' as const })), { text: 'Not drawn', colour, symbol: 'cross' }],
        plots: [{
          title: '', x: { scale: 'linear', name: 'Epoch' }, y: { scale: 'log', name: 'Mean squared error' },
          marks: all.map((index): Mark => ({
            kind: 'line', entry: nameOf(index), x: [0, 1, 100], y: [1, 0.1, 0.01 + index / 1e4], colour, symbol: { shape: 'plus', isFilled: true },
          })),
        }],
      },
      {
        title: 'Missing', columns: 1, key: [], keyPlace: 'above', notes: [], plots: [], missing: `The library has no run ${nameOf(0)}.`, aspect: 0.1,
      },
      {
        title: 'Signs', columns: 1, key: [], keyPlace: 'above', notes: [],
        plots: [{
          title: '', x: { scale: 'symlog', name: 'Difference', threshold: 1e-4 }, y: { scale: 'symlog', name: 'Loss', threshold: 0.01 },
          marks: [{ kind: 'line', x: all.map((x) => (x - 1) * 1000), y: all.map((x) => (1 - x) * 123), colour }],
        }],
      },
      {
        title: 'Output', columns: 3, aspect: 0.45, isShared: true, key: [], keyPlace: 'above', notes: [],
        plots: all.map((index) => ({ title: nameOf(index), x: { scale: 'linear', name: 'Time (ms)' }, y: { scale: 'linear', name: 'Readout' }, marks: [wave, { kind: 'text', y: 'top', text: '0.0123' }] })),
      },
    ],
  }
}

const sizes = [89, 120, 180, 254].flatMap((mm) => [5, 7.5, 10].map((font) => [mm, font] as const))

describe.each(sizes)('a page of %i mm with text of %d pt', (mm, font) => {
  const style = { ...twoColumns, width: mm * POINTS_PER_MM, font }

  it.each([2, 6, 20])('has no text that touches another or the border, with %i series', (series) => {
    for (const nameOf of [long, (index: number) => `Arm ${index}`]) {
      expect(layoutProblems(pageOf(figureWith(series, nameOf), style))).toEqual([])
    }
  })
})

/** A page of plots beside each other. */
const plotsOn = (width: number, count: number, some: Partial<Figure['panels'][number]> = {}) => pageOf({ heading: '', panels: [{
  title: '', columns: count, key: [], keyPlace: 'above', notes: [],
  plots: Array.from({ length: count }, (_, index): Plot => ({
    title: `Plot ${index}`, x: { scale: 'linear', name: '', from: 0.1234, to: 0.12345 }, y: { scale: 'linear', name: '', from: 0, to: 1 }, marks: [],
  })), ...some,
}] }, { ...twoColumns, width, margin: 0 })

test('a key of 200 entries is written out whole, above its plots', () => {
  const names = Array.from({ length: 200 }, (_, index) => `Mixed precision, learning rate ${index}, mean and range (n = 10)`)
  const scene = plotsOn(340, 1, { keyPlace: 'right', key: names.map((text) => ({ text, colour, dash: 'solid', isArea: true })) })
  const written = new Set(textsOf(scene).map(({ text }) => text))
  expect(names.filter((name) => !written.has(name))).toEqual([])
})

test('a narrow page has fewer plots beside each other, and its keys above them', () => {
  const heightsOf = (width: number) => {
    const titles = plotsOn(width, 3).shapes.filter((shape): shape is Words => shape.kind === 'words' && shape.text.startsWith('Plot'))
    return new Set(titles.map(({ at }) => at[1])).size
  }
  expect([500, 180, 70].map(heightsOf)).toEqual([1, 2, 3])
  const keyAt = (width: number) => {
    const { shapes } = plotsOn(width, 1, { keyPlace: 'right', key: [{ text: 'Key of these', colour }] })
    return shapes.find((shape): shape is Words => shape.kind === 'words' && shape.text.startsWith('Key'))!.at[0]
  }
  expect(keyAt(500)).toBeGreaterThan(300)
  expect(keyAt(120)).toBeLessThan(30)
})

test('names of lines stand at their ends where there is room, and otherwise above', () => {
  const named = (count: number, width: number) => {
    const names = Array.from({ length: count }, (_, index) => `Arm ${index}`)
    const marks = names.map((entry, index): Mark => ({ kind: 'line', entry, x: [0, 1], y: [0, index], colour }))
    const { shapes } = plotsOn(width, 1, {
      keyPlace: 'ends', aspect: 0.5, key: [...names.map((text) => ({ text, colour, dash: 'solid' as const })), { text: 'Mean', colour, isArea: true }],
      plots: [{ title: '', x: { scale: 'linear', name: '' }, y: { scale: 'linear', name: '' }, marks }],
    })
    const shown = shapes.filter((shape): shape is Words => shape.kind === 'words' && /Arm|Mean/.test(shape.text))
    return shown.map(({ text, at: [x] }) => [text, x > 0.8 * width])
  }
  expect(named(3, 400).sort()).toEqual([['Arm 0', true], ['Arm 1', true], ['Arm 2', true], ['Mean', false]])
  expect(named(8, 100).filter(([, isAtRight]) => isAtRight)).toEqual([])
  expect(named(8, 100)).toHaveLength(9)
})

test('a long label at the end of an axis is not cut off', () => {
  const last = textsOf(plotsOn(300, 1)).find(({ text }) => text === '0.12345')!
  expect(last.right - last.left).toBeGreaterThan(2.4 * twoColumns.font)
  expect(last.right).toBeLessThanOrEqual(300)
})

test('the widths of characters are those of the shipped font', () => {
  for (const [file, isBold] of [['Arimo-Regular.ttf', false], ['Arimo-Bold.ttf', true]] as const) {
    const font = openSync(`resources/font/${file}`) as Font
    for (const character of 'Aé 0µθ⁺₀×−→●') {
      const { advanceWidth } = font.glyphForCodePoint(character.codePointAt(0)!)
      expect(textWidth(character, { size: 1000, isBold })).toBe(Math.round((1000 * advanceWidth) / font.unitsPerEm))
    }
  }
})

const lineIn = (line: Partial<Line>): Polylines[] => {
  const mark: Line = { kind: 'line', x: [], y: [], colour: '#123456', ...line }
  const { shapes } = pageOf({ heading: '', panels: [{
    title: '', columns: 1, key: [], keyPlace: 'above', notes: [],
    plots: [{ title: '', x: { scale: 'linear', name: '', from: 0, to: 1000 }, y: { scale: 'linear', name: '', from: -1, to: 1 }, marks: [mark] }],
  }] }, twoColumns)
  return shapes.filter((shape): shape is Polylines => shape.kind === 'polylines' && shape.stroke?.colour === '#123456')
}

describe('a line', () => {
  const x = Array.from({ length: 1001 }, (_, index) => index)

  it('loses only points that nobody sees', () => {
    const whole = x.map((each) => Math.sin(each / 100))
    const [line] = lineIn({ x, y: whole }).flatMap(({ lines }) => lines)
    expect(line!.length).toBeLessThan(400)
    const [left, right] = [line![0]![0], line!.at(-1)![0]]
    const heights = line!.map(([, y]) => y)
    const [top, bottom] = [Math.min(...heights), Math.max(...heights)]
    for (const [at, height] of line!) {
      const value = Math.sin((1000 * (at - left)) / (right - left) / 100)
      expect(height).toBeCloseTo(top + ((1 - value) / 2) * (bottom - top), 1)
    }
  })

  it('has a gap where a value is missing, and a dot for a value alone', () => {
    const y = x.map((each) => (each > 400 && each < 600 ? NaN : 0))
    expect(lineIn({ x, y }).flatMap(({ lines }) => lines)).toHaveLength(2)
    y[500] = 0.5
    const svg = svgOf(pageOf({ heading: '', panels: [{ title: '', columns: 1, key: [], keyPlace: 'above', notes: [], plots: [{
      title: '', x: { scale: 'linear', name: '' }, y: { scale: 'linear', name: '' }, marks: [{ kind: 'line', x, y, colour }],
    }] }] }, twoColumns))
    expect(svg.match(/<circle/g)).toHaveLength(1)
    expect(svg).not.toContain('NaN')
  })
})
