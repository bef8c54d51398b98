import { paperArms, type PaperTournament } from '../../../src-engine/sweep/paper/tournaments.ts'
import type { StudyReport, StudySection } from '../../transfer/results/report.ts'
import { type ReportSource, sectionOf } from '../study-section.ts'

/** A tournament of the paper and the sweep that ran it. */
export interface Answered {
  tournament: PaperTournament
  sweepId: string
}

/** Report on the paper's tournaments, from the sweeps in the library. */
export async function paperReport(
  source: ReportSource,
  answered: readonly Answered[],
  from: Pick<StudyReport, 'applicationVersion' | 'commands'>,
): Promise<StudyReport> {
  const sections: StudySection[] = []
  for (const { tournament: { id, kind, title, intro }, sweepId } of answered) {
    sections.push(await sectionOf(source, sweepId, null, { id, kind, title, intro, ...schemesText(id, kind) }))
  }
  return { title: 'Reproduction of the paper', ...from, sections }
}

const schemesText = (id: string, kind: PaperTournament['kind']) => (kind !== 'schemes'
  ? {}
  : { facets, ...(id === 'published' && { caveat: 'using the settings that were found with corrected ones' }) })

const facets = Object.fromEntries(paperArms.map(({ label, ...facet }) => [label, facet]))
