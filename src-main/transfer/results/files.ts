import { pageOf } from '../../../src-engine/figure/page/page.ts'
import { twoColumns } from '../../../src-engine/figure/page/style.ts'
import { svgOf } from '../../../src-engine/figure/page/svg.ts'
import { armsCsv, runsCsv } from './csv.ts'
import { differencesFigure } from './differences-figure.ts'
import { latexTable } from './latex.ts'
import { markdownReport } from './markdown.ts'
import { reportPath, type StudyReport, type StudySection } from './report.ts'
import { schemesFigure } from './schemes-figure.ts'

export interface ReportFile {
  name: string
  text: string
}

/** Files of the report: results.md first, then the files it links to, in a folder next to it. The same report gives the same bytes. */
export function reportFiles(report: StudyReport): ReportFile[] {
  const figures = new Map(report.sections.map(({ id }) => [id, reportPath(`${id}.svg`)]))
  return [
    { name: 'results.md', text: markdownReport(report, figures) },
    ...report.sections.flatMap(sectionFiles),
    { name: reportPath('runs.csv'), text: runsCsv(report) },
  ]
}

const sectionFiles = (section: StudySection): ReportFile[] => [
  { name: reportPath(`table-${section.id}.tex`), text: latexTable(section) },
  { name: reportPath(`table-${section.id}.csv`), text: armsCsv(section) },
  { name: reportPath(`${section.id}.svg`), text: figureOf(section) },
]

const figureOf = (section: StudySection) =>
  svgOf(pageOf(section.kind === 'ablation' || section.kind === 'conventions' ? differencesFigure(section) : schemesFigure(section), twoColumns))
