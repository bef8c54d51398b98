import path from 'node:path'
import type { Change } from '../../src-engine/experiment/change.ts'
import type { SweepInput } from '../../src-engine/experiment/sweep.ts'
import { armsOf, boxOf } from '../../src-engine/study/arms.ts'
import { changesAt } from '../../src-engine/study/box.ts'
import { retuneTasksOf } from '../../src-engine/study/retune.ts'
import { runsOf, type SearchTask, searchTasks, stepOf } from '../../src-engine/study/search.ts'
import { sectionSteps } from '../../src-engine/study/sections.ts'
import type { Preset } from '../contract/contract.ts'
import { BadInput } from '../contract/problem.ts'
import type { RunSummary } from '../contract/run.ts'
import type { StudyOutline, StudyPart, StudyPlan } from '../contract/study.ts'
import type { SweepPlan } from '../contract/sweep.ts'
import type { Library } from '../library/library.ts'
import type { ReadDocument } from './documents.ts'
import { inSlices } from './in-slices.ts'
import { findStudy, importStudy, listStudies, type MayReplace, type NamedStudy } from './study-files.ts'
import { resized, runStudy, type StudyResult, type StudySize } from './study-run.ts'
import { knownSettings, type KnownSettings, settingsOrRefuse } from './study-settings.ts'
import { foundBefore, studyReport, writeFound } from './study-report.ts'
import { searchedBy, searchStudy } from './study-search.ts'
import type { ReportSource } from './study-section.ts'
import type { SweepRunner } from './sweep-runner.ts'
import { isHalved, type SweepService } from './sweeps.ts'
import { writeReport } from './sweep-report.ts'

/** How a study is run. */
export interface StudyHow extends StudySize {
  /** Search the settings of every arm first, instead of using known ones. */
  search: boolean
}

/** Studies, as both front ends use them. */
export interface StudyService {
  /** Shipped studies, then the user's own. */
  list(): Promise<StudyOutline[]>
  /** Copy a study from a file to the user's own. @returns its id; null if it may not replace the one with its id. @throws BadInput */
  import(file: string, mayReplace: MayReplace): Promise<string | null>
  /**
   * Runs and time of each part, before anything runs.
   * @param word an id or a file; an id only if `cwd` is null
   * @throws BadInput
   */
  plan(word: string, how: StudyHow, cwd: string | null): Promise<StudyPlan>
  /** Run a study to its end. @returns null if the user interrupted it. @throws BadInput */
  run(word: string, how: StudyHow, cwd: string | null, runner: SweepRunner): Promise<StudyResult | null>
  /**
   * Search settings and save them in `<dir>/<id>.settings.json` after each arm, beside those that the file has.
   * @param words arms, schemes, devices or retuned sections; all without any
   * @returns the files; null if the user interrupted it. @throws BadInput
   */
  search(
    word: string, words: readonly string[], how: StudySize, cwd: string | null, dir: string, runner: SweepRunner,
  ): Promise<string[] | null>
  /** Start or continue a study and let it go on in the background. @returns the id of its first sweep. @throws BadInput */
  start(id: string, search: boolean): Promise<string>
  /** Write the report of a finished study below `dir`, and what its search found. @throws Error if it is not finished */
  write(
    word: string, how: StudyHow, cwd: string | null, dir: string, commands: string[], result?: StudyResult,
  ): Promise<WrittenStudy>
  /** Runs of a sweep. */
  runs(sweepId: string): Promise<readonly RunSummary[]>
}

export interface WrittenStudy {
  files: string[]
  report: Awaited<ReturnType<typeof studyReport>>
}

interface Options {
  library: Pick<Library, 'list' | 'file'>
  source: ReportSource
  sweeps: SweepService
  shippedDir: string
  presets(): Promise<Preset[]>
  startOrResume(document: unknown): Promise<string>
  /** The saved sweep with this document; null if there is none. */
  saved(document: unknown): Promise<string | null>
  onNotice(level: 'info' | 'error', message: string): void
  applicationVersion: string
  /** Reads documents in another thread. */
  read: ReadDocument
}

