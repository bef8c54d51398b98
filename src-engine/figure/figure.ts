/**
 * A figure as data: panels of plots, each with axes and marks. It knows neither lengths nor fonts, so that a page of any size can be made of it.
 */

/** '#0072b2' */
export type Colour = string

export interface Figure {
  /** Above the panels. Empty if there is none. */
  heading: string
  /** In reading order. Several panels get letters. */
  panels: readonly Panel[]
  /** Number of panels beside each other; 1 if absent. */
  columns?: number
}

/** Plots that answer one question. */
export interface Panel {
  title: string
  plots: readonly Plot[]
  /** Number of plots beside each other. */
  columns: number
  /** Height of a plot over its width. The rows of a category axis give the height instead. */
  aspect?: number
  /** Whether all plots have the same axes. Then only the outermost show labels. */
  isShared?: boolean
  /** What symbols, lines and numbers mean. */
  key: readonly KeyEntry[]
  /** With `ends`, names of lines stand at their ends where there is room, and all other entries above. */
  keyPlace: 'above' | 'right' | 'ends'
  /** Sentences below the plots. */
  notes: readonly string[]
  /** Why there are no plots. It stands in their place. */
  missing?: string
}

export interface Plot {
  title: string
  x: NumberAxis
  y: NumberAxis | CategoryAxis
  /** A second axis at the right, for the marks with `isRight`; or a text for each row of a category axis. */
  right?: NumberAxis | CategoryAxis
  marks: readonly Mark[]
}

/** A symlog axis is linear around 0 and logarithmic beyond, so that it shows 0 and both signs over many decades. */
export const numberScales = ['linear', 'log', 'symlog'] as const
export type NumberScale = typeof numberScales[number]

export interface NumberAxis {
  scale: NumberScale
  /** Of a symlog axis: it is linear from −threshold to +threshold. 1 if absent. */
  threshold?: number
  /** With its unit: 'Time (ms)'. */
  name: string
  /** Ends that do not follow from the data. */
  from?: number
  to?: number
  /** Whether it counts, so that all ticks are at whole numbers. */
  isWhole?: boolean
  /** Texts of 0, 1, 2, … in place of ticks: columns or rows that stand beside each other. */
  labels?: readonly string[]
}

/** Rows, the first on top. Marks count them from 0. */
export interface CategoryAxis {
  scale: 'category'
  name: string
  categories: readonly string[]
}

export type Mark = Line | Band | Bars | Density | Points | Intervals | Raster | Rug | Image | Rule | Bracket | Text

/** What all marks of data have. */
interface OfData {
  /** Text of the entry of the key that shows and hides the mark. */
  entry?: string
  /** Whether it belongs to the number axis at the right. */
  isRight?: boolean
}

/** A line with a gap at every value that the axes cannot show. A single point between gaps is drawn as a dot. */
export interface Line extends OfData {
  kind: 'line'
  x: ArrayLike<number>
  y: ArrayLike<number>
  colour: Colour
  dash?: Dash
  /** Whether each y holds until the next x. */
  isStepped?: boolean
  /** At some of its points, evenly along the line. */
  symbol?: Symbol
  /** At its end, beside the plot. */
  label?: string
}

/** Area between two curves, interrupted where either is not finite. On a log axis, a lower bound ≤ 0 extends to the bottom of the plot. */
export interface Band extends OfData {
  kind: 'band'
  x: ArrayLike<number>
  low: ArrayLike<number>
  high: ArrayLike<number>
  colour: Colour
}

/** Bars beside each other, drawn as one outline over a light area. A value that the axis cannot show leaves a gap. */
export interface Bars extends OfData {
  kind: 'bars'
  /** One more than values. */
  edges: ArrayLike<number>
  values: ArrayLike<number>
  colour: Colour
}

/** A distribution in a row of a category axis: a violin on both sides of its middle, or a ridge on its lower side. */
export interface Density extends OfData {
  kind: 'density'
  shape: 'violin' | 'ridge'
  row: number
  x: ArrayLike<number>
  /** At each x, as a share of the height of the row. */
  height: ArrayLike<number>
  colour: Colour
}

export interface Points extends OfData {
  kind: 'points'
  x: ArrayLike<number>
  y: ArrayLike<number>
  colour: Colour
  symbol: Symbol
  size: 'tiny' | 'small' | 'large'
  /** From the middle of the row, in rows downwards. */
  shift?: number
  /** A short text beside each point, where there is room. */
  labels?: readonly string[]
  /** What a hover shows of each point. */
  details?: readonly string[]
  /** The run that a click on each point opens. */
  runs?: readonly string[]
}

/** Horizontal bars with caps at both ends. */
export interface Intervals extends OfData {
  kind: 'intervals'
  low: readonly number[]
  high: readonly number[]
  y: readonly number[]
  colour: Colour
  /** From the middle of the row, in rows downwards. */
  shift?: number
}

/** Spikes: short vertical strokes, as high as one unit of the y axis. */
export interface Raster extends OfData {
  kind: 'raster'
  x: ArrayLike<number>
  y: ArrayLike<number>
  colour: Colour
}

/** Marks along a side of the plot, at values of the axis that runs along it. Several at one row of a category axis stand beside each other. */
export interface Rug extends OfData {
  kind: 'rug'
  side: 'top' | 'bottom' | 'right'
  at: ArrayLike<number>
  shape: 'cross' | 'stroke'
  colour: Colour
  details?: readonly string[]
  runs?: readonly string[]
}

/** A map of values as one image, with a scale of its colours beside the plot. */
export interface Image {
  kind: 'image'
  /** Of the values, with its unit: 'G⁺ (µS)'. */
  name?: string
  /** [rows][columns], the first row at the lower end of the y axis. */
  values: ArrayLike<number>
  columns: number
  x: readonly [from: number, to: number]
  y: readonly [from: number, to: number]
  scale: ColourScale
}

/** Colours from one value to another; values beyond have the colours of the ends. */
export interface ColourScale {
  from: number
  to: number
  /** From the first value to the last at equal distances, or at equal ratios on a log scale. */
  colours: readonly Colour[]
  isLog?: boolean
  /** Of values that the scale cannot show: not finite, or ≤ 0 on a log scale. */
  missing: Colour
}

/** A line across the whole plot, vertical at x or horizontal at y. */
export interface Rule extends OfData {
  kind: 'rule'
  x?: number
  y?: number
  colour: Colour
  dash?: Dash
  /** Beside the line: above the plot at x, or at its right end at y. */
  label?: string
}

/** A bracket at the right of a plot between two rows of a category axis that are compared, and the result at the second. */
export interface Bracket {
  kind: 'bracket'
  from: number
  to: number
  /** 'p = 0.003' */
  text: string
}

/** Text that ends at the right border of a plot: in a row, or in the upper corner. */
export interface Text {
  kind: 'text'
  y: number | 'top'
  text: string
}

export const dashes = ['solid', 'dashed', 'dotted', 'long', 'dash-dot', 'wide'] as const
export type Dash = typeof dashes[number]

export const markers = ['circle', 'square', 'triangle', 'diamond', 'cross', 'plus'] as const
export type Marker = typeof markers[number]

export interface Symbol {
  shape: Marker
  /** Crosses have only lines. */
  isFilled: boolean
}

export interface KeyEntry {
  text: string
  colour: Colour
  /** A number that stands beside a point, instead of its symbol. */
  number?: string
  symbol?: Symbol | 'cross' | 'stroke'
  dash?: Dash
  /** Whether it is an area; with a dash, a line in its area. */
  isArea?: boolean
}
