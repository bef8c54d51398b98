import { existsSync } from 'node:fs'
import { diagnosticsText } from '../app/diagnostics.ts'
import { collectEnvironment, sqliteVersion } from '../app/environment.ts'
import { LibraryError } from '../app/errors.ts'
import { redactor } from '../app/log/log.ts'
import { DONE } from './failure.ts'
import type { Output } from './output.ts'
import { appOptions, libraryFile, withLibrary } from './surroundings.ts'

const program = { build: 'command line' }

/** Print what a report of an error needs, even if there is no library or it cannot be opened. */
export async function diagnostics(flags: { library?: string }, output: Output): Promise<number> {
  const text = await textOf(flags.library, output)
  output.result({ text }, text.trimEnd())
  return DONE
}

async function textOf(file: string | undefined, output: Output): Promise<string> {
  if (!existsSync(libraryFile(file))) return without('There is no library yet.', output)
  try {
    return await withLibrary(file, output, (app) => app.diagnostics(program))
  } catch (error) {
    if (!(error instanceof LibraryError)) throw error
    return without(`The library could not be opened (${error.code}). ${error.message}`, output)
  }
}

const without = (library: string, { log }: Output) => diagnosticsText({
  environment: collectEnvironment({ ...appOptions(), sqlite: sqliteVersion() }), program, library, log, redact: redactor(),
})
