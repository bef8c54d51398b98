import type { EChartsOption } from 'echarts'
import type { ChartTheme } from './theme.ts'

/** The data behind a figure, every value of it. */
export interface Table {
  /** With the unit: 'time (ms)'. */
  columns: string[]
  rows: (number | string | null)[][]
}

/** A chart as a pure function of its data: what is drawn, what is behind it, what must be said. */
export interface Figure {
  title: string
  option: EChartsOption
  table: () => Table
  /** What the picture alone does not tell: decimation, gaps, what a band is. */
  notes: string[]
  about: About
  /** Says what is not there; null where there is something to draw. */
  empty: string | null
}

export interface About {
  sentence: string
  equation: string
}

/** A figure in the theme of a screen, a page or an export. */
export type Draw = (theme: ChartTheme) => Figure

export interface Quantity {
  name: string
  unit?: string
}

export const labelOf = ({ name, unit }: Quantity) => (unit ? `${name} (${unit})` : name)
