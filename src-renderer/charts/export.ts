import type { EChartsOption } from 'echarts'
import { echarts } from './engine.ts'
import type { Figure } from './figure.ts'
import { type ChartTheme, FONT } from './theme.ts'

export interface Size {
  width: number
  height: number
}

/** Visible part of the x axis; null for the whole axis. */
export type Window = { from: number, to: number } | null

const HEAD = 28
const NOTE = 20

/** Options of an exported figure: white background, title and notes, and the zoom of the screen. */
export function exportOption({ option, title, notes }: Figure, theme: ChartTheme, window: Window): EChartsOption {
  const grid = option.grid as { top: number, bottom: number }
  const legend = option.legend as { top?: number }
  const foot = notes.length > 0 ? NOTE : 0
  return {
    ...option,
    toolbox: undefined,
    tooltip: undefined,
    backgroundColor: theme.surface,
    grid: { ...grid, top: grid.top + HEAD, bottom: grid.bottom + foot },
    legend: { ...legend, top: HEAD },
    title: [
      heading(title, 13, 600, theme.text, { left: 8, top: 8 }),
      heading(notes.join('; '), 12, 400, theme.quiet, { left: 8, bottom: 4 }),
    ],
    dataZoom: window === null ? [] : [{ type: 'inside', xAxisIndex: 0, startValue: window.from, endValue: window.to }],
  }
}

const heading = (text: string, fontSize: number, fontWeight: number, color: string, place: object) =>
  ({ text, padding: 0, textStyle: { fontFamily: FONT, fontSize, fontWeight, color }, ...place })

/** Renders to SVG without a document, so it also works in Node. */
export function toSvg(option: EChartsOption, size: Size): string {
  const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, ...size })
  try {
    chart.setOption(option)
    return chart.renderToSVGString()
  } finally {
    // An instance that is not disposed keeps Node alive.
    chart.dispose()
  }
}

/** Renders to PNG at twice the size of the figure. */
export async function toPng(option: EChartsOption, { width, height }: Size): Promise<Blob> {
  const chart = echarts.init(document.createElement('div'), null, { renderer: 'canvas', devicePixelRatio: 2, width, height })
  try {
    chart.setOption(option)
    return await blobOf(chart.renderToCanvas({ pixelRatio: 2 }))
  } finally {
    chart.dispose()
  }
}

const blobOf = (canvas: HTMLCanvasElement) => new Promise<Blob>((resolve, reject) => {
  canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('the image is too large to create'))), 'image/png')
})
