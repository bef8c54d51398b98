import { echarts } from './engine.ts'
import type { Size, View, Window } from './export.ts'
import type { Figure } from './figure.ts'
import { screenLegend } from './screen-legend.ts'

/** Figure on the screen. It follows the size of its element; dragging zooms and a double click resets the zoom. */
export interface Canvas {
  draw: (figure: Figure) => void
  /** Current zoom and hidden curves, so that an export shows the same. */
  view: () => View
  size: () => Size
  close: () => void
}

/**
 * Opens a canvas in the element.
 * @param group charts of the same group have the same x axis and share crosshair and zoom
 * @param choose receives the datum that was clicked
 */
export function openCanvas(element: HTMLElement, group: string | null, choose: (datum: unknown) => void): Canvas {
  const chart = echarts.init(element, null, { renderer: 'canvas' })
  if (group !== null) {
    chart.group = group
    echarts.connect(group)
  }
  let window: Window = null
  let zooms = false
  chart.on('datazoom', (event) => { window = windowOf(event as ZoomEvent) })
  chart.on('click', ({ data }) => choose(data))
  chart.getZr().on('dblclick', () => chart.dispatchAction({ type: 'dataZoom', start: 0, end: 100 }))
  let drawn: Figure['option'] | null = null
  const fit = () => {
    if (element.clientWidth === 0) return
    chart.resize()
    if (drawn !== null) chart.setOption({ legend: screenLegend(drawn.legend, chart.getWidth()) })
  }
  const observer = new ResizeObserver(fit)
  observer.observe(element)
  return {
    draw: ({ option }) => {
      drawn = option
      chart.setOption({ ...option, legend: screenLegend(option.legend, chart.getWidth()) }, { replaceMerge: ['series'] })
      if (zooms) return
      // Only once: the chart keeps its cursor, and each dispatch would cost a second drawing.
      zooms = true
      chart.dispatchAction({ type: 'takeGlobalCursor', key: 'dataZoomSelect', dataZoomSelectActive: true })
    },
    view: () => ({ window, hidden: hiddenIn(chart.getOption()) }),
    size: () => ({ width: chart.getWidth(), height: chart.getHeight() }),
    close: () => {
      observer.disconnect()
      chart.dispose()
    },
  }
}

/** Names of the curves that a click on the legend has hidden. */
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
function windowOf(event: ZoomEvent): Window {
  const { startValue, endValue } = event.batch?.[0] ?? event
  return startValue === undefined || endValue === undefined ? null : { from: startValue, to: endValue }
}
