import { readdirSync, readFileSync, readlinkSync } from 'node:fs'

/** A program that has a library's files open. */
export interface Holder {
  pid: number
  name: string
}

/** Other programs that have the library open. Empty except on Linux, because other systems do not report it. */
export function holdersOf(file: string): Holder[] {
  const parts = new Set([file, `${file}-wal`, `${file}-shm`])
  return processes().filter((pid) => pid !== process.pid && openFiles(pid).some((name) => parts.has(name)))
    .map((pid) => ({ pid, name: nameOf(pid) }))
}

/** ' It is open in chalcogen (process 4711).', or '' if no program is known. */
export function describeHolders(file: string): string {
  const holders = holdersOf(file)
  return holders.length === 0 ? '' : ` It is open in ${holders.map(({ pid, name }) => `${name} (process ${pid})`).join(', ')}.`
}

function processes(): number[] {
  try {
    return readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map(Number)
  } catch {
    return []
  }
}

/** Open files of a process; empty if it may not be inspected. */
function openFiles(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/fd`).map((handle) => readlinkOf(`/proc/${pid}/fd/${handle}`))
  } catch {
    return []
  }
}

function readlinkOf(link: string): string {
  try {
    return readlinkSync(link)
  } catch {
    return ''
  }
}

function nameOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/comm`, 'utf8').trim()
  } catch {
    return 'a program'
  }
}
