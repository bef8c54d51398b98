import { pcm } from '../device/pcm.ts'
import type { Conventions } from '../spec/conventions.ts'
import type { TaskSpec } from '../spec/task.ts'

/** When things happen to the devices, s since the experiment began. */
export interface SequenceTimes {
  /** The first step of the sequence is READ. */
  presentedAt: number
  /** The update is written. */
  writtenAt: number
}

/** Where in a step of the public code its READ falls, s. */
const READ_OFFSET = 5e-4

/**
 * Times of a sequence, counted from 1. An update comes 38.6 s after its sequence began.
 * 'immediate': the next sequence starts right after it; 'wait': 38.6 s later, where the drift law is defined.
 */
export function sequenceTimes(sequence: number, task: Pick<TaskSpec, 'steps' | 'dt'>, timeline: Conventions['timeline']): SequenceTimes {
  const untilWrite = Math.max(pcm.referenceAge, (task.steps * task.dt) / 1000)
  if (timeline === 'immediate') {
    return { presentedAt: (sequence - 1) * untilWrite + READ_OFFSET, writtenAt: sequence * untilWrite }
  }
  const presentedAt = pcm.referenceAge + (sequence - 1) * (untilWrite + pcm.referenceAge)
  return { presentedAt, writtenAt: presentedAt + untilWrite }
}
