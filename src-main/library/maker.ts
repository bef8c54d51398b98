import { createHash } from 'node:crypto'
import { hostname } from 'node:os'
import { fateOf, thisProcess } from './owner.ts'

/** Matches a maker tag: machine, running system, its space of pids, process and the process's start. */
export const MAKER = '(?:[0-9a-f]{8}-){3}\\d+-\\d*'

/** Identifies this process in the names of its temporary files, so that others can tell whether their maker has ended. */
export function makerTag(): string {
  const { system, pidSpace, pid, began } = thisProcess()
  return [short(hostname()), short(system), short(pidSpace), pid, began].join('-')
}

/** Whether the process of a maker tag has ended. False for a process that cannot be seen from here, on another machine or in a container. */
export function hasEnded(tag: string): boolean {
  const here = thisProcess()
  const [host, system, pidSpace, pid, began] = tag.split('-')
  if (host !== short(hostname())) return false
  // The machine has started again since.
  if (system !== short(here.system)) return true
  return pidSpace === short(here.pidSpace) && fateOf({ ...here, pid: Number(pid), began: began! }) === 'dead'
}

const short = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 8)
