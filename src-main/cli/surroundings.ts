import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type App, type AppOptions, createApp } from '../app/app.ts'
import { BadInput } from '../app/errors.ts'
import { defaultLibraryFile, readyLibrary } from '../app/location.ts'
import { programFile } from '../threads/program-files.ts'
import { threadFiles } from '../threads/thread-files.ts'
import type { Output } from './output.ts'
import { typedFile } from './paths.ts'

const root = new URL('../../', import.meta.url)
const inRoot = (name: string) => fileURLToPath(new URL(name, root))

export const resourcesDir = inRoot('resources')
/** Reference results, which the tests also use. */
export const goldenDir = inRoot('resources/golden')
/** C program that `bench` compares the engine with. Packages do not include it. */
export const baselineSource = inRoot('test/bench/baseline/baseline.c')

export const applicationVersion = (JSON.parse(readFileSync(inRoot('package.json'), 'utf8')) as { version: string }).version

/** The library file, ready to open. @param file given by the user; without it, the default library. @throws BadInput if it names a folder */
export const libraryFile = (file?: string) => readyLibrary(typedFile(file ?? defaultLibraryFile(), 'library.chalcogen'))

/** The engine's compiled kernels, which the build makes. */
export const kernels = inRoot('out/kernels/kernels.wasm')

/** Locations of everything except the library. */
export const appOptions = (): Omit<AppOptions, 'libraryFile'> => ({
  resourcesDir,
  workers: threadFiles(programFile),
  kernels,
  engineDigest: __ENGINE_DIGEST__,
  applicationVersion,
})

export interface Opening {
  /** Number of parallel runs; by default one per core. */
  slots?: number
  /** Status of the runs that a signal ends. By default, no run is started. */
  trains?: 'interrupted' | 'stopped'
}

/** How long a command may take to end after a signal has stopped its work, ms: to report what is saved, or to cancel a task. */
const PATIENCE_MS = { trains: 5000, other: 300 }

/**
 * Open the application on a library, which is created if missing, use it, and always close it. Its notices go to standard error.
 * A signal ends its runs with a checkpoint, cancels its tasks, and makes `use` reject soon if it does not end.
 */
export async function withApp<Result>(
  file: string | undefined, output: Output, use: (app: App) => Promise<Result>, { slots, trains }: Opening = {},
): Promise<Result> {
  const app = await createApp({ ...appOptions(), slots, libraryFile: libraryFile(file), log: output.log })
  sayNotices(app, output)
  const { interruption } = output
  const dropStop = interruption.onStop(() => {
    if (trains) output.say('Stopping, and saving checkpoints. Repeat the signal or Ctrl+C to end at once.')
    return app.interrupt(trains ?? 'interrupted')
  })
  try {
    return await interruption.unless(use(app), trains ? PATIENCE_MS.trains : PATIENCE_MS.other)
  } finally {
    await app.close()
    dropStop()
  }
}

/** Print the notices of the library. A run that waits repeats its own with every attempt to write: once is enough. */
function sayNotices(app: App, output: Output): void {
  const said = new Set<string>()
  app.events.on('library.notice', ({ level, message }) => {
    if (level === 'info') said.clear()
    if (!said.has(message)) output.say(message)
    said.add(message)
  })
}

/** Run a task on a closed library. A signal aborts it. */
export async function cancellable<Result>(
  { interruption }: Output, work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const abort = new AbortController()
  const working = work(abort.signal)
  const dropStop = interruption.onStop(() => {
    abort.abort()
    return working.catch(() => {})
  })
  try {
    return await interruption.unless(working, PATIENCE_MS.other)
  } finally {
    dropStop()
  }
}

/** Like `withApp`, for a library that must exist. @throws BadInput if it is missing */
export async function withLibrary<Result>(
  file: string | undefined, output: Output, use: (app: App) => Promise<Result>, opening: Opening = {},
): Promise<Result> {
  requireLibrary(file)
  return withApp(file, output, use, opening)
}

/** Path of an existing library. @throws BadInput if it is missing */
export function requireLibrary(file: string | undefined): string {
  const found = libraryFile(file)
  if (existsSync(found)) return found
  throw new BadInput(found, [{ path: '', rule: 'does not exist. Choose a library with --library FILE, or run chalcogen run SPEC to create one', found: '' }])
}
