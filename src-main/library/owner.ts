import { readFileSync } from 'node:fs'
import { hostname } from 'node:os'
import * as z from 'zod'

/** A process, told apart from a later one of the same number and from one on another machine. */
const ownerSchema = z.strictObject({
  host: z.string(),
  /** Of the machine's last start; '' where the system does not say. */
  boot: z.string(),
  pid: z.int(),
  /** When it began, in the system's own measure; '' where it does not say. */
  began: z.string(),
})
export type Owner = z.output<typeof ownerSchema>

export const thisProcess = (): Owner => ({ host: hostname(), boot: bootId(), pid: process.pid, began: beganAt(process.pid) })

export const ownerText = (owner: Owner = thisProcess()): string => JSON.stringify(owner)

/** The kept owner; null where there is none, or where the text is nobody's. */
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
 * Whether the process lives. One of another machine does not: a library is open on one machine at a time, so its owner was
 * left behind when the file moved.
 */
export function isAlive({ host, boot, pid, began }: Owner): boolean {
  return host === hostname() && boot === bootId() && exists(pid) && beganAt(pid) === began
}

/** One that may not be asked exists; one that has ended but that its parent has not looked after yet does not. */
function exists(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return !'ZX'.includes(statOf(pid)[0] || '?')
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

const bootId = () => textOf('/proc/sys/kernel/random/boot_id').trim()

/** When a process began, in clock ticks since the machine's start: field 22 of proc(5)'s stat. '' on other systems. */
export const beganAt = (pid: number) => statOf(pid)[19] ?? ''

/** Fields of proc(5)'s stat from the third on, the state: behind the program's name, which may hold anything. */
const statOf = (pid: number) => textOf(`/proc/${pid}/stat`).split(') ').at(-1)!.split(' ')

/** '' on systems without that file. */
function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
