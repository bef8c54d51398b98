import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const program = fileURLToPath(new URL('../../../src-main/cli/chalcogen.ts', import.meta.url))

export interface Ended {
  code: number | null
  out: string
  err: string
}

/** The real command line as a process of its own. */
export const start = (args: string[], cwd: string, library: string, env: NodeJS.ProcessEnv = {}): ChildProcess =>
  spawn(process.execPath, [program, ...args], { cwd, env: { ...process.env, CHALCOGEN_LIBRARY: library, ...env } })

export function end(child: ChildProcess): Promise<Ended> {
  const ended = { out: '', err: '' }
  child.stdout!.on('data', (text: Buffer) => { ended.out += text.toString() })
  child.stderr!.on('data', (text: Buffer) => { ended.err += text.toString() })
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, ...ended })))
}
