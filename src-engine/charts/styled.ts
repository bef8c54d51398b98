import type { Colour, Dash, Figure, KeyEntry, Mark, NumberAxis, Panel, Plot, Symbol } from '../figure/figure.ts'
import { dashes, type Marker, markers } from '../figure/figure.ts'
import { coveredBy } from '../figure/page/extents.ts'
import { type PageStyle, POINTS_PER_MM, twoColumns } from '../figure/page/style.ts'
import { thresholdFor } from '../figure/symlog.ts'
import { okabeIto } from '../format/colours.ts'
import type { FigureDocument, FigureStyle, PanelDocument } from './figure-document.ts'
import { viridis } from './palette.ts'

/** The figure of a document. @param panels what its charts show, in its order */
export const styledFigure = ({ style, panels }: FigureDocument, made: readonly Panel[]): Figure =>
  ({ heading: '', panels: made.map((panel, index) => styledPanel(panel, panels[index]!, style)), columns: style.columns })

export const pageStyleOf = ({ width, font, line, hasGrid, hasLetters }: FigureStyle): PageStyle =>
  ({ ...twoColumns, width: width * POINTS_PER_MM, font, line, hasGrid, hasLetters })

/** A panel as its document wants it: titles, axes, order, names and looks of its series. */
export function styledPanel(panel: Panel, document: PanelDocument, style: FigureStyle): Panel {
  const { title = panel.title, aspect, key, hasNotes, series } = document
  const entries = ordered(panel.key, series)
  const looks = looksOf(entries, document, style)
  const hidden = new Set(series.flatMap(({ series: entry, isHidden }) => (isHidden ? [entry] : [])))
  const isShown = (entry: string | undefined) => entry === undefined || !hidden.has(entry)
  return {
    ...panel,
    title,
    aspect,
    key: key === 'none' ? [] : entries.filter(({ text }) => isShown(text)).map((entry) => ({ ...entry, ...keyLook(entry, looks) })),
    keyPlace: key === 'none' ? 'above' : key,
    notes: hasNotes ? panel.notes : [],
    plots: panel.plots.map((plot) => styledPlot(plot, document, (mark) => isShown('entry' in mark ? mark.entry : undefined), looks)),
  }
}

function ordered(key: readonly KeyEntry[], series: PanelDocument['series']): KeyEntry[] {
  const place = (text: string) => {
    const index = series.findIndex((each) => each.series === text)
    return index < 0 ? series.length : index
  }
  return key.toSorted((a, b) => place(a.text) - place(b.text))
}

export interface Look {
  name: string
  /** Colour in the chart. Marks of other colours keep them: an entry may stand for marks of many arms. */
  before: Colour
  colour?: Colour
  dash?: Dash
  marker?: Marker | 'none'
}
type Looks = ReadonlyMap<string, Look>

/** Names, colours and dashes of the series of a chart in a figure, in the order of its key. */
export const seriesLooks = (key: readonly KeyEntry[], document: PanelDocument, style: FigureStyle): Looks =>
  looksOf(ordered(key, document.series), document, style)

function looksOf(entries: readonly KeyEntry[], { series }: PanelDocument, style: FigureStyle): Looks {
  return new Map(entries.map(({ text, colour: before }, index) => {
    const own = series.find((each) => each.series === text)
    const ofStyle = { ...paletteLook(style.palette, index, entries.length), ...markerLook(style.markers, index) }
    const { colour, dash, marker } = { ...ofStyle, ...own }
    const look = { ...(colour && { colour }), ...(dash && { dash }), ...(marker && { marker }) }
    return [text, { name: own?.name ?? text, before, ...look }]
  }))
}

const keyLook = (entry: KeyEntry, looks: Looks) => {
  const { name, colour = entry.colour, dash, marker } = looks.get(entry.text)!
  return { text: name, colour, ...(dash && entry.dash && { dash }), ...symbolWith(marker, entry) }
}

/** The symbol of an entry or a mark, if it has a line or points. What stands for missing values keeps its cross. */
function symbolWith(marker: Look['marker'], { symbol, dash }: Pick<KeyEntry, 'symbol' | 'dash'>): { symbol?: Symbol } {
  if (marker === undefined || marker === 'none' || typeof symbol === 'string' || (symbol ?? dash) === undefined) return {}
  return { symbol: { shape: marker, isFilled: symbol?.isFilled ?? true } }
}

function styledPlot(plot: Plot, { x, y }: PanelDocument, isShown: (mark: Mark) => boolean, looks: Looks): Plot {
  const covered = coveredBy(plot.marks)
  return {
    ...plot,
    x: styledAxis(plot.x, x, covered.x),
    y: plot.y.scale === 'category' ? { ...plot.y, ...(y.name !== undefined && { name: y.name }) } : styledAxis(plot.y, y, covered.y),
    marks: plot.marks.filter(isShown).map((mark) => styledMark(mark, looks)),
  }
}

/** The axis of a chart with what a document says about it. The threshold follows from all values, so that hiding a series keeps it. */
function styledAxis(own: NumberAxis, axis: PanelDocument['x'], values: readonly number[]): NumberAxis {
  const given = Object.fromEntries(Object.entries(axis).filter(([, value]) => value !== undefined))
  const { threshold = thresholdFor(values), ...styled }: NumberAxis = { ...own, ...given }
  return styled.scale === 'symlog' ? { ...styled, threshold } : styled
}

function styledMark(mark: Mark, looks: Looks): Mark {
  const look = 'entry' in mark && mark.entry !== undefined ? looks.get(mark.entry) : undefined
  if (look === undefined || !('colour' in mark)) return mark
  const entry = look.name
  const colour = mark.colour === look.before ? look.colour ?? mark.colour : mark.colour
  const styled = { ...mark, entry, colour, ...(look.dash && 'dash' in mark && { dash: look.dash }) }
  if (styled.kind === 'line') return { ...styled, ...symbolWith(look.marker, { dash: 'solid' }) }
  return styled.kind === 'points' ? { ...styled, ...symbolWith(look.marker, styled) } : styled
}

/** Black first, as in the paper of the palette, then its seven colours. */
const okabe = ['#000000', okabeIto.orange, okabeIto.skyBlue, okabeIto.green, '#f0e442', okabeIto.blue, okabeIto.vermilion, okabeIto.purple]
/** Without the lightest end, which white paper hides. */
const onPaper = viridis.slice(0, -1)
const greys = ['#000000', '#5a5a5a', '#8c8c8c', '#b4b4b4']

function paletteLook(palette: FigureStyle['palette'], index: number, count: number): Pick<Look, 'colour' | 'dash'> {
  switch (palette) {
    case 'schemes': return {}
    case 'okabe-ito': return { colour: okabe[index % okabe.length]! }
    case 'viridis': return { colour: onPaper[count <= 1 ? 0 : Math.round(((index % count) * (onPaper.length - 1)) / (count - 1))]! }
    case 'greys': return { colour: greys[index % greys.length]!, dash: dashes[index % dashes.length]! }
  }
}

function markerLook(choice: FigureStyle['markers'], index: number): Pick<Look, 'marker'> {
  switch (choice) {
    case 'chart': return {}
    case 'series': return { marker: markers[index % markers.length]! }
    default: return { marker: choice }
  }
}
