import { existsSync, readFileSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
import { packageFolder, packageVersion } from './paths.ts'

export interface InstalledElectron {
  version: string
  /** Path of the program itself. A link does not work, because Electron looks for its files next to its own path. */
  executable: string
  source: 'official' | 'registry'
}

export const electronFolder = packageFolder('electron')
export const officialVersion = () => packageVersion('electron')

/** The Electron that electron-vite and Playwright would start now, from `path.txt` and `dist` in the electron package. Null if incomplete. */
export function installedElectron(folder = electronFolder): InstalledElectron | null {
  try {
    const version = readFileSync(join(folder, 'dist/version'), 'utf8').trim().replace(/^v/, '')
    const program = join(folder, 'dist', readFileSync(join(folder, 'path.txt'), 'utf8'))
    if (!existsSync(program)) return null
    const { version: official } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string }
    return { version, executable: realpathSync(program), source: version === official ? 'official' : 'registry' }
  } catch {
    return null
  }
}
