/**
 * Type of the values of a column. Numbers are doubles. `time` is a text in ISO 8601 (UTC), and `boolean` one of the texts `true` and
 * `false`, as the cells of a CSV table have them.
 */
export type ColumnType = 'integer' | 'number' | 'boolean' | 'text' | 'time'

export interface Column {
  name: string
  type: ColumnType
  /** Null if dimensionless or no quantity. */
  unit: string | null
  description: string
  /** True if an integer may be missing. Any other value may. */
  isOptional?: boolean
  /** Lengths of the longest text. */
  longest?: TextLength
}

export interface TextLength {
  /** In UTF-8. */
  bytes: number
  /** Unicode code points. */
  points: number
}

export const tableNames = ['runs', 'epochs', 'patterns'] as const
export type TableName = (typeof tableNames)[number]

/** The tables of a dataset. Their first columns tell the runs apart. */
export type Tables = Record<TableName, Column[]>

export const isText = ({ type }: Column) => type === 'text' || type === 'time'

type About = [name: string, type: ColumnType, unit: string | null, description: string]

/** A column that may have missing values. */
export const column = (...[name, type, unit, description]: About): Column => ({ name, type, unit, description })
export const columns = (abouts: readonly About[]): Column[] => abouts.map((about) => column(...about))
/** A column of integers, some of which may be missing. */
export const optionalInteger = (name: string, description: string): Column =>
  ({ name, type: 'integer', unit: null, description, isOptional: true })
