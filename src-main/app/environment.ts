import os from 'node:os'
import type { Environment } from '../contract/run.ts'

export { sqliteVersion } from '../library/sqlite-version.ts'

/** Collect versions and machine details, which every run stores. */
export function collectEnvironment(from: { applicationVersion: string; engineDigest: string; sqlite: string }): Environment {
  const cpus = os.cpus()
  return {
    application: from.applicationVersion,
    node: process.versions.node,
    electron: process.versions.electron ?? null,
    v8: process.versions.v8,
    sqlite: from.sqlite,
    os: `${os.type()} ${os.release()} ${os.arch()}`,
    cpu: cpus[0]?.model ?? 'unknown',
    cores: cpus.length,
    engineDigest: from.engineDigest,
  }
}
