import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { onTestFinished, type TestContext } from 'vitest'
import type { CheckReport } from '../../src-main/app/app.ts'
import { temporaryFolder } from '../fixtures/temporary-folder.ts'
import { inProcess } from '../integration/cli/program.ts'

export { busy, openApp, source, startRun } from '../fixtures/application.ts'
export { temporaryFolder } from '../fixtures/temporary-folder.ts'

export { thorough } from '../fixtures/thorough.ts'

/** Runs `chalcogen check`. */
export async function check(library: string, ...more: string[]): Promise<CheckReport> {
  const { out, err } = await inProcess(['check', '--json', ...more], dirname(library), library)
  if (out === '') throw new Error(err)
  return JSON.parse(out) as CheckReport
}

/** Starts a fixture as a separate process. */
export function startProcess(fixture: string, args: string[], env: NodeJS.ProcessEnv = {}): ChildProcess {
  const child = spawn(process.execPath, [fileURLToPath(new URL(`fixtures/${fixture}`, import.meta.url)), ...args], {
    stdio: ['pipe', 'pipe', 'inherit'], env: { ...process.env, ...env },
  })
  onTestFinished(() => { child.kill('SIGKILL') })
  return child
}

export const exitOf = (child: ChildProcess) => new Promise<void>((resolve) => {
  if (child.exitCode !== null || child.signalCode !== null) resolve()
  else child.once('close', () => resolve())
})

/** Resolves with the first output line that `wanted` accepts. Rejects if the process ends before. */
export function lineOf(child: ChildProcess, wanted: (line: string) => boolean): Promise<string> {
  return new Promise((resolve, reject) => {
    let rest = ''
    child.stdout!.on('data', (text: Buffer) => {
      const lines = (rest + text.toString()).split('\n')
      rest = lines.pop()!
      const line = lines.find(wanted)
      if (line !== undefined) resolve(line)
    })
    child.once('close', () => reject(new Error('the process ended before it printed the expected line')))
  })
}

declare module 'vitest' {
  interface TaskMeta {
    /** Why the test was skipped. */
    reason?: string
  }
}

/** Ends the test as skipped, with the reason in the report. */
export function skipFor(reason: string, { task, skip }: TestContext): never {
  task.meta.reason = reason
  return skip(reason)
}

/** Mounts a small disk. Returns its folder, or why it cannot be mounted. */
export function smallDisk(megabytes: number): { folder: string } | { reason: string } {
  const folder = temporaryFolder()
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${Math.round(megabytes * 1024)}k`, 'chalcogen-test', folder])
  if (mounted.status !== 0) return { reason: 'only root on Linux can mount a small disk' }
  onTestFinished(() => { spawnSync('umount', ['-l', folder]) })
  return { folder }
}

/** Fills the disk. @returns a function that frees the space again */
export function fillUp(folder: string): () => void {
  const filler = join(folder, 'filler')
  for (let size = 4 * 2 ** 20; size >= 512; size /= 2) {
    for (;;) {
      try {
        writeFileSync(filler, Buffer.alloc(size, 1), { flag: 'a' })
      } catch {
        break
      }
    }
  }
  return () => rmSync(filler)
}
