import { type ChildProcess, spawn } from 'node:child_process'
import { constants, setPriority } from 'node:os'
import { packageCommand, root } from './paths.ts'

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** Runs a command in the project's folder on this terminal; resolves to its exit code. */
export const run = (command: string, args: string[], env: NodeJS.ProcessEnv = process.env): Promise<number> =>
  exitCodeOf(spawn(command, args, { cwd: root, env, stdio: 'inherit' }))

/** Runs a command in the project's folder on what other programs leave of the cores. Keeps what it writes, both streams in one text. */
export async function runAside(
  command: string, args: string[], env: NodeJS.ProcessEnv = process.env,
): Promise<{ exitCode: number, output: string }> {
  const child = spawn(command, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] })
  if (child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_BELOW_NORMAL)
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => { output += text })
  return { exitCode: await exitCodeOf(child), output }
}

/** Signals sent to this process are passed on to the child. */
function exitCodeOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    const forward = (signal: NodeJS.Signals) => child.kill(signal)
    for (const signal of signals) process.on(signal, forward)
    child.once('error', reject)
    child.once('close', (code) => {
      for (const signal of signals) process.off(signal, forward)
      resolve(code ?? 1)
    })
  })
}

/** Command line that runs an installed package's command. */
export function tool(name: string, args: string[], command = name): [string, string[]] {
  return [process.execPath, [packageCommand(name, command), ...args]]
}

/** Builds the desktop application into `out`. */
export const build = () => run(...tool('electron-vite', ['build', '--logLevel', 'error']))

/** Runs a script. The number it returns becomes the exit code. An error is printed without its stack. */
export async function main(work: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await work()
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 1
  }
}