export function createStudyService(options: Options): StudyService {
  const { library, source, sweeps, presets, startOrResume, saved, onNotice, applicationVersion } = options
  const folders = () => ({ shipped: options.shippedDir, own: path.join(path.dirname(library.file), 'studies'), read: options.read })
  const find = async (word: string, how: StudySize, cwd: string | null) => resized(await findStudy(word, folders(), cwd), how)
  const knownOf = async (named: NamedStudy) => knownSettings(named, await presets())
  const versionNow = () => ({ version: applicationVersion, date: new Date().toISOString().slice(0, 10) })
  const runs = (sweepId: string) => library.list(sweepId)
  const isComplete = async (sweepId: string) => (await runs(sweepId)).every(hasEnded)

  const run = async (named: NamedStudy, search: boolean, runner: SweepRunner) => {
    if (search && named.study.search === undefined) throw noSearch(named)
    return runStudy(named, search ? null : await knownOf(named), runner)
  }

  const inBackground: SweepRunner = {
    start: startOrResume,
    async finished(sweepId) {
      await sweeps.finished(sweepId)
      return isComplete(sweepId)
    },
    runs,
  }

  /** What a finished study gave, from the sweeps in the library. */
  const readBack: SweepRunner = {
    async start(document) {
      const sweepId = await saved(document)
      if (sweepId === null) throw unfinished(document)
      return sweepId
    },
    finished: isComplete,
    runs,
  }

  /** Studies that go on in this process, by their id and whether they search. */
  const going = new Map<string, Promise<string>>()

  function launch(named: NamedStudy, search: boolean, key: string): Promise<string> {
    return new Promise((resolve, reject) => {
      let first: string | null = null
      const runner: SweepRunner = {
        ...inBackground,
        async start(document) {
          const sweepId = await inBackground.start(document)
          first ??= sweepId
          return sweepId
        },
        finished(sweepId) {
          // By now, all sweeps that need no other results are queued.
          resolve(first!)
          return inBackground.finished(sweepId)
        },
      }
      void run(named, search, runner).then(
        (result) => { if (result) onNotice('info', `The study “${named.study.title}” is finished. Save its report with: Run a study, Save report.`) },
        (error: Error & { code?: string }) => {
          reject(error)
          if (error.code !== 'closed') onNotice('error', `The study “${named.study.title}” stopped: ${error.message}`)
        },
      ).finally(() => going.delete(key))
    })
  }

  return {
    list: async () => (await listStudies(folders())).map(outlineOf),
    import: (file, mayReplace) => importStudy(file, folders(), mayReplace),
    async plan(word, how, cwd) {
      const named = await find(word, how, cwd)
      if (how.search && named.study.search === undefined) throw noSearch(named)
      return { parts: await partsOf(named, how.search, await knownOf(named), (document) => sweeps.plan(document, false)) }
    },
    run: async (word, how, cwd, runner) => run(await find(word, how, cwd), how.search, runner),
    async search(word, words, how, cwd, dir, runner) {
      const named = await find(word, how, cwd)
      if (named.study.search === undefined) throw noSearch(named)
      const [searched, known, shipped] = [searchedBy(named, words), await knownOf(named), await presets()]
      const arms = await foundBefore(named, dir)
      let files: string[] = []
      const whole = await searchStudy(named, searched, known, arms, {
        ...runner,
        async onFound(...result) {
          files = await writeFound(named, { arms }, shipped, dir, versionNow())
          await runner.onFound?.(...result)
        },
      })
      return whole ? files : null
    },
    async start(id, search) {
      const key = JSON.stringify([id, search])
      const named = await find(id, {}, null)
      if (!going.has(key)) going.set(key, launch(named, search, key))
      return going.get(key)!
    },
    async write(word, how, cwd, dir, commands, result) {
      const named = await find(word, how, cwd)
      const whole = result ?? await run(named, how.search, readBack)
      if (whole === null) throw new Error('The study is not finished. Start it again to continue it.')
      const report = await studyReport(source, named, whole, { applicationVersion, commands })
      const found = whole.found === null ? [] : await writeFound(named, whole.found, await presets(), dir, versionNow())
      return { files: [...await writeReport(report, dir), ...found], report }
    },
    runs,
  }
}

const hasEnded = (run: RunSummary) => run.status === 'done' || run.status === 'failed' || isHalved(run)

const unfinished = ({ name }: SweepInput) => new Error(`The study is not finished: “${name}” has not been run. Start the study to continue it.`)

const noSearch = ({ id }: NamedStudy) =>
  new BadInput(`The study ${id}`, [{ path: 'search', rule: 'must say what is searched, and on which seeds', found: 'nothing' }])

const outlineOf = (named: Awaited<ReturnType<typeof listStudies>>[number]): StudyOutline => ('error' in named
  ? { id: named.id, own: named.own, title: named.id, description: '', canSearch: false, error: named.error }
  : {
      id: named.id, own: named.own, title: named.study.title, description: named.study.description,
      canSearch: named.study.search !== undefined, error: null,
    })

type PlanSweep = (document: SweepInput) => Promise<SweepPlan>

/** The parts of a study with their runs and time. Any settings stand for those that a search has yet to find. */
async function partsOf(named: NamedStudy, search: boolean, known: KnownSettings, plan: PlanSweep): Promise<StudyPart[]> {
  const { study } = named
  const settings = settingsOrRefuse(named, search ? (id) => anySettings(named, id) : known)
  const tasks = search
    ? [...searchTasks(study), ...retuneTasksOf(study, settings)]
    : []
  const parts: StudyPart[] = []
  for (const task of tasks) parts.push(await searchPart(task, plan))
  for (const { title, document, budget } of await inSlices(sectionSteps(study, settings))) {
    if (budget !== undefined) continue
    const { runs, time } = await plan(document)
    parts.push({ title, kind: 'tournament', runs, seconds: time?.seconds ?? null })
  }
  return parts
}

const MIDDLE = 0.5

/** As many settings as a search will find for an arm, in the middle of its ranges; without changes for an arm that is retuned. */
function anySettings({ study }: NamedStudy, armId: string): Change[][] {
  const arm = armsOf(study).find(({ id }) => id === armId)
  const retuned = study.sections.find(({ id }) => armId.startsWith(`${id}/`))
  if (arm === undefined) return Array.from({ length: retuned?.kind === 'ablation' ? retuned.retune!.restarts : 1 }, () => [])
  const box = boxOf(study, arm)
  return Array.from({ length: study.search!.restarts }, () => changesAt(box, Object.keys(box).map(() => MIDDLE)))
}

/** All batches of a search take about as long as its first. */
async function searchPart(task: SearchTask, plan: PlanSweep): Promise<StudyPart> {
  const step = stepOf(task, 1, [])
  const { search: { restarts, batches } } = task
  const time = step.kind === 'batch' ? (await plan(step.document)).time : null
  return { title: `Search ${task.label}`, kind: 'search', runs: runsOf(task), seconds: time && time.seconds * restarts * batches }
}
