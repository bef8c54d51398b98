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
/** Reference results, which the tests also use. */
export const goldenDir = inRoot('resources/golden')
/** C program that `bench` compares the engine with. Packages do not include it. */
export const baselineSource = inRoot('test/bench/baseline/baseline.c')

export const applicationVersion = (JSON.parse(readFileSync(inRoot('package.json'), 'utf8')) as { version: string }).version

/** The library file. @param file given by the user; without it, the default library */
export const libraryFile = (file?: string) => file ?? defaultLibraryFile()

/** Locations of everything except the library. */
export const appOptions = async (): Promise<Omit<AppOptions, 'libraryFile'>> => ({
  resourcesDir,
  workers: {
    library: new URL('src-main/library/library.worker.ts', root),
    engine: new URL('src-main/runs/engine.worker.ts', root),
    file: new URL('src-main/library/file.worker.ts', root),
    comparison: new URL('src-main/app/comparison.worker.ts', root),
  },
  kernels: await ensureKernels(),
  engineDigest: await engineDigest(),
  applicationVersion,
})

/** Open the application on a library, which is created if missing. */
export const openApp = async (file?: string, some: Pick<AppOptions, 'slots'> = {}): Promise<App> =>
  createApp({ ...await appOptions(), ...some, libraryFile: libraryFile(file) })

/** Open an existing library, use it, and always close it. @throws BadInput if it is missing */
export async function withLibrary<Result>(file: string | undefined, read: (app: App) => Promise<Result>): Promise<Result> {
  requireLibrary(file)
  const app = await openApp(file)
  try {
    return await read(app)
  } finally {
    await app.close()
  }
}

/** Path of an existing library. @throws BadInput if it is missing */
export function requireLibrary(file: string | undefined): string {
  const found = libraryFile(file)
  if (existsSync(found)) return found
  throw new BadInput(found, [{ path: '', rule: 'does not exist. Choose a library with --library FILE, or run chalcogen run SPEC to create one', found: '' }])
}
