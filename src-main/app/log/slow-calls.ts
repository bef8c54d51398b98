import type { Log } from './log.ts'

/** Longest time of a call that needs no line, ms. */
const SLOW_MS = 40
/** Shortest time between two lines about the same call, ms, so that a slow disk does not push everything else out of the log. */
const INTERVAL_MS = 10_000

/** Receives the name and duration (ms) of every call. */
export type Timed = (name: string, ms: number) => void

/** Create a function that writes a line for each slow call. */
export function logSlowCalls(log: Log, now = () => performance.now()): Timed {
  const lines = new Map<string, { at: number; unwritten: number }>()
  return (name, ms) => {
    if (ms <= SLOW_MS) return
    const line = lines.get(name)
    if (line && now() - line.at < INTERVAL_MS) {
      line.unwritten++
      return
    }
    lines.set(name, { at: now(), unwritten: 0 })
    const others = line?.unwritten ? ` (and ${line.unwritten} more were slow since the last such line)` : ''
    log.write('warning', `${name} took ${Math.round(ms)} ms${others}.`)
  }
}
