import { readFileSync } from 'node:fs'

/** Reason why Chromium's sandbox cannot work for this user on this system; null if it can. */
export function sandboxObstacle(
  platform = process.platform, uid = process.getuid?.(), setting: (name: string) => string | null = readSetting,
): string | null {
  if (platform !== 'linux') return null
  if (uid === 0) return 'the user is root'
  const restricted = setting('kernel/apparmor_restrict_unprivileged_userns') === '1'
    || setting('kernel/unprivileged_userns_clone') === '0'
  return restricted ? 'this system restricts user namespaces' : null
}

/** Sandbox arguments for Electron. Logs the reason if the sandbox is off. */
export function sandboxArguments(): string[] {
  const obstacle = sandboxObstacle()
  if (obstacle === null) return []
  console.log(`Chromium's sandbox is off because ${obstacle}.`)
  return ['--no-sandbox']
}

/** Environment in which tools start Electron as an application. */
export function desktopEnvironment(env = process.env): NodeJS.ProcessEnv {
  const clean: NodeJS.ProcessEnv = { ...env, ...(sandboxObstacle() !== null && { NO_SANDBOX: '1' }) }
  delete clean.ELECTRON_RUN_AS_NODE
  return clean
}

function readSetting(name: string): string | null {
  try {
    return readFileSync(`/proc/sys/${name}`, 'utf8').trim()
  } catch {
    return null
  }
}
