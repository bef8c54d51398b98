import { readdirSync, readFileSync, readlinkSync, realpathSync, statSync } from 'node:fs'

/** A program that has a library's files open. */
export interface Holder {
  pid: number
  name: string
}

/** Other programs that have the library open, by whatever path. Empty except on Linux, because other systems do not report it. */
export function holdersOf(file: string): Holder[] {
  const real = realPathOf(file)
  const parts = new Set([real, `${real}-wal`, `${real}-shm`].map(identityOf))
  parts.delete('')
  if (parts.size === 0) return []
  return processes().filter((pid) => pid !== process.pid && openFiles(pid).some((id) => parts.has(id)))
    .map((pid) => ({ pid, name: nameOf(pid) }))
}

/** ' It is open in chalcogen (process 4711).', or '' if no program is known. */
export function describeHolders(file: string): string {
  const holders = holdersOf(file)
  return holders.length === 0 ? '' : ` It is open in ${holders.map(({ pid, name }) => `${name} (process ${pid})`).join(', ')}.`
}

/** SQLite keeps the log beside the file itself, not beside a link to it. */
function realPathOf(file: string): string {
  try {
    return realpathSync(file)
  } catch {
    return file
  }
}

function processes(): number[] {
  try {
    return readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map(Number)
  } catch {
    return []
  }
}

/** Identities of the files that a process has open; none if it may not be inspected. */
function openFiles(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/fd`).map((handle) => `/proc/${pid}/fd/${handle}`).filter(leadsToFile).map(identityOf)
  } catch {
    return []
  }
}

/** Not to a pipe or a socket. */
function leadsToFile(link: string): boolean {
  try {
    return readlinkSync(link).startsWith('/')
  } catch {
    return false
  }
}

/** Device and inode of a file, which are the same whatever path leads to it; '' if there is no file. */
function identityOf(file: string): string {
  try {
    const { dev, ino } = statSync(file, { bigint: true })
    return `${dev} ${ino}`
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
