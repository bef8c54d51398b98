import path from 'node:path'
import type { App } from './app.ts'

export interface Beginning {
  /** The library that was named on the command line. */
  asked: string | undefined
  /** The library that the environment names: CHALCOGEN_LIBRARY. */
  named: string | undefined
  /** Whether the library's file is there already. */
  isThere: boolean
}

/** Whether somebody opens the application for the first time: the usual library is about to be made. Who names one knows. */
export const isFirstStart = ({ asked, named, isThere }: Beginning): boolean => asked === undefined && !named && !isThere

/** The archive of finished runs that are shown at a first start; scripts/make-example.ts makes it. */
export const exampleFile = (resourcesDir: string): string => path.join(resourcesDir, 'example', 'runs.zip')

/**
 * Takes the example's runs into a new library. A start goes on without them.
 * @returns what has to be said where that failed, else null
 */
export async function takeInExample(app: Pick<App, 'importRuns'>, resourcesDir: string): Promise<string | null> {
  try {
    await app.importRuns(exampleFile(resourcesDir))
    return null
  } catch (error) {
    return `The example experiment could not be taken in: ${error instanceof Error ? error.message : String(error)}`
  }
}
