import { spawn } from 'node:child_process'
import { setTimeout as delay } from 'node:timers/promises'

/** Waits for another program that installs packages, such as the daily updates of Ubuntu. */
const PATIENCE_MS = 600_000
const RETRY_MS = 3000

export interface AptResult {
  status: number
  /** Messages in English. */
  stderr: string
}

export interface AptOptions {
  run?: (args: string[]) => Promise<AptResult>
  say?: (message: string) => void
  patience?: number
  retryMs?: number
}

/** Whether apt failed because another program holds one of its locks. */
export const isLocked = ({ status, stderr }: AptResult): boolean => status !== 0
  && /could not get lock|unable to (?:acquire|lock)|is another process using it|held by process/i.test(stderr)
  && !/are you root|permission denied|read-only file system|no such file/i.test(stderr)

/**
 * Runs apt-get. Waits, and says so, while another program holds apt's lock.
 * @throws Error with apt's message if it fails for another reason, or if the lock is held for ten minutes
 */
export async function apt(args: string[], options: AptOptions = {}): Promise<void> {
  const { run = aptGet, say = console.log, patience = PATIENCE_MS, retryMs = RETRY_MS } = options
  const end = performance.now() + patience
  for (let tries = 0; ; tries++) {
    const result = await run(args)
    if (result.status === 0) return
    if (!isLocked(result) || performance.now() >= end) throw new Error(`apt-get ${args.join(' ')} failed:\n${result.stderr}`)
    if (tries === 0) say(`Another program uses apt. Waiting until it is done (at most ${Math.round(patience / 60_000)} min).${holderOf(result)}`)
    await delay(retryMs)
  }
}

/** The lock's owner, which apt names: 'It is held by process 812 (unattended-upgr)'. */
function holderOf({ stderr }: AptResult): string {
  const [, holder] = /held by (process \d+(?: \([^)]*\))?)/i.exec(stderr) ?? []
  return holder ? ` It is ${holder}.` : ''
}

function aptGet(args: string[]): Promise<AptResult> {
  const child = spawn('apt-get', args, {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C' }, stdio: ['ignore', 'ignore', 'pipe'],
  })
  let stderr = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => { stderr += text })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (status) => resolve({ status: status ?? 1, stderr }))
  })
}
