import { pcm } from '../device/pcm.ts'
import type { Conventions } from '../experiment/conventions.ts'
import type { TaskSpec } from '../experiment/task.ts'

/** Times of one sequence, s since the experiment began. */
export interface SequenceTimes {
  /** Time at which the first step is READ. */
  presentedAt: number
  /** Time at which the update is written. */
  writtenAt: number
}

/** Time from the beginning of a step to its READ in the public code, s. */
const READ_OFFSET = 5e-4

/**
 * Times of a sequence. The update is written 38.6 s after the sequence began, or at its end if it is longer.
 * With 'immediate', the next sequence starts right after the update. With 'wait', it starts 38.6 s later, at the reference age of the
 * drift law.
 * @param sequence from 1
 */
export function sequenceTimes(sequence: number, task: Pick<TaskSpec, 'steps' | 'dt'>, timeline: Conventions['timeline']): SequenceTimes {
  const untilWrite = Math.max(pcm.referenceAge, (task.steps * task.dt) / 1000)
  if (timeline === 'immediate') {
    return { presentedAt: (sequence - 1) * untilWrite + READ_OFFSET, writtenAt: sequence * untilWrite }
  }
  const presentedAt = pcm.referenceAge + (sequence - 1) * (untilWrite + pcm.referenceAge)
  return { presentedAt, writtenAt: presentedAt + untilWrite }
}
