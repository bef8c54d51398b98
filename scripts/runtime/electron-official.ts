import { spawn } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { electronFolder } from './electron-installed.ts'

const attempts = 3
const minutesPerAttempt = 10

/**
 * Lets the electron package download its own runtime and check it; ELECTRON_MIRROR and ELECTRON_CACHE hold.
 * @param folder the electron package
 * @returns null, or in a few words why the runtime could not be had
 */
export async function installOfficial(folder = electronFolder, env = process.env): Promise<string | null> {
  // What the registry's runtime left is a link into the cache: unpacking through it would spoil the cache.
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

/** The line of a stack trace that tells a person what went wrong. */
export function reasonOf(stderr: string): string {
  return (/^\w*Error: (.+)$/m.exec(stderr)?.[1] ?? stderr.trim().split('\n')[0]).replace(/\.$/, '')
}
