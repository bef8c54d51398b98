import { dirname, join } from 'node:path'

const NEEDED_BY_PREBUILT = 10

/**
 * Path of our own build of better-sqlite3; undefined if the prebuilt binary works. The prebuilt binary crashes on a Node-API
 * below 10 (Electron < 36). Our build lies next to the sources, or next to the archive in a package.
 */
export function nativeBinding(appPath: string, nodeApi = Number(process.versions.napi)): string | undefined {
  if (nodeApi >= NEEDED_BY_PREBUILT) return undefined
  return join(appPath.endsWith('.asar') ? dirname(appPath) : appPath, '.runtime', 'better_sqlite3.node')
}
