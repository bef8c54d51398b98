import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import type { App, RunSummary } from '../app/app.ts'
import { writeFileAtomically } from '../app/files.ts'
import { withOverrides } from '../app/overrides.ts'
import { prepareSpec } from '../app/prepare.ts'
import { readSpecSource } from '../app/spec-source.ts'
import { warningsOf } from '../app/warnings.ts'
import { DONE, FAILED } from './failure.ts'
import { describeRun } from './format.ts'
import type { Output } from './output.ts'
import { showProgress } from './progress-line.ts'
import { libraryFile, openApp, resourcesDir } from './surroundings.ts'

export interface RunFlags {
  seed?: string
  set: string[]
  library?: string
  /** A file, or true for the usual place. */
  figure?: string | true
}

/** Runs one experiment to its end. Nothing is opened before the whole spec has been found good. */
export async function run(word: string, flags: RunFlags, output: Output): Promise<number> {
  const spec = await readSpec(word, flags)
  for (const { path, message } of warningsOf(spec)) output.say(`${path}: ${message}`)
  const app = await openApp(flags.library)
  try {
    const runId = await app.start(spec)
    output.say(`Run ${runId} goes into ${libraryFile(flags.library)}`)
    const summary = await follow(app, runId, spec.training.epochs, output)
    const figure = flags.figure ? await saveFigure(app, runId, flags) : null
    if (figure) output.say(`Figure: ${figure}`)
    output.result({ ...resultOf(summary), ...(figure && { figure }) }, describeRun(summary))
    return summary.status === 'done' ? DONE : FAILED
  } finally {
    await app.close()
  }
}

async function readSpec(word: string, { seed, set }: RunFlags) {
  const { document, ...origin } = await readSpecSource(word, { resourcesDir, cwd: process.cwd() })
  const assignments = seed === undefined ? set : [...set, `seed=${seed}`]
  return prepareSpec(withOverrides(document, assignments), { ...origin, resourcesDir })
}

/** Shows the run until it has ended; an interrupt from the keyboard stops it, and what was learned is kept. */
async function follow(app: App, runId: string, epochs: number, output: Output): Promise<RunSummary> {
  const stop = () => {
    output.say('Stopping; what has run so far is kept.')
    void app.stop(runId)
  }
  const hideProgress = showProgress(app.events, runId, epochs, output)
  const signals = ['SIGINT', 'SIGTERM'] as const
  for (const signal of signals) process.on(signal, stop)
  try {
    return await app.finished(runId)
  } finally {
    for (const signal of signals) process.off(signal, stop)
    hideProgress()
  }
}

async function saveFigure(app: App, runId: string, { figure, library }: RunFlags): Promise<string> {
  const usual = path.join(path.dirname(libraryFile(library)), 'figures', `${runId}.svg`)
  const file = path.resolve(typeof figure === 'string' ? figure : usual)
  await mkdir(path.dirname(file), { recursive: true })
  await writeFileAtomically(file, await app.figure(runId))
  return file
}

function resultOf(summary: RunSummary): object {
  const { runId, status, preset, scheme, seed, epochs, epochsDone, sequences, error } = summary
  const { mse, mseLast20, meanRateHz, ledger, secondsPerSequence, digest } = summary
  return {
    runId, status, preset, scheme, seed, epochs, epochsDone, sequences,
    mse, mseLast20, meanRateHz, ledger, secondsPerSequence, digest, error,
  }
}
