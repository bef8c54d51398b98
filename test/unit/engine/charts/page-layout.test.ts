import { describe, expect, it, test } from 'vitest'
import type { Chart } from '../../../../src-engine/charts/chart.ts'
import { figureCharts, figureDocumentSchema, pagePresets } from '../../../../src-engine/charts/figure-document.ts'
import { runCharts } from '../../../../src-engine/charts/run-charts.ts'
import { pageStyleOf, styledFigure } from '../../../../src-engine/charts/styled.ts'
import { panelOf } from '../../../../src-engine/charts/view.ts'
import { pageOf } from '../../../../src-engine/figure/page/page.ts'
import { everyChart } from '../../../fixtures/every-chart.ts'
import { layoutProblems, textsOf } from '../../../fixtures/page-texts.ts'

const keys = ['above', 'right', 'ends'] as const
const counts = [2, 6, 20]
const charts = new Map(counts.map((series) => [series, Object.entries(everyChart(series))]))

interface Preset { title: string; width: number; font: number }

/** Two charts on a page, below or beside each other, with their notes. */
function pageWith(pair: readonly Chart[], { width, font }: Preset, key: typeof keys[number], columns: number) {
  const runs = [{ run: '0run00000001' }]
  const document = figureDocumentSchema.parse({
    version: 1, style: { width, font, columns }, panels: pair.map(() => ({ chart: 'loss', runs, key, hasNotes: true })),
  })
  const panels = pair.map((chart) => panelOf(chart, { window: null, hidden: [] }, 0.6))
  return pageOf(styledFigure(document, panels), pageStyleOf(document.style))
}

/** Texts that must be on the page as a whole. */
const namesOf = ({ title, plot: { x, y, right }, key, notes }: Chart): string[] =>
  [title, x.name, y.name, right?.name ?? '', ...key.map(({ text }) => text), ...notes]

/** Texts of rows and columns, which may be shortened. */
const labelsOf = ({ plot: { x, y } }: Chart): readonly string[] =>
  [...x.labels ?? [], ...(y.scale === 'category' ? y.categories : y.labels ?? [])]

const partsOf = (text: string) => text.split('…').map((part) => part.trim()).filter((part) => part !== '')

/** Whether a text is a label, or what is left of one. */
function isOf(label: string, text: string): boolean {
  let from = 0
  return partsOf(text).every((part) => {
    const at = label.indexOf(part, from)
    from = at + part.length
    return at >= 0
  })
}

describe.each(counts)('with %i series of long names', (series) => {
  const presets = pagePresets.map((preset, index) => [preset.title, preset, index] as const)

  it.each(presets)('%s: nothing touches, nothing is cut off', (_, preset, place) => {
    const all = charts.get(series)!
    const found = all.flatMap(([name, chart], index) => {
      const pair = [chart, all[(index + 1) % all.length]![1]]
      const [key, columns] = [keys[(index + place + series) % keys.length]!, 1 + (Math.floor(index / 3) + place) % 2]
      const scene = pageWith(pair, preset, key, columns)
      const texts = textsOf(scene).map(({ text }) => text)
      const [written, labels] = [texts.join(' '), pair.flatMap(labelsOf)]
      const names = pair.flatMap(namesOf)
      const lost = names.filter((each) => !written.includes(each)).map((each) => `“${each}” is not whole`)
      const cut = texts.filter((text) => text.includes('…') && ![...names, ...labels].some((each) => isOf(each, text)))
      return [...layoutProblems(scene), ...lost, ...cut.map((text) => `“${text}” is cut`)]
        .map((problem) => `${name}, key ${key}, ${columns} columns: ${problem}`)
    })
    expect(found).toEqual([])
  })
})

test('the charts are all of a figure, and none is empty', () => {
  const names = new Set(charts.get(2)!.map(([name]) => name))
  const needed: readonly string[] = [...figureCharts, ...runCharts.map(({ name }) => name)]
  expect(needed.filter((name) => !names.has(name))).toEqual([])
  for (const all of charts.values()) expect(all.filter(([, { empty }]) => empty !== null).map(([name]) => name)).toEqual([])
})

test('every name that a chart shortens is whole in its table', () => {
  for (const [name, chart] of charts.get(20)!) {
    const { columns, rows } = chart.table()
    const cells = [...columns, ...rows.flat().map(String)]
    const short = [...labelsOf(chart), ...chart.key.map(({ text }) => text)].filter((text) => text.includes('…'))
    // Ranks and numbers of runs are not part of a name.
    const lost = short.filter((text) => !cells.some((cell) => isOf(cell, text.replace(/^\d+ {2}| \(n = \d+\)$/g, ''))))
    expect(lost, name).toEqual([])
  }
})
