import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { runCommand } from '../../src-main/cli/run-command.ts'
import { ensureCommandLine } from '../command-line.ts'
import { provideEngineDigest } from '../engine-digest.ts'
import { root } from '../runtime/paths.ts'

export interface Ended {
  code: number | null
  signal: NodeJS.Signals | null
  out: string
  err: string
}

/** A command of Chalcogen on one library. */
export interface Place {
  folder: string
  library: string
}

const program = await ensureCommandLine()
await provideEngineDigest()
const env = { ...process.env, NODE_COMPILE_CACHE: join(root, 'node_modules/.cache/node') }
const running = new Set<ChildProcess>()

/** Ends all commands that still run. */
export function killAll(): void {
  for (const child of running) child.kill('SIGKILL')
}

/** Starts a command as a process of its own, which Ctrl+C in this terminal does not reach. */
export function start(args: readonly string[], { folder, library }: Place): { child: ChildProcess; ended: Promise<Ended> } {
  const child = spawn(process.execPath, [program, ...args, '--json', '--library', library], {
    cwd: folder, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'],
  })
  running.add(child)
  const written = { out: '', err: '' }
  child.stdout.on('data', (text: Buffer) => { written.out += text.toString() })
  child.stderr.on('data', (text: Buffer) => { written.err += text.toString() })
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code, signal) => {
      running.delete(child)
      resolve({ code, signal, ...written })
    })
  })
  return { child, ended }
}

/** Runs a short command in this process, which saves the start of another one. One at a time. */
export async function inside(args: readonly string[], { library }: Place): Promise<Ended> {
  const written = { out: '', err: '' }
  const code = await runCommand([...args, '--json', '--library', library], {
    isLive: false,
    writeOut: (text) => { written.out += text },
    writeError: (text) => { written.err += text },
  })
  return { code, signal: null, ...written }
}

/** What no user should ever read: a code of SQLite, a lock, an error with its stack. */
const unwanted = /SQLITE_|\blocked\b|^\s+at .+:\d+:\d+/m

/** Words of a command that should not have reached its user; null if there are none. */
export function unwantedWords({ out, err }: Ended): string | null {
  const text = `${err}\n${out}`
  return text.split('\n').find((line) => unwanted.test(line))?.trim() ?? null
}
