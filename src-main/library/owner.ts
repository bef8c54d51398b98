import { readFileSync } from 'node:fs'
import { hostname } from 'node:os'
import * as z from 'zod'

/** Identifies a process, even among later processes with the same pid and processes on other machines. */
const ownerSchema = z.strictObject({
  host: z.string(),
  /** Id of the machine's last boot; '' if the system does not report it. */
  boot: z.string(),
  pid: z.int(),
  /** Start time in the system's own unit; '' if the system does not report it. */
  began: z.string(),
})
export type Owner = z.output<typeof ownerSchema>

export const thisProcess = (): Owner => ({ host: hostname(), boot: bootId(), pid: process.pid, began: beganAt(process.pid) })

export const ownerText = (owner: Owner = thisProcess()): string => JSON.stringify(owner)

/** Parses a stored owner; null if there is none or the text is not valid. */
export function parseOwner(text: string | null): Owner | null {
  if (text === null) return null
  try {
    return ownerSchema.parse(JSON.parse(text))
  } catch {
    return null
  }
}

export const isThisProcess = (owner: Owner): boolean => ownerText(owner) === ownerText()

/**
 * Whether the process is alive. A process on another machine counts as dead: a library is open on one machine at a time, so the
 * file was moved since.
 */
export function isAlive({ host, boot, pid, began }: Owner): boolean {
  return host === hostname() && boot === bootId() && exists(pid) && beganAt(pid) === began
}

/** Whether the pid exists. EPERM means that it does. A zombie process does not count. */
function exists(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return !'ZX'.includes(statOf(pid)[0] || '?')
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

const bootId = () => textOf('/proc/sys/kernel/random/boot_id').trim()

/** Start time of a process in clock ticks since boot: field 22 of proc(5)'s stat. '' on other systems. */
export const beganAt = (pid: number) => statOf(pid)[19] ?? ''

/** Fields of proc(5)'s stat from the third (the state) on. They follow the program name, which may contain any characters. */
const statOf = (pid: number) => textOf(`/proc/${pid}/stat`).split(') ').at(-1)!.split(' ')

/** Content of a file; '' on systems without it. */
function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
