import { paperArms, type PaperTournament } from '../../../src-engine/sweep/paper/tournaments.ts'
import type { StudyReport, StudySection } from '../../transfer/results/report.ts'
import { type Kept, sectionOf } from '../study-section.ts'

/** A tournament of the paper, and the sweep that has answered it. */
export interface Answered {
  tournament: PaperTournament
  sweepId: string
}

/** What the library holds of the paper's tournaments, ready to be written. */
export async function paperReport(
  app: Kept,
  answered: readonly Answered[],
  from: Pick<StudyReport, 'applicationVersion' | 'commands'>,
): Promise<StudyReport> {
  const sections: StudySection[] = []
  for (const { tournament: { id, kind, title, intro }, sweepId } of answered) {
    sections.push(await sectionOf(app, sweepId, null, { id, kind, title, intro, ...schemesText(id, kind) }))
  }
  return { title: 'The paper\'s answer, reproduced', ...from, sections }
}

const schemesText = (id: string, kind: PaperTournament['kind']) => (kind !== 'schemes'
  ? {}
  : { facets, ...(id === 'published' && { caveat: 'and the settings that were found with corrected ones' }) })

const facets = Object.fromEntries(paperArms.map(({ label, ...facet }) => [label, facet]))
