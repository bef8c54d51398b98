import { spawn } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { electronFolder } from './electron-installed.ts'

const attempts = 3
const minutesPerAttempt = 10

/**
 * Runs the installer of the electron package, which downloads and verifies its runtime. It uses ELECTRON_MIRROR and ELECTRON_CACHE.
 * @param folder folder of the electron package
 * @returns null, or a short reason why the runtime could not be installed
 */
export async function installOfficial(folder = electronFolder, env = process.env): Promise<string | null> {
  // The registry's runtime leaves a link into the cache. Unpacking through it would overwrite the cached files.
  rmSync(join(folder, 'dist'), { recursive: true, force: true })
  let reason: string | null = null
  for (let attempt = 1; attempt <= attempts; attempt++) {
    reason = await tryOnce(join(folder, 'install.js'), env)
    if (reason === null) return null
    if (attempt < attempts) await wait(500 * attempt)
  }
  return reason
}

function tryOnce(installer: string, env: NodeJS.ProcessEnv): Promise<string | null> {
  const child = spawn(process.execPath, [installer], {
    env: { ...env, ...(env.ELECTRON_CACHE && { electron_config_cache: env.ELECTRON_CACHE }) },
    stdio: ['ignore', 'inherit', 'pipe'], timeout: minutesPerAttempt * 60_000,
  })
  let stderr = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => {
      resolve(code === 0 ? null : reasonOf(stderr) || `no answer within ${minutesPerAttempt} minutes`)
    })
  })
}

/** Error message of a stack trace, or its first line. */
export function reasonOf(stderr: string): string {
  return (/^\w*Error: (.+)$/m.exec(stderr)?.[1] ?? stderr.trim().split('\n')[0]!).replace(/\.$/, '')
}
