import type { PlannedSection } from '../../src-engine/study/planned.ts'
import { sectionSteps } from '../../src-engine/study/sections.ts'
import type { StudySettings } from '../../src-engine/study/settings.ts'
import { inSlices } from './in-slices.ts'
import type { NamedStudy } from './study-files.ts'
import { searchedBy, searchStudy } from './study-search.ts'
import type { SweepRunner } from './sweep-runner.ts'
import { foundSettings, type KnownSettings, settingsOrRefuse } from './study-settings.ts'

/** A section of a study and the sweep that answers it. */
export interface Answered {
  section: PlannedSection
  sweepId: string
}

export interface StudyResult {
  answered: Answered[]
  /** What the search of this run found; null without a search. */
  found: Pick<StudySettings, 'arms'> | null
}

/** A smaller study for a rehearsal. */
export interface StudySize {
  epochs?: number
  seeds?: number
}

/** A study with fewer epochs and seeds. Its searches are not stopped early if they are too short for it. */
export function resized(named: NamedStudy, { epochs, seeds }: StudySize): NamedStudy {
  const { study } = named
  const { search } = study
  const isShort = search?.halving && epochs !== undefined && epochs <= search.halving.firstEpochs
  return {
    ...named,
    study: {
      ...study,
      seeds: study.seeds.slice(0, seeds),
      spec: epochs === undefined ? study.spec : { ...study.spec, training: { ...study.spec.training as object, epochs } },
      ...(search && { search: { ...search, ...(isShort && { halving: null }) } }),
    },
  }
}

/**
 * Run a study: its searches, then its tournaments. Each step is a saved sweep that follows from the study and the results of earlier ones,
 * so an interrupted study continues where it stopped and ends with the same bits.
 * @param known settings that need no search; null to search all
 * @returns null if the user interrupted it
 */
export async function runStudy(named: NamedStudy, known: KnownSettings | null, runner: SweepRunner): Promise<StudyResult | null> {
  const found: StudySettings['arms'] | null = known === null ? {} : null
  if (found !== null && !await searchStudy(named, searchedBy(named, []), () => null, found, runner)) return null
  const settings = settingsOrRefuse(named, known ?? foundSettings({ arms: found! }))
  const answered = await answer(await inSlices(sectionSteps(named.study, settings)), runner)
  return answered && { answered, found: found && { arms: found } }
}

/** All tournaments are queued before the first has ended, so that no worker waits for the last run of one. */
async function answer(sections: readonly PlannedSection[], runner: SweepRunner): Promise<Answered[] | null> {
  const answered: Answered[] = []
  for (const section of sections) answered.push({ section, sweepId: await runner.start(section.document) })
  for (const { sweepId } of answered) if (!await runner.finished(sweepId)) return null
  return answered
}
