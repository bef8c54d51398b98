import { nearest } from '../../src-engine/experiment/nearest.ts'
import type { Problem } from '../../src-engine/experiment/problem.ts'
import { edgeText } from '../../src-engine/study/box.ts'
import { retuneTasksOf } from '../../src-engine/study/retune.ts'
import { scoreOf, type SearchTask, searchTasks, type Step, stepOf, type Trial, type TrialRun } from '../../src-engine/study/search.ts'
import type { Found, StudySettings } from '../../src-engine/study/settings.ts'
import type { Section } from '../../src-engine/study/study.ts'
import { BadInput } from '../contract/problem.ts'
import type { RunSummary } from '../contract/run.ts'
import type { NamedStudy } from './study-files.ts'
import type { SweepRunner } from './sweep-runner.ts'
import { foundSettings, type KnownSettings, settingsOrRefuse } from './study-settings.ts'

/** What is searched: arms, and sections whose arms are retuned. */
export interface Searched {
  tasks: SearchTask[]
  retuned: Section[]
}

/**
 * What words name: an arm ('sign/full'), all arms of a scheme or a device, or a section whose arms are retuned. Without words, everything.
 * @throws BadInput if a word names nothing that is searched
 */
export function searchedBy({ id, study }: NamedStudy, words: readonly string[]): Searched {
  const [tasks, retuned] = [searchTasks(study), study.sections.filter((section) => section.kind === 'ablation' && section.retune !== undefined)]
  if (words.length === 0) return { tasks, retuned }
  const names = new Set([...tasks.flatMap((task) => [task.id, ...task.id.split('/')]), ...retuned.map((section) => section.id)])
  const unknown = words.find((word) => !names.has(word))
  if (unknown !== undefined) throw new BadInput(`The study ${id}`, [nothingSearched(unknown, [...names])])
  return {
    tasks: tasks.filter((task) => words.some((word) => task.id === word || task.id.split('/').includes(word))),
    retuned: retuned.filter((section) => words.includes(section.id)),
  }
}

function nothingSearched(word: string, names: readonly string[]): Problem {
  const near = nearest(word, names)
  return { path: '', rule: `searches nothing that is called ${word}. ${near ? `Did you mean ${near}?` : `Choose from ${names.join(', ')}`}`, found: '' }
}

/**
 * Search settings and add them to `found`, first those of whole arms, then the retuned ones, which start from the settings of their subject.
 * @param known settings of subjects that are not searched here
 * @returns false if the user interrupted it
 */
export async function searchStudy(
  named: NamedStudy, { tasks, retuned }: Searched, known: KnownSettings, found: StudySettings['arms'], runner: SweepRunner,
): Promise<boolean> {
  if (!await searchAll(tasks, found, runner)) return false
  const settings = settingsOrRefuse(named, (id) => foundSettings({ arms: found })(id) ?? known(id))
  return searchAll(retuneTasksOf(named.study, settings, retuned), found, runner)
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
    results.sort((a, b) => a.score - b.score)
    found[task.id] = results
    await runner.onFound?.(task, results, { done: index + 1, of: tasks.length })
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

const trialRunOf = ({ lossLast20, outcome, epochsDone }: RunSummary): TrialRun =>
  ({ loss: lossLast20, outcome, epochs: epochsDone })

const foundOf = ({ best, edges, trials }: End): Found => ({
  score: best.score,
  trials,
  settings: Object.fromEntries(best.changes.map(({ path, value }) => [path, Number(value)])),
  edges: edges.map(edgeText),
})
