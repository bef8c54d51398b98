import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

/** Whether windows can be shown on this machine. */
export function hasDisplay(env = process.env, platform = process.platform): boolean {
  return platform !== 'linux' || Boolean(env.DISPLAY || env.WAYLAND_DISPLAY)
}

/** The programs that stand in for a missing display. */
export const virtualDisplayPrograms = ['Xvfb']

/** Names the virtual displays for the processes that share them out: one each, so that no window takes another's focus. */
const DISPLAYS = 'CHALCOGEN_DISPLAYS'

/** Runs `work` with as many virtual displays, which end with it. */
export async function withVirtualDisplays<Result>(
  count: number, work: (env: NodeJS.ProcessEnv) => Promise<Result>,
): Promise<Result> {
  const servers: ChildProcess[] = []
  try {
    const names: string[] = []
    for (let k = 0; k < count; k++) names.push(await startDisplay(servers))
    return await work({ [DISPLAYS]: names.join(' ') })
  } finally {
    for (const server of servers) server.kill()
  }
}

/** The display of the process with that index; nothing where the machine has one of its own. */
export function displayOf(index: number, env = process.env): { DISPLAY?: string } {
  const names = env[DISPLAYS]?.split(' ')
  return names ? { DISPLAY: names[index % names.length] } : {}
}

/** Wider than every window of the tests: a window of exactly the display's size would be made a pixel smaller. */
function startDisplay(servers: ChildProcess[]): Promise<string> {
  const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1920x1200x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  })
  servers.push(server)
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.once('exit', (code) => reject(new Error(`Xvfb ended with ${code} before its display was ready`)))
    createInterface({ input: server.stdio[3] as NodeJS.ReadableStream }).once('line', (number) => resolve(`:${number}`))
  })
}
