import { readFileSync } from 'node:fs'
import os from 'node:os'

/** Memory that runs may have, and whose limit that is. */
export interface MemoryRoom {
  bytes: number
  limit: string
}

/** Where the limits of this process are read. */
export interface MemorySource {
  /** Memory of the machine, bytes. */
  total(): number
  /** Limit of the control group (cgroup), bytes; 0, undefined or more than the machine has if there is none. */
  constrained(): number | undefined
  /** Text of a file of /proc/self; null on systems without it. */
  proc(name: string): string | null
}

const thisProcess: MemorySource = {
  total: () => os.totalmem(),
  constrained: () => process.constrainedMemory(),
  proc(name) {
    try {
      return readFileSync(`/proc/self/${name}`, 'utf8')
    } catch {
      return null
    }
  },
}

/** Resident memory of the application without runs, bytes; 130 to 190 MB are measured. */
const APPLICATION = 200e6
/** Resident memory of an engine worker besides its arrays, bytes. */
const WORKER = 40e6
/** Address space that V8 reserves for one more thread, bytes; 605 MB are measured. */
const THREAD_SPACE = 650e6

/** Memory that the arrays of so many runs at the same time may have together, by the lowest limit of this process. */
export function memoryRoom(runs: number, source: MemorySource = thisProcess): MemoryRoom {
  const total = source.total()
  const group = source.constrained() ?? 0
  const rooms = [
    { bytes: total - APPLICATION - runs * WORKER, limit: 'the memory of this machine' },
    ...(group > 0 && group < total ? [{ bytes: group - APPLICATION - runs * WORKER, limit: 'the limit of its control group (cgroup)' }] : []),
    ...ulimits.flatMap(({ name, used, limit }) => {
      const [most, now] = [softLimit(source.proc('limits'), name), kilobytes(source.proc('status'), used)]
      return most === null || now === null ? [] : [{ bytes: most - now - runs * THREAD_SPACE, limit }]
    }),
  ]
  const { bytes, limit } = rooms.reduce((least, room) => (room.bytes < least.bytes ? room : least))
  return { bytes: Math.max(0, bytes), limit }
}

const ulimits = [
  { name: 'Max address space', used: 'VmSize', limit: 'its limit of address space (ulimit -v)' },
  { name: 'Max data size', used: 'VmData', limit: 'its limit of data (ulimit -d)' },
]

/** A soft limit of /proc/self/limits, bytes; null if there is none. */
function softLimit(limits: string | null, name: string): number | null {
  const line = limits?.split('\n').find((one) => one.startsWith(name))
  const soft = line?.slice(name.length).trim().split(/\s+/)[0]
  return soft !== undefined && /^\d+$/.test(soft) ? Number(soft) : null
}

/** A value of /proc/self/status, bytes. */
function kilobytes(status: string | null, name: string): number | null {
  const [, found] = new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(status ?? '') ?? []
  return found === undefined ? null : 1024 * Number(found)
}
