import type { EChartsOption } from 'echarts'
import type { View } from '../../src-engine/charts/view.ts'
import type { Plot } from '../../src-engine/figure/figure.ts'
import { echarts } from './engine.ts'
import { repaintImage } from './image.ts'
import { isInBox, listenToBrush } from './brush.ts'
import type { At } from './cell.ts'
import { screenLegend } from './screen-legend.ts'

/** Chart on the screen. It follows the size of its element; dragging zooms and a double click resets the zoom. */
export interface Canvas {
  draw: (option: EChartsOption) => void
  /** Paints what was drawn now, and not in the next frame. */
  paint: () => void
  /** Draws a plot whose image alone differs from the drawn one. Returns false if more differs. */
  repaint: (before: Plot, after: Plot) => boolean
  /** Distance of a value of the x axis from the left side, px; null if it is not shown. */
  leftOf: (x: number) => number | null
  /** Part of the x axis that is zoomed in on; null for all. */
  window: () => View['window']
  /** Current zoom and hidden entries, so that an export shows the same. It copies the whole option, so it is not for every drawing. */
  view: () => View
  /** Height over width. */
  aspect: () => number
  close: () => void
}

/** What happens in a chart. */
export interface Listener {
  /** A datum was clicked. */
  choose: (datum: unknown) => void
  /** Data were chosen by a box, which a drag with Shift draws. */
  brush: (data: unknown[]) => void
  /** A point inside the axes was clicked. */
  pick: (at: At) => void
  /** The pointer is at a point inside the axes, and where this is in the element, px; null if it is outside. */
  hover: (at: At | null, place: { left: number; top: number }) => void
  /** Another part of the x axis is shown. */
  zoom: () => void
  /** The axes may have moved. */
  layout: () => void
}

/**
 * Opens a canvas in the element.
 * @param group charts of the same group have the same x axis and share crosshair and zoom
 */
export function openCanvas(element: HTMLElement, group: string | null, listener: Listener): Canvas {
  const { choose, brush, pick, hover, zoom, layout } = listener
  const chart = echarts.init(element, null, { renderer: 'canvas' })
  if (group !== null) {
    chart.group = group
    echarts.connect(group)
  }
  let window: View['window'] = null
  let zooms = false
  chart.on('datazoom', (event) => {
    window = windowOf(event as ZoomEvent)
    zoom()
    layout()
  })
  chart.on('click', ({ data }) => choose(data))
  const pointAt = ({ offsetX, offsetY }: { offsetX: number; offsetY: number }): At | null => {
    if (!chart.containPixel({ gridIndex: 0 }, [offsetX, offsetY])) return null
    const [x, y] = chart.convertFromPixel({ gridIndex: 0 }, [offsetX, offsetY]) as [number, number]
    return { x, y }
  }
  chart.getZr().on('click', (event) => {
    const at = pointAt(event)
    if (at) pick(at)
  })
  const isInside = ({ x, y }: { x: number; y: number }) => chart.containPixel({ gridIndex: 0 }, [x, y])
  const endBrush = listenToBrush(element, isInside, (box) => {
    const data = pointsIn(chart.getOption()).filter(({ value }) => {
      const [x, y] = chart.convertToPixel({ xAxisIndex: 0, yAxisIndex: 0 }, value) as [number, number]
      return isInBox(box, { x, y })
    })
    if (data.length > 0) brush(data)
  })
  chart.getZr().on('mousemove', (event) => hover(pointAt(event), { left: event.offsetX, top: event.offsetY }))
  chart.getZr().on('globalout', () => hover(null, { left: 0, top: 0 }))
  chart.getZr().on('dblclick', () => chart.dispatchAction({ type: 'dataZoom', start: 0, end: 100 }))
  let drawn: EChartsOption | null = null
  const fit = () => {
    if (element.clientWidth === 0) return
    chart.resize()
    if (drawn !== null) chart.setOption({ legend: screenLegend(drawn.legend, chart.getWidth()) })
    layout()
  }
  const observer = new ResizeObserver(fit)
  observer.observe(element)
  return {
    draw: (option) => {
      drawn = option
      chart.setOption({ ...option, legend: screenLegend(option.legend, chart.getWidth()) }, { replaceMerge: ['series'] })
      layout()
      if (zooms) return
      // Only once: the chart keeps its cursor, and each dispatch would cost a second drawing.
      zooms = true
      chart.dispatchAction({ type: 'takeGlobalCursor', key: 'dataZoomSelect', dataZoomSelectActive: true })
    },
    paint: () => chart.getZr().flush(),
    repaint: (before, after) => {
      if (!repaintImage(before, after)) return false
      for (const shape of chart.getZr().storage.getDisplayList()) if (shape.type === 'image') shape.markRedraw()
      chart.getZr().flush()
      return true
    },
    leftOf: (x) => {
      const left = chart.convertToPixel({ xAxisIndex: 0 }, x)
      return chart.containPixel({ gridIndex: 0 }, [left, chart.getHeight() / 2]) ? left : null
    },
    window: () => window,
    view: () => ({ window, hidden: hiddenIn(chart.getOption()) }),
    aspect: () => chart.getHeight() / chart.getWidth(),
    close: () => {
      observer.disconnect()
      endBrush()
      chart.dispose()
    },
  }
}

interface DrawnPoint { value: [number, number] }

/** Points of the drawn marks whose entries are not hidden. */
function pointsIn(option: unknown): DrawnPoint[] {
  const { series = [] } = option as { series?: { type?: string; name?: string; data?: DrawnPoint[] }[] }
  const hidden = new Set(hiddenIn(option))
  return series.filter(({ type, name }) => type === 'scatter' && !hidden.has(name ?? '')).flatMap(({ data = [] }) => data)
}

/** Entries that a click on the legend has hidden. */
function hiddenIn(option: unknown): string[] {
  const { legend = [] } = option as { legend?: { selected?: Record<string, boolean> }[] }
  return legend.flatMap(({ selected = {} }) => Object.keys(selected).filter((name) => !selected[name]))
}

interface Range {
  start?: number
  end?: number
  startValue?: number
  endValue?: number
}
type ZoomEvent = Range & { batch?: Range[] }

/** A drag reports values; a reset reports the percentages 0 and 100. */
function windowOf(event: ZoomEvent): View['window'] {
  const { startValue, endValue } = event.batch?.[0] ?? event
  return startValue === undefined || endValue === undefined ? null : { from: startValue, to: endValue }
}
