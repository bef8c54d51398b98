import { dirname, join } from 'node:path'

const NEEDED_BY_PREBUILT = 10

/**
 * better-sqlite3's prebuilt binary crashes on a Node-API below 10 (Electron < 36): there its own build is used,
 * which the scripts put beside the sources, and in a package beside the archive. Undefined where the prebuilt one serves.
 */
export function nativeBinding(appPath: string, nodeApi = Number(process.versions.napi)): string | undefined {
  if (nodeApi >= NEEDED_BY_PREBUILT) return undefined
  return join(appPath.endsWith('.asar') ? dirname(appPath) : appPath, '.runtime', 'better_sqlite3.node')
}
