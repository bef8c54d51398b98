import { formatMetricWithError } from '../../../src-engine/experiment/metrics.ts'
import { significanceMark } from '../../../src-engine/statistics/grouped-rows.ts'
import { writtenText } from '../../../src-engine/format/written-text.ts'
import { csv } from '../csv.ts'
import { latexText } from '../results/latex.ts'
import { escaped } from '../results/markdown.ts'
import { latexNumber, pText } from '../results/numbers.ts'
import type { GroupedTable, TableRow } from './grouped-runs.ts'

export const tableFormats = ['latex', 'markdown', 'csv'] as const
export type TableFormat = (typeof tableFormats)[number]

/** Text of a table. LaTeX and Markdown round to the error and have the notes below; CSV has all digits. */
export const tableText = (table: GroupedTable, format: TableFormat): string => writers[format](table)

const writers: Readonly<Record<TableFormat, (table: GroupedTable) => string>> = { latex, markdown, csv: csvTable }

const lossTitle = ({ loss }: GroupedTable) => `${loss.title}${loss.unit ? ` (${loss.unit})` : ''}`

const meanText = ({ loss }: GroupedTable, { sample }: TableRow) => formatMetricWithError(loss, sample.mean, sample.sd)

const hasTests = ({ rows }: GroupedTable) => rows.some(({ test }) => test !== null)

/** What the numbers are, as whole sentences. */
function legend(table: GroupedTable): string {
  const { rows } = table
  const kinds = new Set(rows.flatMap(({ test }) => test?.kind ?? []))
  const tests = [
    ...(kinds.has('paired') ? ['a paired sign-flip test over the shared seeds'] : []),
    ...(kinds.has('permutation') ? ['a permutation test where no seed is shared'] : []),
  ]
  return [
    `Mean of the last 20 epochs ± standard deviation over n runs. The lowest mean is bold.`,
    ...(tests.length > 0
      ? [`p is from ${tests.join(', or ')}, against the lowest mean, after Holm's correction: * below 0.05, ** below 0.01, *** below 0.001.`] : []),
  ].join(' ')
}

function markdown(table: GroupedTable): string {
  const { columns, rows, notes } = table
  const head = [...columns.map(({ title }) => escaped(title)), 'n', `${escaped(lossTitle(table))}, mean ± SD`, ...(hasTests(table) ? ['p (Holm)'] : [])]
  const rule = head.map((_, index) => (index < columns.length ? '---' : '---:'))
  const cells = (row: TableRow) => {
    const mean = meanText(table, row)
    const mark = row.test ? escaped(significanceMark(row.test)) : ''
    return [
      ...row.texts.map(escaped), String(row.sample.n), row.isBest ? `**${mean}**` : `${mean}${mark}`,
      ...(hasTests(table) ? [row.test ? pText(row.test.corrected) : ''] : []),
    ]
  }
  const lines = [head, rule, ...rows.map(cells)].map((line) => `| ${line.join(' | ')} |`)
  return [lines.join('\n'), escaped(legend(table)), ...notes.map((note) => `> **Note:** ${escaped(note)}`)].join('\n\n') + '\n'
}

function latex(table: GroupedTable): string {
  const { columns, rows, notes } = table
  const head = [...columns.map(({ title }) => latexText(title)), '$n$', `${latexText(lossTitle(table))}`, ...(hasTests(table) ? ['$p_\\text{Holm}$'] : [])]
  const cells = (row: TableRow) => [
    ...row.texts.map((text, index) => (index === 0 ? rowHead(latexText(text)) : latexText(text))), `$${row.sample.n}$`, latexMean(table, row),
    ...(hasTests(table) ? [row.test ? latexP(row.test.corrected) : ''] : []),
  ]
  return [
    '% Needs \\usepackage{booktabs} and \\usepackage{amsmath}.',
    ...notes.map((note) => `% Note: ${writtenText(note.replace(/\s+/g, ' '), 'terminal')}`),
    '\\begin{table}',
    '  \\centering',
    `  \\caption{${latexText(legend(table))}}`,
    `  \\begin{tabular}{${'l'.repeat(columns.length)}${'r'.repeat(head.length - columns.length)}}`,
    '    \\toprule',
    `    ${head.join(' & ')} \\\\`,
    '    \\midrule',
    ...rows.map((row) => `    ${cells(row).join(' & ')} \\\\`),
    '    \\bottomrule',
    '  \\end{tabular}',
    '\\end{table}',
    '',
  ].join('\n')
}

function latexMean(table: GroupedTable, row: TableRow): string {
  const text = latexNumber(meanText(table, row)).replaceAll('±', '\\pm').replaceAll('%', '\\%')
    .replace('NaN', '\\text{NaN}').replaceAll('∞', '\\infty')
  const mark = row.test ? significanceMark(row.test) : ''
  return row.isBest ? `$\\boldsymbol{${text}}$` : `$${text}${mark && `^{${mark}}`}$`
}

const latexP = (p: number) => (Number.isNaN(p) ? '--' : `$${latexNumber(pText(p))}$`)

/** Protects a bracket or star at the start of a row, which the preceding line break would take as its argument. */
const rowHead = (text: string) => (/^[[*]/.test(text) ? `{}${text}` : text)

function csvTable({ columns, rows }: GroupedTable): string {
  const names = [...columns.map(({ path }) => path), 'n', 'mean', 'sd', 'best', 'test', 'p', 'pCorrected']
  return csv(names, rows.map(({ values, sample, isBest, test }) => ({
    ...Object.fromEntries(columns.map(({ path }, index) => [path, values[index]!])),
    ...sample, best: Number(isBest), test: test?.kind ?? null, p: test?.p ?? null, pCorrected: test?.corrected ?? null,
  })))
}
