import { join } from 'node:path'

const NEEDED_BY_PREBUILT = 10

/**
 * better-sqlite3's prebuilt binary crashes on a Node-API below 10 (Electron < 36): there its own build is used,
 * which the scripts put beside the sources. Undefined where the prebuilt one serves.
 */
export function nativeBinding(appPath: string, nodeApi = Number(process.versions.napi)): string | undefined {
  return nodeApi >= NEEDED_BY_PREBUILT ? undefined : join(appPath, '.runtime', 'better_sqlite3.node')
}
