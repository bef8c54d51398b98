import { bracketLanes } from '../../src-engine/figure/bracket-lanes.ts'
import type { Dash, Figure, Mark, Marker, Panel, Plot, Symbol } from '../../src-engine/figure/figure.ts'
import { writtenText } from '../../src-engine/format/written-text.ts'
import { thresholdOf } from '../../src-engine/figure/symlog.ts'

/** Dashes of matplotlib, in multiples of the width of a line. */
const dashes: Record<Dash, string | [number, number[]]> = {
  solid: '-', dashed: '--', dotted: ':', long: [0, [8, 3]], 'dash-dot': '-.', wide: [0, [2, 4]],
}

interface Size {
  /** Points. */
  width: number
  font: number
  line: number
}

/**
 * A script for matplotlib that draws a figure again from its data, which it finds beside itself under the same name.
 * @param script the shipped script, without what it draws
 */
export function replotScript(script: string, { panels, columns = 1 }: Figure, { width, font, line }: Size): string {
  const plots = panels.flatMap((of, panel): object[] => (of.missing === undefined
    ? of.plots.map((plot, index) => plotOf(plot, of, panel, index))
    : [{ title: of.title, missing: of.missing }]))
  const lists = plots.map((plot) => `    ${python(plot)},\n`).join('')
  // Functions, because a title may contain what replace takes for a pattern.
  return script
    .replace(/^STYLE = .*$/m, () => `STYLE = ${python({ width, font, line, columns })}`)
    .replace(/^PLOTS = .*$/m, () => `PLOTS = [\n${lists}]`)
}

function plotOf(plot: Plot, { title, key }: Pick<Panel, 'title' | 'key'>, panel: number, index: number) {
  return {
    panel, plot: index, title: plot.title === '' ? title : `${title} · ${plot.title}`,
    x: axisOf(plot.x), y: axisOf(plot.y), right: plot.right?.scale === 'category' ? null : axisOf(plot.right),
    key: key.map(({ text }) => text),
    marks: plot.marks.map((mark, at) => ({ mark: at, kind: mark.kind, ...lookOf(mark) })),
    brackets: bracketLanes(plot.marks).brackets,
  }
}

const axisOf = (axis: Plot['x'] | Plot['y'] | undefined) => (axis === undefined ? null : axis.scale === 'category'
  ? { name: axis.name, scale: axis.scale, categories: axis.categories }
  : { name: axis.name, scale: axis.scale, from: axis.from ?? null, to: axis.to ?? null, threshold: axis.scale === 'symlog' ? thresholdOf(axis) : null })

const markers: Record<Marker, string> = { circle: 'o', square: 's', triangle: '^', diamond: 'D', cross: 'x', plus: '+' }

const areas = { tiny: 4, small: 10, large: 30 }

function lookOf(mark: Mark) {
  const look = {
    colour: 'colour' in mark ? mark.colour : '#000000', label: 'entry' in mark && mark.entry !== undefined ? mark.entry : null,
    is_right: 'isRight' in mark && mark.isRight === true,
  }
  switch (mark.kind) {
    case 'line': return { ...look, dash: dashes[mark.dash ?? 'solid'], is_stepped: mark.isStepped ?? false, ...markerOf(mark.symbol) }
    case 'rule': return { ...look, dash: dashes[mark.dash ?? 'solid'] }
    case 'points': return { ...look, size: areas[mark.size], ...markerOf(mark.symbol) }
    case 'rug': return { ...look, side: mark.side, marker: mark.shape === 'cross' ? 'x' : '|' }
    case 'image': return {
      ...look, columns: mark.columns, extent: [...mark.x, ...mark.y], from: mark.scale.from, to: mark.scale.to,
      colours: [...mark.scale.colours], is_log: mark.scale.isLog ?? false,
    }
    case 'band': case 'bars': case 'density': case 'intervals': case 'raster': case 'bracket': case 'text': return look
  }
}

const markerOf = (symbol: Symbol | undefined) =>
  ({ marker: symbol ? markers[symbol.shape] : null, is_filled: symbol?.isFilled ?? true })

/** A value as a literal of Python. */
function python(value: unknown): string {
  if (value === null || value === undefined) return 'None'
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  if (Array.isArray(value)) return `[${value.map(python).join(', ')}]`
  if (typeof value === 'object') return `{${Object.entries(value).map(([key, each]) => `${python(key)}: ${python(each)}`).join(', ')}}`
  return typeof value === 'string' ? writtenText(value, 'source') : JSON.stringify(value)
}
