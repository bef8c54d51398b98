import { armResults } from '../../src-engine/analysis/arm-results.ts'
import { BadInput } from '../app/errors.ts'
import type { App, RunSummary, SweepPlan, SweepRecord } from '../app/app.ts'
import { readSweepSource } from '../app/sweep-source.ts'
import { backUpIfDue } from './backup.ts'
import { DONE, FAILED } from './failure.ts'
import { bytes, counted, duration, significant, table } from './format.ts'
import type { Output } from './output.ts'
import { libraryFile, openApp, resourcesDir, withLibrary } from './surroundings.ts'
import { showSweep } from './sweep-line.ts'

export interface SweepFlags {
  library?: string
  /** Print the plan and run nothing. */
  plan?: boolean
  workers?: number
}

/** Start the sweep of a file, or continue a saved one, and follow it to its end. */
export async function sweep(word: string, flags: SweepFlags, output: Output): Promise<number> {
  const document = await readSweepSource(word, { resourcesDir, cwd: process.cwd() })
  const app = await openApp(flags.library, { slots: flags.workers })
  try {
    const saved = document === null ? await savedSweep(app, word) : null
    if (flags.plan) return printPlan(await app.sweeps.plan(document ?? saved!.document, true), output)
    const sweepId = saved ? await continueSweep(app, saved) : await launch(app, document, flags, output)
    const ended = await follow(app, sweepId, output)
    await backUpIfDue(app, output)
    return ended ? await printResult(app, sweepId, output) : FAILED
  } finally {
    await app.close()
  }
}

/** List saved sweeps, newest first. */
export const sweeps = (flags: { library?: string }, output: Output) => withLibrary(flags.library, async (app) => {
  const [saved, runs] = await Promise.all([app.sweeps.list(), app.list()])
  const rows = saved.map(({ sweepId, name, arms, document, createdAt }) => {
    const own = runs.filter((run) => run.sweep?.sweepId === sweepId)
    const done = own.filter(({ status }) => status === 'done').length
    return [sweepId, name || '–', String(arms.length), String(document.seeds.length), `${done}/${own.length}`, createdAt]
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
export async function launch(app: App, document: unknown, flags: SweepFlags, output: Output): Promise<string> {
  output.say(planLine(await app.sweeps.plan(document, true)))
  const sweepId = await app.sweeps.start(document)
  output.say(`Sweep ${sweepId} started. Library: ${libraryFile(flags.library)}`)
  return sweepId
}

/** Resume a sweep: its queued runs without an owner, and its paused, stopped and interrupted runs. @returns its id */
export async function continueSweep(app: App, { sweepId }: SweepRecord): Promise<string> {
  await app.adoptQueue()
  await app.sweeps.resume(sweepId)
  return sweepId
}

/** Show the progress of a sweep until it ends. @returns false if the user interrupted it */
export async function follow(app: App, sweepId: string, output: Output): Promise<boolean> {
  const hide = await showSweep(app, sweepId, output)
  const signals = ['SIGINT', 'SIGTERM'] as const
  let interrupt = () => {}
  const interrupted = new Promise<false>((resolve) => { interrupt = () => resolve(false) })
  for (const signal of signals) process.on(signal, interrupt)
  try {
    const ended = await Promise.race([interrupted, app.sweeps.finished(sweepId).then(() => true)])
    if (!ended) output.say(`Interrupted. Progress is saved. Continue with: chalcogen sweep ${sweepId}`)
    return ended
  } finally {
    for (const signal of signals) process.off(signal, interrupt)
    hide()
  }
}

function printPlan(plan: SweepPlan, output: Output): number {
  output.result(plan, [planLine(plan), '', table([['Arm', 'Label'], ...plan.arms.map(({ label }, arm) => [String(arm + 1), label])])].join('\n'))
  return DONE
}

function planLine({ arms, runs, sequences, disk, time }: SweepPlan): string {
  const size = [counted(arms.length, 'arm'), counted(runs, 'run'), counted(sequences, 'sequence')].join(', ')
  const basis = { runs: 'saved runs on this machine', probe: 'a short probe' }
  const durationText = time
    ? `About ${duration(time.seconds)} (${duration(time.low)} to ${duration(time.high)}), estimated from ${basis[time.basis]}.`
    : 'Duration unknown.'
  return `${size}. At most ${bytes(disk)} on disk. ${durationText}`
}

async function printResult(app: App, sweepId: string, output: Output): Promise<number> {
  const { name, arms, document } = (await app.sweeps.list()).find((one) => one.sweepId === sweepId)!
  const runs = (await app.list()).filter((run) => run.sweep?.sweepId === sweepId)
  const results = armResults(arms.map(({ label }) => label), document.halving !== null, runs)
  const rows = results.map(({ label, sample: { n, mean, sd }, epochs, failed }) =>
    [label, n === 0 ? '–' : significant(mean), significant(sd), String(n), String(epochs), String(failed)])
  const head = ['Arm', 'MSE, last 20', 'SD', 'n', 'Epochs', 'Failed']
  const documents = results.map(({ runs: own, ...result }) => ({ ...result, runs: own.map(briefly) }))
  output.result({ sweepId, name, arms: documents }, table([head, ...rows]))
  return runs.some(({ status }) => status === 'failed') ? FAILED : DONE
}

const briefly = ({ runId, seed, status, outcome, reasons, epochsDone, mseLast20, digest }: RunSummary) =>
  ({ runId, seed, status, outcome, reasons, epochsDone, mseLast20, digest })
