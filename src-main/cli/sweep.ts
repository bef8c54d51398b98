import { armResults } from '../../src-engine/statistics/arm-results.ts'
import { outcomeCounts, outcomesText } from '../../src-engine/statistics/outcome-texts.ts'
import { formatDuration } from '../../src-engine/format/durations.ts'
import { formatCount, formatNumber } from '../../src-engine/format/numbers.ts'
import { formatBytes } from '../../src-engine/format/sizes.ts'
import { counted } from '../../src-engine/format/words.ts'
import { BadInput } from '../app/errors.ts'
import type { App, RunSummary, SweepPlan, SweepRecord } from '../app/app.ts'
import { readSweepSource, type SweepSource } from '../app/sweep-source.ts'
import { isHalved } from '../app/sweeps.ts'
import { backUpIfDue } from './backup.ts'
import { DONE, FAILED } from './failure.ts'
import { withNamedLoss } from '../../src-engine/experiment/named-loss.ts'
import { sharedLoss } from '../../src-engine/experiment/task.ts'
import { endedRuns } from './follow.ts'
import { table } from './format.ts'
import type { Output } from './output.ts'
import { typedFolder } from './paths.ts'
import { showSweep } from './runs-line.ts'
import { libraryFile, resourcesDir, withApp, withLibrary } from './surroundings.ts'
import { type FileFlags, typedAccess } from './typed-access.ts'

export interface SweepFlags extends FileFlags {
  library?: string
  /** Print the plan and run nothing. */
  plan?: boolean
  workers?: number
}

/** Start the sweep of a file, or continue a saved one, and follow it to its end. */
export async function sweep(word: string, flags: SweepFlags, output: Output): Promise<number> {
  const accessOf = (folder: string) => typedAccess(folder, flags, output)
  const source = await readSweepSource(word, { resourcesDir, cwd: typedFolder(), access: accessOf })
  return withApp(flags.library, output, async (app) => {
    const saved = source === null ? await savedSweep(app, word) : null
    if (flags.plan) {
      const { document, access } = source ?? { document: saved!.document, access: accessOf(typedFolder()) }
      const plan = await app.sweeps.plan(document, true, access)
      plan.notes.forEach((note) => { output.say(note) })
      return printPlan(plan, output)
    }
    const sweepId = saved ? await continueSweep(app, saved, output) : await launch(app, source!, flags, output)
    const { runs } = await follow(app, sweepId, output)
    await backUpIfDue(app, output)
    return printResult(app, sweepId, runs, output)
  }, { slots: flags.workers, trains: 'interrupted' })
}

/** List saved sweeps, newest first. */
export const sweeps = (flags: { library?: string }, output: Output) => withLibrary(flags.library, output, async (app) => {
  const [saved, runs] = await Promise.all([app.sweeps.list(), app.list()])
  const rows = saved.map(({ sweepId, name, arms, document, createdAt }) => {
    const own = runs.filter((run) => run.sweep?.sweepId === sweepId)
    const done = own.filter(({ status }) => status === 'done').length
    return [sweepId, name || '–', formatCount(arms.length), formatCount(document.seeds.length), `${formatCount(done)}/${formatCount(own.length)}`, createdAt]
  })
  const text = rows.length === 0 ? 'No sweeps yet. Start one with: chalcogen sweep FILE' : table([['Sweep', 'Name', 'Arms', 'Seeds', 'Finished', 'Created'], ...rows])
  output.result(saved, text)
  return DONE
})

/** Find a saved sweep by its id. @throws BadInput if there is none */
export async function savedSweep(app: App, word: string): Promise<SweepRecord> {
  const saved = (await app.sweeps.list()).find(({ sweepId }) => sweepId === word)
  if (saved) return saved
  throw new BadInput(word, [{ path: '', rule: 'is not a file or a sweep. Run chalcogen sweeps to list the sweeps', found: '' }])
}

/** Save a sweep and queue its runs. @returns its id */
export async function launch(app: App, { document, access }: SweepSource, flags: SweepFlags, output: Output): Promise<string> {
  const plan = await app.sweeps.plan(document, true, access)
  plan.notes.forEach((note) => { output.say(note) })
  output.say(planLine(plan))
  output.interruption.check()
  const sweepId = await app.sweeps.start(document, access)
  output.say(`Sweep ${sweepId} started. Library: ${libraryFile(flags.library)}`)
  return sweepId
}

