import { echarts } from './engine.ts'
import type { Size, Window } from './export.ts'
import type { Figure } from './figure.ts'

/** A figure on the screen: follows the size of its element, zooms by drag, a double click leads back. */
export interface Canvas {
  draw: (figure: Figure) => void
  /** What is zoomed into, for an export of just that. */
  window: () => Window
  size: () => Size
  close: () => void
}

/**
 * @param group charts of one group share their crosshair and their zoom: they have the same x axis.
 * @param choose is told which datum was clicked
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
  const observer = new ResizeObserver(() => { if (element.clientWidth > 0) chart.resize() })
  observer.observe(element)
  return {
    draw: ({ option }) => {
      chart.setOption(option, { replaceMerge: ['series'] })
      if (zooms) return
      // Once is enough: the chart keeps its cursor, and each time would cost a second drawing.
      zooms = true
      chart.dispatchAction({ type: 'takeGlobalCursor', key: 'dataZoomSelect', dataZoomSelectActive: true })
    },
    window: () => window,
    size: () => ({ width: chart.getWidth(), height: chart.getHeight() }),
    close: () => {
      observer.disconnect()
      chart.dispose()
    },
  }
}

interface Range {
  start?: number
  end?: number
  startValue?: number
  endValue?: number
}
type ZoomEvent = Range & { batch?: Range[] }

/** A drag tells values; the way back tells the percentages 0 and 100. */
function windowOf(event: ZoomEvent): Window {
  const { startValue, endValue } = event.batch?.[0] ?? event
  return startValue === undefined || endValue === undefined ? null : { from: startValue, to: endValue }
}
