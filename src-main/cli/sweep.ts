import { armResults } from '../../src-engine/analysis/arm-results.ts'
import { BadInput } from '../app/errors.ts'
import type { App, RunSummary, SweepPlan, SweepRecord } from '../app/app.ts'
import { readSweepSource } from '../app/sweep-source.ts'
import { backUpIfDue } from './backup.ts'
import { DONE, FAILED } from './failure.ts'
import { bytes, duration, significant, table } from './format.ts'
import type { Output } from './output.ts'
import { libraryFile, openApp, resourcesDir, withLibrary } from './surroundings.ts'
import { showSweep } from './sweep-line.ts'

export interface SweepFlags {
  library?: string
  /** Only says what it comes to. */
  plan?: boolean
  workers?: number
}

/** Launches the sweep of a file, or goes on with a kept one, and follows it to its end. */
export async function sweep(word: string, flags: SweepFlags, output: Output): Promise<number> {
  const document = await readSweepSource(word, { resourcesDir, cwd: process.cwd() })
  const app = await openApp(flags.library, { slots: flags.workers })
  try {
    const kept = document === null ? await keptSweep(app, word) : null
    if (flags.plan) return sayPlan(await app.sweeps.plan(document ?? kept!.document, true), output)
    const sweepId = kept ? await goOn(app, kept) : await launch(app, document, flags, output)
    const ended = await follow(app, sweepId, output)
    await backUpIfDue(app, output)
    return ended ? await sayResult(app, sweepId, output) : FAILED
  } finally {
    await app.close()
  }
}

/** Kept sweeps, newest first. */
export const sweeps = (flags: { library?: string }, output: Output) => withLibrary(flags.library, async (app) => {
  const [kept, runs] = await Promise.all([app.sweeps.list(), app.list()])
  const rows = kept.map(({ sweepId, name, arms, document, createdAt }) => {
    const own = runs.filter((run) => run.sweep?.sweepId === sweepId)
    const done = own.filter(({ status }) => status === 'done').length
    return [sweepId, name || '–', String(arms.length), String(document.seeds.length), `${done}/${own.length}`, createdAt]
  })
  const text = rows.length === 0 ? 'No sweeps yet.' : table([['Sweep', 'Name', 'Arms', 'Seeds', 'Done', 'Created'], ...rows])
  output.result(kept, text)
  return DONE
})

/** A sweep by its id. @throws BadInput where there is none */
export async function keptSweep(app: App, word: string): Promise<SweepRecord> {
  const kept = (await app.sweeps.list()).find(({ sweepId }) => sweepId === word)
  if (kept) return kept
  throw new BadInput(word, [{ path: '', found: 'no such file or sweep', allowed: 'a JSON file, or a kept sweep (list them with: chalcogen sweeps)' }])
}

/** Keeps it and queues its runs; answers its id. */
export async function launch(app: App, document: unknown, flags: SweepFlags, output: Output): Promise<string> {
  output.say(planLine(await app.sweeps.plan(document, true)))
  const sweepId = await app.sweeps.start(document)
  output.say(`Sweep ${sweepId} goes into ${libraryFile(flags.library)}`)
  return sweepId
}

/** Queued runs that no program works on any more, and those that were paused, stopped or cut off. */
export async function goOn(app: App, { sweepId }: SweepRecord): Promise<string> {
  await app.takeUpQueue()
  await app.sweeps.resume(sweepId)
  return sweepId
}

/** Shows its progress to the end. @returns false where it was interrupted from the keyboard */
export async function follow(app: App, sweepId: string, output: Output): Promise<boolean> {
  const hide = await showSweep(app, sweepId, output)
  const signals = ['SIGINT', 'SIGTERM'] as const
  let interrupt = () => {}
  const interrupted = new Promise<false>((resolve) => { interrupt = () => resolve(false) })
  for (const signal of signals) process.on(signal, interrupt)
  try {
    const ended = await Promise.race([interrupted, app.sweeps.finished(sweepId).then(() => true)])
    if (!ended) output.say(`Interrupted; what has run so far is kept, and goes on with: chalcogen sweep ${sweepId}`)
    return ended
  } finally {
    for (const signal of signals) process.off(signal, interrupt)
    hide()
  }
}

function sayPlan(plan: SweepPlan, output: Output): number {
  output.result(plan, [planLine(plan), '', table([['Arm', 'Label'], ...plan.arms.map(({ label }, arm) => [String(arm), label])])].join('\n'))
  return DONE
}

function planLine({ arms, runs, sequences, disk, time }: SweepPlan): string {
  const basis = { runs: 'by runs kept on this machine', probe: 'by a short probe' }
  const takes = time ? `about ${duration(time.seconds)} (${duration(time.low)} to ${duration(time.high)}), ${basis[time.basis]}` : 'of unknown time'
  return `${arms.length} arms, ${runs} runs, ${sequences} sequences; at most ${bytes(disk)} on disk; ${takes}`
}

async function sayResult(app: App, sweepId: string, output: Output): Promise<number> {
  const { name, arms, document } = (await app.sweeps.list()).find((one) => one.sweepId === sweepId)!
  const runs = (await app.list()).filter((run) => run.sweep?.sweepId === sweepId)
  const results = armResults(arms.map(({ label }) => label), document.halving !== null, runs)
  const rows = results.map(({ label, sample: { n, mean, sd }, epochs, failed }) =>
    [label, n === 0 ? '–' : significant(mean), significant(sd), String(n), String(epochs), String(failed)])
  const head = ['Arm', 'MSE, last 20', 'SD', 'n', 'Epochs', 'Failed']
  const told = results.map(({ runs: own, ...result }) => ({ ...result, runs: own.map(briefly) }))
  output.result({ sweepId, name, arms: told }, table([head, ...rows]))
  return runs.some(({ status }) => status === 'failed') ? FAILED : DONE
}

const briefly = ({ runId, seed, status, epochsDone, mseLast20, digest }: RunSummary) =>
  ({ runId, seed, status, epochsDone, mseLast20, digest })
