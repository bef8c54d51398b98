import type { App, RunSummary } from '../app/app.ts'
import { backUpIfDue } from './backup.ts'
import { DONE, FAILED } from './failure.ts'
import { follow, resultOf } from './follow.ts'
import { describeRun } from './format.ts'
import type { Output } from './output.ts'
import { withLibrary } from './surroundings.ts'

interface Flags {
  library?: string
}

/** Resume a run from its last checkpoint and follow it to its end. */
export const resume = (runId: string, flags: Flags, output: Output) => withLibrary(flags.library, async (app) => {
  await app.resume(runId)
  return followToEnd(app, runId, output)
})

/** Run the spec of a run again, as a new run. */
export const retry = (runId: string, flags: Flags, output: Output) => withLibrary(flags.library, async (app) => {
  const newId = await app.retry(runId)
  output.say(`Run ${newId} started. It repeats run ${runId}.`)
  return followToEnd(app, newId, output)
})

/** Run all queued runs that no other program owns. */
export const queue = (flags: Flags, output: Output) => withLibrary(flags.library, async (app) => {
  const runIds = await app.adoptQueue()
  const ended: RunSummary[] = []
  for (const runId of runIds) ended.push(await follow(app, runId, (await app.get(runId)).summary.epochs, output))
  await backUpIfDue(app, output)
  output.result(ended.map(resultOf), ended.length === 0 ? 'No queued runs to start.' : ended.map(describeRun).join('\n\n'))
  return ended.every(({ status }) => status === 'done') ? DONE : FAILED
})

async function followToEnd(app: App, runId: string, output: Output): Promise<number> {
  const { summary: { epochs } } = await app.get(runId)
  const summary = await follow(app, runId, epochs, output)
  await backUpIfDue(app, output)
  output.result(resultOf(summary), describeRun(summary))
  return summary.status === 'done' ? DONE : FAILED
}
