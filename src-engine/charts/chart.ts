import type { KeyEntry, Panel, Plot } from '../figure/figure.ts'

/** A chart as a pure function of its data: what is drawn, the table behind it, notes and an explanation. */
export interface Chart {
  title: string
  plot: Plot
  key: readonly KeyEntry[]
  /** Where the key is on a page. At the right, the view shows it beside the plot, and the plot has none. Above if absent. */
  keyPlace?: Panel['keyPlace']
  /** What the picture alone does not show: gaps, the meaning of a band. */
  notes: readonly string[]
  table: () => Table
  about: About
  /** Why there is nothing to draw; null if there is. */
  empty: string | null
}

/** All data behind a chart. */
export interface Table {
  /** With the unit: 'Time (ms)'. */
  columns: string[]
  rows: (number | string | null)[][]
}

/** Answer to 'What is this?'. */
export interface About {
  sentence: string
  equation: string
}

export interface Quantity {
  name: string
  unit?: string
}

export const labelOf = ({ name, unit }: Quantity) => (unit ? `${name} (${unit})` : name)
