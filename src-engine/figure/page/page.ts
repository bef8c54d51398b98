import type { Figure, Panel } from '../figure.ts'
import { fitsLabels, withLabelledLines } from './direct.ts'
import { ASPECT, BESIDE, gridOf } from './grid.ts'
import { drawColumn, drawRows, rowsHeight, sampleWidth } from './key.ts'
import { drawMissing } from './missing.ts'
import { drawPlot } from './plot.ts'
import type { Point, Scene, Shape } from './scene.ts'
import { FAINT, LEADING, type PageStyle } from './style.ts'
import { textWidth, words, wrapped } from './text.ts'

/** Share of the width that a key at the right may take. */
const MOST_KEY = 0.4
const TITLE_SIZE = 1.15
const titleStyle = ({ font }: PageStyle) => ({ size: TITLE_SIZE * font, isBold: true })
/** Between panels beside each other. */
const BETWEEN_PANELS = 14
/** Least width of a panel over the size of the text. */
const NARROWEST = 15
const LETTERS = 'abcdefghijklmnopqrstuvwxyz'

/** Lay out a figure on a page, whose height follows from its content. */
export function pageOf({ heading, panels, columns = 1 }: Figure, style: PageStyle): Scene {
  const { margin, width, font, hasLetters } = style
  const shapes: Shape[] = []
  let top = margin
  const title = titleStyle(style)
  if (heading !== '') {
    const lines = wrapped(heading, width - 2 * margin, title)
    shapes.push(...lines.map((line, index) => words(line, [margin, top + font + index * LEADING * title.size], title)))
    top += 2.2 * font + (lines.length - 1) * LEADING * title.size
  }
  const across = panelsAcross(Math.min(columns, panels.length), style)
  const own = panelWidth(across, style)
  for (let first = 0; first < panels.length; first += across) {
    const row = panels.slice(first, first + across).map((panel, column) => {
      const letter = panels.length > 1 && hasLetters ? LETTERS[(first + column) % LETTERS.length]! : ''
      return drawPanel(panel, letter, [margin + column * (own + BETWEEN_PANELS), top], { ...style, width: own + 2 * margin })
    })
    shapes.push(...row.flatMap((drawn) => drawn.shapes))
    top += Math.max(...row.map(({ height }) => height)) + 1.6 * font
  }
  return { width, height: Math.ceil(top - 1.6 * font + margin), shapes }
}

const panelWidth = (across: number, { width, margin }: PageStyle) => (width - 2 * margin - (across - 1) * BETWEEN_PANELS) / across

/** A narrow page has fewer panels beside each other. */
function panelsAcross(most: number, style: PageStyle): number {
  let across = Math.max(1, most)
  while (across > 1 && panelWidth(across, style) < NARROWEST * style.font) across--
  return across
}

function drawPanel(whole: Panel, letter: string, [left, top]: Point, style: PageStyle): { shapes: Shape[]; height: number } {
  const panel = whole.keyPlace === 'ends' ? labelledAtEnds(whole, style) : whole
  const { margin, font } = style
  const width = style.width - 2 * margin
  const title = titleStyle(style)
  const indent = letter === '' ? 0 : 1.8 * font
  const titles = wrapped(panel.title, width - indent, title)
  let below = top + 1.9 * font + Math.max(0, titles.length - 1) * LEADING * title.size
  const aside = widthOfKeyAtRight(panel, width, style)
  const above = aside === 0 ? panel.key : []
  const key = drawRows(above, left, below, width, style)
  below += above.length > 0 ? rowsHeight(above, width, style) + 0.4 * font : 0
  const { missing, aspect = ASPECT } = panel
  const { plots, height } = missing === undefined
    ? gridOf(panel, left, below, width - (aside > 0 ? aside + BESIDE : 0), style)
    : { plots: [], height: aspect * width }
  const gap = missing === undefined ? [] : drawMissing(missing, { left, top: below, width, height }, style)
  const column = aside > 0 ? drawColumn(panel.key, left + width - aside, below, aside, style) : []
  below += Math.max(height, aside > 0 ? panel.key.length * LEADING * font : 0)
  const lines = panel.notes.flatMap((note) => wrapped(note, width, { size: font }))
  return {
    shapes: [
      ...(letter === '' ? [] : [words(letter, [left, top + font], title)]),
      ...titles.map((line, index) => words(line, [left + indent, top + font + index * LEADING * title.size], title)),
      ...key, ...gap, ...plots.flatMap((plot) => drawPlot(plot, style)), ...column,
      ...lines.map((line, index) =>
        words(line, [left, below + (1.1 + index * LEADING) * font], { size: font, colour: FAINT })),
    ],
    height: below - top + (lines.length > 0 ? (0.3 + lines.length * LEADING) * font : 0),
  }
}

/** The panel with the names of lines at their ends, or with all of them in its key if the page has no room beside the plots. */
function labelledAtEnds(panel: Panel, style: PageStyle): Panel {
  const labelled = withLabelledLines(panel)
  return fitsLabels(gridOf(labelled, 0, 0, style.width - 2 * style.margin, style), style) ? labelled : panel
}

/** A key at the right that is higher than this many plots would leave the page empty below them. */
const MOST_HIGHER = 2

/** 0 if the key is above the plots: where it belongs, or because the page has no room for the whole of it beside them. */
function widthOfKeyAtRight(panel: Panel, width: number, style: PageStyle): number {
  if (panel.keyPlace !== 'right' || panel.key.length === 0) return 0
  const own = keyWidth(panel, style)
  if (own > MOST_KEY * width) return 0
  const { isNarrow, height } = gridOf(panel, 0, 0, width - own - BESIDE, style)
  const isHigh = panel.key.length * LEADING * style.font > MOST_HIGHER * height
  return isNarrow || isHigh ? 0 : own
}

const keyWidth = ({ key }: Panel, style: PageStyle) =>
  Math.max(...key.map(({ text }) => 1 + sampleWidth(style) + textWidth(text, { size: style.font })))
