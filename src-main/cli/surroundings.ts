import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { engineDigest } from '../../scripts/engine-digest.ts'
import { ensureKernels } from '../../scripts/kernels.ts'
import { type App, type AppOptions, createApp } from '../app/app.ts'
import { BadInput } from '../app/errors.ts'
import { defaultLibraryFile } from '../app/location.ts'

const root = new URL('../../', import.meta.url)
const inRoot = (name: string) => fileURLToPath(new URL(name, root))

export const resourcesDir = inRoot('resources')
/** Reference results, as the tests use them. */
export const goldenDir = inRoot('resources/golden')
/** The C program that `bench` compares with; a package has none. */
export const baselineSource = inRoot('test/bench/baseline/baseline.c')

export const applicationVersion = (JSON.parse(readFileSync(inRoot('package.json'), 'utf8')) as { version: string }).version

/** @param file the library, where the user names one */
export const libraryFile = (file?: string) => file ?? defaultLibraryFile()

/** Where everything but the library lies. */
export const appOptions = async (): Promise<Omit<AppOptions, 'libraryFile'>> => ({
  resourcesDir,
  workers: {
    library: new URL('src-main/library/library.worker.ts', root),
    engine: new URL('src-main/runs/engine.worker.ts', root),
    file: new URL('src-main/library/file.worker.ts', root),
  },
  kernels: await ensureKernels(),
  engineDigest: engineDigest(inRoot('src-engine')),
  applicationVersion,
})

/** The application on a library, which is created where missing. */
export const openApp = async (file?: string, some: Pick<AppOptions, 'slots'> = {}): Promise<App> =>
  createApp({ ...await appOptions(), ...some, libraryFile: libraryFile(file) })

/** Reads from a library that has to be there; closes it whatever happens. @throws BadInput where it is missing */
export async function withLibrary<Result>(file: string | undefined, read: (app: App) => Promise<Result>): Promise<Result> {
  requireLibrary(file)
  const app = await openApp(file)
  try {
    return await read(app)
  } finally {
    await app.close()
  }
}

/** @throws BadInput where it is missing */
export function requireLibrary(file: string | undefined): string {
  const found = libraryFile(file)
  if (existsSync(found)) return found
  throw new BadInput(found, [{ path: '', found: 'no such file', allowed: 'a library of earlier runs' }])
}
