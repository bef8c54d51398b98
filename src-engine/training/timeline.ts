import type { Conventions } from '../experiment/conventions.ts'
import type { TaskSpec } from '../experiment/task.ts'

/** Times of one sequence, s since the experiment began. */
export interface SequenceTimes {
  /** Time at which the first step is READ. */
  presentedAt: number
  /** Time at which the update is written. */
  writtenAt: number
}

/**
 * Time between the sequence's beginning and its WRITE, and between a WRITE and the next sequence, s. It is the reference age of the
 * PCM model's drift law. It belongs to the protocol: other devices, and digital weights, wait as long.
 */
export const WAIT = 38.6

/** Time from the beginning of a step to its READ in the public code, s. */
const READ_OFFSET = 5e-4

/**
 * Times of a sequence. The update is written 38.6 s after the sequence began, or at its end if it is longer.
 * With 'immediate', the next sequence starts right after the update. With 'wait', it starts 38.6 s later.
 * @param sequence from 1
 */
export function sequenceTimes(sequence: number, task: Pick<TaskSpec, 'steps' | 'dt'>, timeline: Conventions['timeline']): SequenceTimes {
  const untilWrite = Math.max(WAIT, (task.steps * task.dt) / 1000)
  if (timeline === 'immediate') {
    return { presentedAt: (sequence - 1) * untilWrite + READ_OFFSET, writtenAt: sequence * untilWrite }
  }
  const presentedAt = WAIT + (sequence - 1) * (untilWrite + WAIT)
  return { presentedAt, writtenAt: presentedAt + untilWrite }
}
