/** Lengths of a page, in points. */
export interface PageStyle {
  width: number
  /** Space between all content and the border. */
  margin: number
  /** Size of the text; titles of panels are larger. */
  font: number
  line: number
  hasGrid: boolean
  /** Whether several panels get letters. */
  hasLetters: boolean
}

export const POINTS_PER_MM = 72 / 25.4

/** Two columns of a journal. */
export const twoColumns: PageStyle =
  { width: 180 * POINTS_PER_MM, margin: 8, font: 7.5, line: 1, hasGrid: true, hasLetters: true }

/** Length of what is as large as the text, such as a symbol: its length beside text of two columns, times this. */
export const scaled = ({ font }: PageStyle) => font / twoColumns.font

export const INK = '#1f2328'
export const FAINT = '#5b616a'
export const GRID = '#e4e6e9'
export const PAPER = '#ffffff'

/** Distance of baselines over the size of the text. */
export const LEADING = 1.35
/** Height of a capital letter over the size of the text. */
export const CAPITAL = 0.69
