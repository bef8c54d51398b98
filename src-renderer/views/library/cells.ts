import type { Mark } from '../../components/marks.ts'

/** What a cell of the list shows, in this order from left to right. All of it is plain text, because a screen has hundreds of cells. */
export interface CellContent {
  text: string
  /** Columns that it takes. */
  span?: number
  /** Opens and closes the rows of a group. */
  fold?: { isOpen: boolean; what: string }
  isStarred?: boolean
  mark?: Mark
  /** CSS colour of a dot. */
  dot?: string
  isStrong?: boolean
  isQuiet?: boolean
  /** More, in quiet. */
  more?: string
  /** A mark without a word after the text, and what it means. */
  flag?: { mark: Mark; title: string; test: string }
  /** Share of a running run that is done, 0 to 1. */
  share?: number
  /** On hover. */
  title?: string
  /** By which tests find it. */
  test?: string
}

/** A cell in its column. */
export interface ListCell extends CellContent {
  column: string
  isNumber: boolean
}

/** The cells of a row and its tick box. */
export interface RowContent {
  tick: { label: string; test?: string }
  cells: readonly ListCell[]
}

/** Shortens a name to the space of its column, less what else is there, px. */
export type FitName = (name: string, taken: number) => string
