import type { EChartsOption } from 'echarts'
import type { ChartTheme } from './theme.ts'

/** All data behind a figure. */
export interface Table {
  /** With the unit: 'Time (ms)'. */
  columns: string[]
  rows: (number | string | null)[][]
}

/** A chart as a pure function of its data: ECharts options, table, notes and explanation. */
export interface Figure {
  title: string
  option: EChartsOption
  table: () => Table
  /** What the image alone does not show: decimation, gaps, the meaning of a band. */
  notes: string[]
  about: About
  /** Why there is nothing to draw; null if there is. */
  empty: string | null
}

/** Answer to 'What is this?'. */
export interface About {
  sentence: string
  equation: string
}

/** Draws a figure in the given theme. */
export type Draw = (theme: ChartTheme) => Figure

export interface Quantity {
  name: string
  unit?: string
}

export const labelOf = ({ name, unit }: Quantity) => (unit ? `${name} (${unit})` : name)
