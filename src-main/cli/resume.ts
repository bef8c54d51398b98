import { counted } from '../../src-engine/format/words.ts'
import type { App } from '../app/app.ts'
import { backUpIfDue } from './backup.ts'
import { endedRuns, exitCodeOfRuns, follow, isUnfinished, resultOf, savedText } from './follow.ts'
import { describeRun } from './format.ts'
import type { Output } from './output.ts'
import { showRuns } from './runs-line.ts'
import { libraryFile, withLibrary } from './surroundings.ts'

interface Flags {
  library?: string
}

/** Resume a run from its last checkpoint and follow it to its end. */
export const resume = (runId: string, flags: Flags, output: Output) => withLibrary(flags.library, output, async (app) => {
  await app.resume(runId)
  return followToEnd(app, runId, output)
}, { trains: 'stopped' })

/** Run the spec of a run again, as a new run. */
export const retry = (runId: string, flags: Flags, output: Output) => withLibrary(flags.library, output, async (app) => {
  const newId = await app.retry(runId)
  output.say(`Run ${newId} started. It repeats run ${runId}.`)
  return followToEnd(app, newId, output)
}, { trains: 'stopped' })

/** Run all queued runs that no other program owns. */
export const queue = (flags: Flags, output: Output) => withLibrary(flags.library, output, async (app) => {
  const listEnded = endedRuns(app)
  const runIds = await app.adoptQueue()
  if (runIds.length > 0) output.say(`Running ${counted(runIds.length, 'queued run')}. Library: ${libraryFile(flags.library)}`)
  await followAll(app, runIds, output)
  const places = new Map(runIds.map((runId, place) => [runId, place]))
  const ended = (await listEnded(({ runId }) => places.has(runId))).sort((a, b) => places.get(a.runId)! - places.get(b.runId)!)
  for (const summary of ended.filter(isUnfinished)) output.say(savedText(summary))
  await backUpIfDue(app, output)
  output.result(ended.map(resultOf), ended.length === 0 ? 'No queued runs to start.' : ended.map(describeRun).join('\n\n'))
  return exitCodeOfRuns(ended)
}, { trains: 'interrupted' })

async function followToEnd(app: App, runId: string, output: Output): Promise<number> {
  const summary = await follow(app, runId, output)
  await backUpIfDue(app, output)
  output.result(resultOf(summary), describeRun(summary))
  return exitCodeOfRuns([summary])
}

/** Show the progress of runs until all have ended or a signal has stopped them. */
async function followAll(app: App, runIds: readonly string[], output: Output): Promise<void> {
  const own = new Set(runIds)
  const hide = await showRuns(app, ({ runId }) => own.has(runId), output)
  try {
    await Promise.race([finishedAll(app, runIds), output.interruption.stopped])
  } finally {
    hide()
  }
}

/** Also waits for the later rounds of successive halving that the runs enter. */
async function finishedAll(app: App, runIds: readonly string[]): Promise<void> {
  const ended = await Promise.all(runIds.map((runId) => app.finished(runId)))
  for (const sweepId of new Set(ended.flatMap(({ sweep }) => sweep?.sweepId ?? []))) await app.sweeps.finished(sweepId)
}
