import path from 'node:path'
import type { App } from './app.ts'

export interface Launch {
  /** Library given on the command line. */
  argument: string | undefined
  /** Library given by the environment: CHALCOGEN_LIBRARY. */
  environment: string | undefined
  /** Whether the library file exists. */
  exists: boolean
}

/** Whether this is the first start: the default library does not exist yet. Users who name a library know the application. */
export const isFirstStart = ({ argument, environment, exists }: Launch): boolean =>
  argument === undefined && !environment && !exists

/** Archive of finished runs that a first start shows. Created by scripts/make-example.ts. */
export const exampleFile = (resourcesDir: string): string => path.join(resourcesDir, 'example', 'runs.zip')

/**
 * Import the example runs into a new library. The application also starts without them.
 * @returns a warning if the import failed, else null
 */
export async function importExample(app: Pick<App, 'importRuns' | 'list' | 'noteVerified'>, resourcesDir: string): Promise<string | null> {
  try {
    await app.importRuns(exampleFile(resourcesDir))
    // A test computes the shipped runs.
    await app.noteVerified((await app.list()).map(({ runId }) => runId))
    return null
  } catch (error) {
    return `Could not import the example experiment: ${error instanceof Error ? error.message : String(error)}`
  }
}
