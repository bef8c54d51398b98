import os from 'node:os'
import path from 'node:path'

interface Host {
  platform: NodeJS.Platform
  home: string
  env: Record<string, string | undefined>
}

const thisHost = (): Host => ({ platform: process.platform, home: os.homedir(), env: process.env })

/** Where the library lies unless the user says otherwise: CHALCOGEN_LIBRARY, or the platform's place for a user's data. */
export function defaultLibraryFile(host: Host = thisHost()): string {
  return host.env.CHALCOGEN_LIBRARY || path.join(userDataDir(host), 'library.chalcogen')
}

function userDataDir({ platform, home, env }: Host): string {
  if (platform === 'win32') return path.join(env.APPDATA || path.join(home, 'AppData', 'Roaming'), 'Chalcogen')
  if (platform === 'darwin') return path.join(home, 'Library', 'Application Support', 'Chalcogen')
  return path.join(env.XDG_DATA_HOME || path.join(home, '.local', 'share'), 'chalcogen')
}
