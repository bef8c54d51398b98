import { formatDuration } from '../../src-engine/format/durations.ts'
import { formatNumber } from '../../src-engine/format/numbers.ts'
import { counted } from '../../src-engine/format/words.ts'
import { type Round, roundsOf } from '../../src-engine/sweep/halving.ts'
import type { App, RunSummary, SweepRecord } from '../app/app.ts'
import { isHalved } from '../app/sweeps.ts'
import type { Output } from './output.ts'
import type { LineProgress } from './progress-line.ts'

/** Time between two lines if they cannot overwrite each other. */
const SPARSE_MS = 5000
const LIVE_MS = 250

/** Show a sweep's finished runs, its round, rate and remaining time until the returned function is called. */
export async function showSweep(app: App, sweepId: string, output: Output): Promise<() => void> {
  const record = (await app.sweeps.list()).find((one) => one.sweepId === sweepId)
  return showRuns(app, ({ sweep }) => sweep?.sweepId === sweepId, output, record)
}

/** Show how many of the chosen runs are finished, their rate and remaining time until the returned function is called. */
export async function showRuns(
  app: App, isOwn: (run: RunSummary) => boolean, output: Output, sweep?: SweepRecord,
): Promise<() => void> {
  const runs = new Map((await app.list()).filter(isOwn).map((run) => [run.runId, run]))
  const rounds = sweep ? roundsIn(sweep, [...runs.values()]) : []
  const stopListening = app.events.on('run.changed', ({ summary }) => { if (isOwn(summary)) runs.set(summary.runId, summary) })
  const show = async () => {
    const secondsLeft = await app.queue.secondsLeft()
    const line = describeRuns([...runs.values()], rounds, app.live().map(({ progress }) => progress), secondsLeft)
    if (output.live) output.overwrite(line)
    else output.say(line)
  }
  const timer = setInterval(() => void show().catch(() => {}), output.live ? LIVE_MS : SPARSE_MS)
  return () => {
    stopListening()
    clearInterval(timer)
    if (output.live) output.overwrite('')
  }
}

/** Rounds of successive halving; none if the sweep runs every arm to its end. */
const roundsIn = ({ document, arms }: SweepRecord, [first]: readonly RunSummary[]): Round[] =>
  (document.halving === null || first === undefined ? [] : roundsOf(document.halving, arms.length, first.epochs))

type LineRun = Pick<RunSummary, 'status' | 'epochsDone' | 'error'>

/** @param secondsLeft of all runs; null if unknown */
export function describeRuns(
  runs: readonly LineRun[], rounds: readonly Round[], live: readonly LineProgress[], secondsLeft: number | null,
): string {
  const count = (chosen: (run: LineRun) => boolean) => runs.filter(chosen).length
  const parts = rounds.length > 0
    ? [describeRound(runs, rounds)]
    : [`${count(({ status }) => status === 'done')} of ${counted(runs.length, 'run')} finished`]
  const numbers: [number, string][] = [
    [count(({ status }) => status === 'running'), 'running'],
    [count(({ status }) => status === 'failed'), 'failed'],
    [count((run) => run.status === 'stopped' && isHalved(run)), 'stopped early'],
    [count((run) => run.status === 'stopped' && !isHalved(run)), 'stopped'],
  ]
  parts.push(...numbers.filter(([number, word]) => number > 0 || word === 'running').map(([number, word]) => `${number} ${word}`))
  const waiting = live.filter((progress) => progress.waiting !== null)
  if (waiting.length > 0) return `${[...parts, `${waiting.length} waiting`].join(', ')}. ${waiting[0]!.waiting}`
  const rate = live.reduce((sum, { sequencesPerSecond }) => sum + sequencesPerSecond, 0)
  if (rate > 0) parts.push(`${formatNumber(rate)} sequences/s`)
  if (secondsLeft !== null && secondsLeft > 0) parts.push(`${formatDuration(secondsLeft)} left`)
  return parts.join(', ')
}

/** 'round 1 of 3 (25 epochs): 4 of 12 runs finished' */
function describeRound(runs: readonly LineRun[], rounds: readonly Round[]): string {
  const current = currentRound(runs, rounds)
  const { epochs } = rounds[current]!
  const own = runs.filter((run) => !isHalved(run) || run.epochsDone >= epochs)
  const finished = own.filter((run) => run.epochsDone >= epochs || run.status === 'done')
  return `round ${current + 1} of ${rounds.length} (${counted(epochs, 'epoch')}): ${finished.length} of ${counted(own.length, 'run')} finished`
}

/** Index of the round that runs are in. Between two rounds, all runs wait at the end of the last one. */
function currentRound(runs: readonly LineRun[], rounds: readonly Round[]): number {
  const open = runs.filter(isOpen)
  if (open.length > 0) return Math.min(...open.map((run) => roundOf(run, rounds)))
  const waiting = runs.filter(({ status }) => status === 'paused')
  return waiting.length > 0 ? Math.max(0, Math.min(...waiting.map((run) => roundOf(run, rounds))) - 1) : rounds.length - 1
}

/** Whether a run has not ended its current round. */
const isOpen = ({ status }: LineRun) => status === 'queued' || status === 'running' || status === 'interrupted'

/** Index of the round that a run is in. One that has reached the end of a round has entered the next. */
const roundOf = ({ epochsDone }: LineRun, rounds: readonly Round[]) => {
  const index = rounds.findIndex(({ epochs }) => epochs > epochsDone)
  return index < 0 ? rounds.length - 1 : index
}
