import type { SweepInput } from '../../src-engine/spec/sweep.ts'
import type { SettingsOf } from '../../src-engine/study/arms.ts'
import { edgeText } from '../../src-engine/study/box.ts'
import type { PlannedSection } from '../../src-engine/study/planned.ts'
import { retuneTasks } from '../../src-engine/study/retune.ts'
import { scoreOf, type SearchTask, searchTasks, type Step, stepOf, type Trial, type TrialRun } from '../../src-engine/study/search.ts'
import { sectionSteps } from '../../src-engine/study/sections.ts'
import type { Found, StudySettings } from '../../src-engine/study/settings.ts'
import type { Section, Study } from '../../src-engine/study/study.ts'
import type { RunSummary } from '../contract/run.ts'
import { inSlices } from './in-slices.ts'
import type { NamedStudy } from './study-files.ts'
import { foundSettings, type KnownSettings, settingsOrRefuse } from './study-settings.ts'

/** How the sweeps of a study are run. The front ends differ in what they show meanwhile. */
export interface SweepRunner {
  /** Start a sweep, or continue the saved one with the same document. @returns its id */
  start(document: SweepInput): Promise<string>
  /** Wait for its end. @returns false if it is not complete, because the user interrupted it */
  finished(sweepId: string): Promise<boolean>
  /** Runs of a sweep. */
  runs(sweepId: string): Promise<readonly RunSummary[]>
  /** Called when the search of an arm has ended, with its results of all restarts, the best first. */
  onFound?(task: SearchTask, found: readonly Found[], progress: SearchProgress): void
}

/** Arms whose search has ended, of all arms that are searched in this step. */
export interface SearchProgress {
  done: number
  of: number
}

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
  const { study } = named
  const found: StudySettings['arms'] | null = known === null ? {} : null
  const settings = settingsOrRefuse(named, found === null ? known! : (id) => foundSettings({ arms: found } as StudySettings)(id))
  if (found !== null) {
    const isWhole = await searchAll(searchTasks(study), found, runner)
      && await searchAll(study.sections.flatMap((section) => retuneTasksOf(study, section, settings)), found, runner)
    if (!isWhole) return null
  }
  const answered = await answer(await inSlices(sectionSteps(study, settings)), runner)
  return answered && { answered, found: found && { arms: found } }
}

const retuneTasksOf = (study: Study, section: Section, settings: SettingsOf) =>
  (section.kind === 'ablation' ? retuneTasks(study, section, settings) : [])

/** All tournaments are queued before the first has ended, so that no worker waits for the last run of one. */
async function answer(sections: readonly PlannedSection[], runner: SweepRunner): Promise<Answered[] | null> {
  const answered: Answered[] = []
  for (const section of sections) answered.push({ section, sweepId: await runner.start(section.document) })
  for (const { sweepId } of answered) if (!await runner.finished(sweepId)) return null
  return answered
}

/** @returns false if the user interrupted it */
async function searchAll(tasks: readonly SearchTask[], found: StudySettings['arms'], runner: SweepRunner): Promise<boolean> {
  for (const [index, task] of tasks.entries()) {
    const results: Found[] = []
    for (let restart = 1; restart <= task.search.restarts; restart++) {
      const end = await searchOnce(task, restart, runner)
      if (end === null) return false
      results.push(foundOf(end))
    }
    found[task.id] = results.sort((a, b) => a.score - b.score)
    runner.onFound?.(task, found[task.id], { done: index + 1, of: tasks.length })
  }
  return true
}

type End = Extract<Step, { kind: 'end' }>

/** One restart of a search. @returns null if the user interrupted it */
export async function searchOnce(task: SearchTask, restart: number, runner: SweepRunner): Promise<End | null> {
  const done: Trial[][] = []
  for (;;) {
    const step = stepOf(task, restart, done)
    if (step.kind === 'end') return step
    const sweepId = await runner.start(step.document)
    if (!await runner.finished(sweepId)) return null
    done.push(trialsOf(step.changes, await runner.runs(sweepId), task.search.penalty))
  }
}

function trialsOf(changes: Extract<Step, { kind: 'batch' }>['changes'], runs: readonly RunSummary[], penalty: number): Trial[] {
  const byArm = Map.groupBy(runs, ({ sweep }) => sweep!.arm)
  return changes.map((own, arm) => {
    const ofArm = (byArm.get(arm) ?? []).map(trialRunOf)
    return { changes: own, score: scoreOf(ofArm, penalty), epochs: Math.min(...ofArm.map(({ epochs }) => epochs)) }
  })
}

const trialRunOf = ({ mseLast20, outcome, epochsDone }: RunSummary): TrialRun =>
  ({ loss: mseLast20, outcome, epochs: epochsDone })

const foundOf = ({ best, edges, trials }: End): Found => ({
  score: best.score,
  trials,
  settings: Object.fromEntries(best.changes.map(({ path, value }) => [path, Number(value)])),
  edges: edges.map(edgeText),
})
