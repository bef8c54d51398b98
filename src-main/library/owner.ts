import { spawnSync } from 'node:child_process'
import { readFileSync, readlinkSync } from 'node:fs'
import { hostname } from 'node:os'
import * as z from 'zod'

/** Identifies a process, even among later processes with the same pid and processes of other machines and containers. */
const ownerSchema = z.strictObject({
  /** The running system: its boot, or its machine if it does not report boots. Not its name, which may change while it runs. */
  system: z.string(),
  /** Where in the system the pid is valid: a container has pids of its own. '' if there is only one such space. */
  pidSpace: z.string(),
  pid: z.int(),
  /** Start time in the system's own unit; '' if the system does not report it. */
  began: z.string(),
})
export type Owner = z.output<typeof ownerSchema>

/** An owner as version 0.1.0 stored it. It does not tell where its pid is valid. */
const namedOwnerSchema = z.strictObject({ host: z.string(), boot: z.string(), pid: z.int(), began: z.string() })
  .transform(({ host, boot, pid, began }): Owner => ({ system: boot || host, pidSpace: UNKNOWN, pid, began }))
const UNKNOWN = 'unknown'

const storedOwnerSchema = z.union([ownerSchema, namedOwnerSchema])

let own: Owner | null = null

/** Read once, so that this process recognises what it owns although the machine gets another name. */
export const thisProcess = (): Owner => (own ??= {
  system: systemId(process.platform), pidSpace: linkOf('/proc/self/ns/pid'), pid: process.pid, began: beganAt(process.pid),
})

export const ownerText = (owner: Owner = thisProcess()): string => JSON.stringify(owner)

/** Parses a stored owner; null if there is none or the text is not valid. */
export function parseOwner(text: string | null): Owner | null {
  if (text === null) return null
  try {
    return storedOwnerSchema.parse(JSON.parse(text))
  } catch {
    return null
  }
}

export const isThisProcess = (owner: Owner): boolean => ownerText(owner) === ownerText()

/** Whether a process is alive; unknown if it cannot be seen from here. */
export type Fate = 'alive' | 'dead' | 'unknown'

export function fateOf({ system, pidSpace, pid, began }: Owner): Fate {
  const here = thisProcess()
  if (system !== here.system || pidSpace !== here.pidSpace) return 'unknown'
  if (!exists(pid)) return 'dead'
  const now = beganAt(pid)
  if (began === '' || now === '') return 'unknown'
  return now === began ? 'alive' : 'dead'
}

/**
 * Id of the running system.
 * @param run runs a program of the platform and returns its output
 */
export function systemId(platform: NodeJS.Platform, run = outputOf): string {
  return reportedId(platform, run) || hostname()
}

function reportedId(platform: NodeJS.Platform, run: typeof outputOf): string {
  // All containers of a machine share its boot, but each may have a machine id of its own.
  if (platform === 'linux') return textOf('/proc/sys/kernel/random/boot_id').trim()
  if (platform === 'darwin') return run('/usr/sbin/sysctl', ['-n', 'kern.bootsessionuuid']).trim()
  if (platform !== 'win32') return ''
  const found = run('reg', ['query', 'HKLM\\SOFTWARE\\Microsoft\\Cryptography', '/v', 'MachineGuid'])
  return /MachineGuid\s+REG_SZ\s+(\S+)/.exec(found)?.[1] ?? ''
}

/** '' if the program fails. */
function outputOf(program: string, args: string[]): string {
  const { stdout } = spawnSync(program, args, { encoding: 'utf8', windowsHide: true, timeout: 5000 })
  return stdout ?? ''
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

/** Start time of a process in clock ticks since boot: field 22 of proc(5)'s stat. '' where it is hidden, and on other systems. */
export const beganAt = (pid: number) => statOf(pid)[19] ?? ''

/** Fields of proc(5)'s stat from the third (the state) on. They follow the program name, which may contain any characters. */
const statOf = (pid: number) => (hasOwnProc() ? textOf(`/proc/${pid}/stat`).split(') ').at(-1)!.split(' ') : [])

/** Whether /proc lists the processes by the pids that are valid here. In a new space of pids, it may still be the one of the host. */
const hasOwnProc = () => linkOf('/proc/self') === String(process.pid)

/** Target of a link; '' on systems without it. */
function linkOf(link: string): string {
  try {
    return readlinkSync(link)
  } catch {
    return ''
  }
}

/** Content of a file; '' on systems without it. */
function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
