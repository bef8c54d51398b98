import { spawnSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { electronFolder, officialVersion } from './electron-installed.ts'

const attempts = 3
const attemptLimit = 10 * 60_000

/**
 * Lets the electron package download its own runtime, checksums included; ELECTRON_MIRROR and ELECTRON_CACHE hold.
 * @returns null, or in a few words why there is none
 */
export async function installOfficial(): Promise<string | null> {
  // A folder left by the registry's runtime is a link into the cache: unpacking through it would spoil the cache.
  rmSync(join(electronFolder, 'dist'), { recursive: true, force: true })
  console.log(`Fetching Electron ${officialVersion()} …`)
  let reason = ''
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const child = spawnSync(process.execPath, [join(electronFolder, 'install.js')], {
      stdio: ['ignore', 'inherit', 'pipe'], encoding: 'utf8', timeout: attemptLimit,
    })
    if (child.status === 0) return null
    reason = reasonOf(child.stderr) || `it took more than ${attemptLimit / 60_000} minutes`
    if (attempt < attempts) await wait(1000 * attempt)
  }
  return reason
}

/** The one line of a stack trace that tells a person what went wrong. */
export function reasonOf(stderr: string): string {
  const cause = /\[cause\]: (?:\w*Error: )?(.+)/.exec(stderr)?.[1] ?? /^\s*(?:\w*Error): (.+)$/m.exec(stderr)?.[1]
  return (cause ?? stderr.trim().split('\n')[0]).trim()
}
