import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * System calls that change files. Opening is not among them: what it creates is seen by a kill at the call that follows it.
 */
const CALLS = [
  'write', 'writev', 'pwrite64', 'pwritev', 'fsync', 'fdatasync', 'ftruncate', 'fallocate', 'copy_file_range', 'sendfile', 'rename',
  'renameat', 'renameat2', 'link', 'linkat', 'unlink', 'unlinkat', 'rmdir', 'mkdir', 'mkdirat',
]

/** The nth call of a kind in one thread: strace counts for each thread and each kind. */
export interface KillPoint {
  call: string
  nth: number
}

/** Runs a command to its end. @returns strace's log, with the paths of open files */
export function record(command: string[], env: NodeJS.ProcessEnv): string {
  return strace(command, env, []).log
}

/** Runs a command that is killed as it enters a system call. @returns whether it was */
export const inject = (command: string[], env: NodeJS.ProcessEnv, { call, nth }: KillPoint): boolean =>
  strace(command, env, ['-e', `inject=${call}:signal=SIGKILL:when=${nth}`]).isKilled

/** Calls on files below these folders, and the points that kill at least one thread at one of them. */
export function changingCalls(log: string, folders: string[]): { calls: number; points: KillPoint[] } {
  const counts = new Map<string, number>()
  const points = new Map<string, KillPoint>()
  let calls = 0
  for (const [line, thread, call = ''] of log.matchAll(/^(\d+) +(\w+)\(.*$/gm)) {
    const nth = (counts.get(`${thread} ${call}`) ?? 0) + 1
    counts.set(`${thread} ${call}`, nth)
    if (!folders.some((folder) => line.includes(folder))) continue
    calls++
    points.set(`${call} ${nth}`, { call, nth })
  }
  return { calls, points: [...points.values()] }
}

function strace(command: string[], env: NodeJS.ProcessEnv, more: string[]): { log: string; isKilled: boolean } {
  const folder = mkdtempSync(join(tmpdir(), 'chalcogen-strace-'))
  const log = join(folder, 'log')
  try {
    const { signal } = spawnSync('strace', ['-f', '-qq', '-y', '-s', '0', '-o', log, '-e', `trace=${CALLS.join()}`, ...more, ...command], { env })
    return { log: readFileSync(log, 'utf8'), isKilled: signal === 'SIGKILL' }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
