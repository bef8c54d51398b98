import type { App, RunSummary } from '../app/app.ts'
import { counted, duration, significant } from './format.ts'
import type { Output } from './output.ts'

/** Time between two lines if they cannot overwrite each other. */
const SPARSE_MS = 5000
const LIVE_MS = 250

/** Show a sweep's finished runs, rate and remaining time until the returned function is called. */
export async function showSweep(app: App, sweepId: string, output: Output): Promise<() => void> {
  const isOwn = ({ sweep }: RunSummary) => sweep?.sweepId === sweepId
  const runs = new Map((await app.list()).filter(isOwn).map((run) => [run.runId, run]))
  const stopListening = app.events.on('run.changed', ({ summary }) => { if (isOwn(summary)) runs.set(summary.runId, summary) })
  const show = async () => {
    const line = describe([...runs.values()], app.live().map(({ progress }) => progress), await app.queue.secondsLeft())
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

type Live = readonly { sequencesPerSecond: number }[]

function describe(runs: readonly RunSummary[], live: Live, secondsLeft: number | null): string {
  const of = (status: RunSummary['status']) => runs.filter((run) => run.status === status).length
  const parts = [`${of('done')} of ${counted(runs.length, 'run')} finished`, `${of('running')} running`]
  if (of('failed') > 0) parts.push(`${of('failed')} failed`)
  if (of('stopped') > 0) parts.push(`${of('stopped')} stopped`)
  const rate = live.reduce((sum, { sequencesPerSecond }) => sum + sequencesPerSecond, 0)
  if (rate > 0) parts.push(`${significant(rate)} sequences/s`)
  if (secondsLeft !== null && secondsLeft > 0) parts.push(`${duration(secondsLeft)} left`)
  return parts.join(', ')
}