/** Resume a sweep: its queued runs without an owner, and its paused, stopped and interrupted runs. @returns its id */
export async function continueSweep(app: App, { sweepId }: SweepRecord, output: Output): Promise<string> {
  await app.adoptQueue()
  await app.sweeps.resume(sweepId)
  output.say(`Continuing sweep ${sweepId}`)
  return sweepId
}

/**
 * Show the progress of a sweep until its runs have ended here or a signal has stopped them, and say what is left.
 * @returns its runs, and whether none is left to run
 */
export async function follow(app: App, sweepId: string, output: Output): Promise<{ runs: RunSummary[]; complete: boolean }> {
  const listEnded = endedRuns(app)
  const hide = await showSweep(app, sweepId, output)
  try {
    await Promise.race([app.sweeps.finished(sweepId), output.interruption.stopped])
  } finally {
    hide()
  }
  const runs = await listEnded(({ sweep }) => sweep?.sweepId === sweepId)
  const left = leftOf(runs)
  if (left !== null) output.say(`${left} Progress is saved. Continue with: chalcogen sweep ${sweepId}`)
  return { runs, complete: left === null }
}

/** The runs of a sweep that are not finished, by status: '3 of 8 runs are not finished: 1 interrupted, 2 queued.' Null if all are. */
function leftOf(runs: readonly RunSummary[]): string | null {
  const left = runs.filter((run) => run.status !== 'failed' && !isComplete(run))
  if (left.length === 0) return null
  const groups = [...Map.groupBy(left, ({ status }) => status)]
    .map(([status, own]) => `${own.length} ${status}${status === 'running' ? ' in another program' : ''}`)
  return `${left.length} of ${counted(runs.length, 'run')} ${left.length === 1 ? 'is' : 'are'} not finished: ${groups.join(', ')}.`
}

/** Whether a run is finished, or was stopped early by its sweep. */
const isComplete = (run: RunSummary) => run.status === 'done' || isHalved(run)

function printPlan(plan: SweepPlan, output: Output): number {
  output.result(plan, [planLine(plan), '', table([['Arm', 'Label'], ...plan.arms.map(({ label }, arm) => [String(arm + 1), label])])].join('\n'))
  return DONE
}

function planLine({ arms, runs, sequences, disk, time }: SweepPlan): string {
  const size = [counted(arms.length, 'arm'), counted(runs, 'run'), counted(sequences, 'sequence')].join(', ')
  const basis = { runs: 'saved runs on this machine', probe: 'a short probe' }
  const durationText = time
    ? `About ${formatDuration(time.seconds)} (${formatDuration(time.low)} to ${formatDuration(time.high)}), estimated from ${basis[time.basis]}.`
    : 'Duration unknown.'
  return `${size}. At most ${formatBytes(disk)} on disk. ${durationText}`
}

async function printResult(app: App, sweepId: string, runs: readonly RunSummary[], output: Output): Promise<number> {
  const { name, arms, document } = (await app.sweeps.list()).find((one) => one.sweepId === sweepId)!
  const results = armResults(arms.map(({ label }) => label), document.halving !== null, runs)
  const rows = results.map((arm) => {
    const { label, sample: { n, mean, sd }, epochs } = arm
    const outcomes = outcomesText({ ...arm, outcomes: outcomeCounts(arm.runs) })
    return [label, n === 0 ? '–' : formatNumber(mean), formatNumber(sd), formatCount(n), formatCount(epochs), outcomes]
  })
  const loss = sharedLoss(runs.map(({ task }) => task))
  const head = ['Arm', `${loss.title}, last 20`, 'SD', 'n', 'Epochs', 'Outcomes']
  const documents = results.map(({ runs: own, ...result }) => ({ ...result, runs: own.map(briefly) }))
  output.result({ sweepId, name, arms: documents }, table([head, ...rows]))
  return runs.every(isComplete) ? DONE : FAILED
}

const briefly = ({ runId, task, seed, status, outcome, reasons, epochsDone, loss, lossLast20, metrics, digest }: RunSummary) =>
  withNamedLoss({ runId, task, seed, status, outcome, reasons, epochsDone, loss, lossLast20, metrics, digest })
