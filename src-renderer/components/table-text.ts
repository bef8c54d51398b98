import { csvLine, writtenText } from '../../src-engine/format/written-text.ts'

/** A column of a table that is copied. */
export interface CopiedColumn<Row> {
  title: string
  isNumber: boolean
  /** Rounded as on the screen. */
  shown: (row: Row) => string
  /** With all digits. */
  exact: (row: Row) => string | number | null
}

/** A table in Markdown, rounded as on the screen. */
export function markdownTable<Row>(columns: readonly Omit<CopiedColumn<Row>, 'exact'>[], rows: readonly Row[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  const written = (text: string) => writtenText(text, 'markdown')
  return [
    line(columns.map(({ title }) => written(title))),
    line(columns.map(({ isNumber }) => (isNumber ? '---:' : '---'))),
    ...rows.map((row) => line(columns.map(({ shown }) => written(shown(row))))),
    '',
  ].join('\n')
}

/** A table as CSV (RFC 4180) with all digits. Missing values are empty. */
export const csvTable = <Row>(columns: readonly Pick<CopiedColumn<Row>, 'title' | 'exact'>[], rows: readonly Row[]): string =>
  [columns.map(({ title }) => title), ...rows.map((row) => columns.map(({ exact }) => exact(row)))]
    .map(csvLine).join('')
