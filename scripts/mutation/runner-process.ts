import { type ChildProcess, fork } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Job, Outcome } from './runner.ts'

/** Timeout of one test. Long, because a busy machine must not fail a test: a mutant that hangs exceeds the limit of its job. */
const TEST_TIMEOUT_IN_MS = 600_000
const START_TIMEOUT_IN_MS = 120_000
/** Restart after this many jobs, to free memory. */
const JOBS_PER_PROCESS = 100

const script = join(import.meta.dirname, 'runner.ts')
const open = new Set<RunnerProcess>()

/** Vitest on one copy, in its own process. The process is replaced when it hangs. */
export class RunnerProcess {
  /** The copy. */
  readonly folder: string
  #child: ChildProcess | null = null
  #jobs = 0

  constructor(folder: string) {
    this.folder = folder
    open.add(this)
  }

  /** Runs test files up to the first failure. `timeout` where they take longer than `limit` (ms), or end Vitest. */
  async run(job: Job, limit: number): Promise<Outcome | 'timeout'> {
    if (this.#jobs >= JOBS_PER_PROCESS) this.kill()
    this.#jobs += 1
    this.#child ??= await this.#start()
    this.#child.send(job)
    const outcome = await reply<Outcome>(this.#child, limit)
    if (outcome === 'timeout') this.kill()
    return outcome
  }

  /** Kill the process and everything it started. */
  kill(): void {
    const pid = this.#child?.pid
    this.#child = null
    this.#jobs = 0
    if (pid === undefined) return
    try {
      process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL')
    } catch {
      // It has already ended.
    }
  }

  async #start(): Promise<ChildProcess> {
    // A temporary folder of its own: a mutant that deletes too much deletes only there.
    const temporary = join(this.folder, 'tmp')
    mkdirSync(temporary, { recursive: true })
    // Its own process group, so that kill also reaches what the tests started.
    const child = fork(script, [this.folder, String(TEST_TIMEOUT_IN_MS)], {
      cwd: this.folder, detached: true, stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      env: { ...process.env, TMPDIR: temporary, TEMP: temporary, TMP: temporary },
    })
    if (await reply(child, START_TIMEOUT_IN_MS) !== 'ready') throw new Error('Vitest did not start.')
    return child
  }
}

export const killAll = () => open.forEach((runner) => runner.kill())

function reply<Message>(child: ChildProcess, limit: number): Promise<Message | 'timeout'> {
  return new Promise((resolve) => {
    const end = (message: unknown) => {
      clearTimeout(timer)
      child.off('message', end).off('exit', onExit)
      resolve(message as Message | 'timeout')
    }
    const onExit = () => end('timeout')
    const timer = setTimeout(onExit, limit)
    child.on('message', end).on('exit', onExit)
  })
}
