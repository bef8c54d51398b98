import type { Chart } from '../../src-engine/charts/chart.ts'
import { panelOf, type View } from '../../src-engine/charts/view.ts'
import { pageOf } from '../../src-engine/figure/page/page.ts'
import type { Scene } from '../../src-engine/figure/page/scene.ts'
import { type PageStyle, POINTS_PER_MM, twoColumns } from '../../src-engine/figure/page/style.ts'
import { roundTo } from '../../src-engine/format/numbers.ts'
import type { Canvas } from './canvas.ts'
import type { PanelInput } from './context.ts'
import { valueOn } from './symlog.ts'

/** Between one and two columns of a journal. */
const style: PageStyle = { ...twoColumns, width: 120 * POINTS_PER_MM }

/** Plots are neither flatter nor higher, whatever the window's panes are. */
const LEAST_ASPECT = 0.35
const MOST_ASPECT = 1

/** A chart on a page, with the part of the axis and the entries that the screen shows. */
export function pageOfChart(chart: Chart, canvas: Pick<Canvas, 'view' | 'aspect'> | null): Scene {
  const aspect = Math.min(MOST_ASPECT, Math.max(LEAST_ASPECT, canvas?.aspect() || LEAST_ASPECT))
  return pageOf({ heading: '', panels: [panelOf(chart, viewOf(chart, canvas), aspect)] }, style)
}

/** What a canvas shows of a chart, in values of its axis. */
function viewOf({ plot: { x } }: Pick<Chart, 'plot'>, canvas: Pick<Canvas, 'view'> | null): View {
  const { window, hidden } = canvas?.view() ?? { window: null, hidden: [] }
  return { window: window && { from: valueOn(x)(window.from), to: valueOn(x)(window.to) }, hidden }
}

/** Digits of the ends of a zoomed axis: as exact as the pointer that chose them. */
const ZOOM_DIGITS = 4

/** A panel of a figure with the part of the axis and the entries that the screen shows. */
export function panelAsShown(source: PanelInput, chart: Pick<Chart, 'key' | 'keyPlace' | 'plot'>, canvas: Pick<Canvas, 'view'> | null): PanelInput {
  const { window, hidden } = viewOf(chart, canvas)
  const isHidden = (name: string) => hidden.includes(name)
  return {
    ...source,
    ...(chart.keyPlace && { key: chart.keyPlace }),
    ...(window && { x: { ...source.x, from: roundTo(window.from, ZOOM_DIGITS), to: roundTo(window.to, ZOOM_DIGITS) } }),
    // All of them, because those that are listed come first in the key.
    ...(hidden.length > 0 && { series: chart.key.map(({ text }) => ({ series: text, isHidden: isHidden(text) })) }),
  }
}
