import { setTimeout } from 'node:timers/promises'
import { readRuns, type StoredRun } from './library.ts'
import type { Chance } from './random.ts'

/** How an undisturbed run of a command went. */
export interface Measured {
  /** Time from the start of the command to its end, ms. */
  duration: number
  /** Epochs of all runs together. */
  epochs: number
}

/** When to kill a command. */
export interface Moment {
  /** What the runs must have come to. */
  isDue(runs: readonly StoredRun[]): boolean
  /** How long to wait then, ms. */
  delay: number
}

/**
 * A random moment: any time, a number of saved epochs, a pause at the end of a round, or a return to the queue. Most of the time of a short command
 * is its start, so that a random time alone would rarely meet what comes after it.
 */
export function momentOf(chance: Chance, { duration, epochs }: Measured): Moment {
  const target = chance.index(epochs)
  return chance.oneOf<Moment>([
    { isDue: () => true, delay: chance.between(0.1, 1.1) * duration },
    { isDue: (runs) => runs.reduce((sum, run) => sum + run.epochsDone, 0) >= target, delay: chance.between(0, 30) },
    { isDue: (runs) => runs.some(({ status }) => status === 'paused'), delay: chance.between(0, 60) },
    { isDue: (runs) => runs.some(isQueuedAgain), delay: chance.between(0, 60) },
  ])
}

const isQueuedAgain = ({ status, epochsDone }: StoredRun) => status === 'queued' && epochsDone > 0

const LOOK_MS = 4

/** Resolves at the moment; also when `signal` aborts, since the command has ended. */
export async function comes({ isDue, delay }: Moment, library: string, signal: AbortSignal): Promise<void> {
  while (!signal.aborted && !isDue(runsOf(library))) await setTimeout(LOOK_MS)
  await setTimeout(delay, null, { signal }).catch(() => {})
}

/** The library may be locked at this moment. */
function runsOf(library: string): StoredRun[] {
  try {
    return readRuns(library)
  } catch {
    return []
  }
}
