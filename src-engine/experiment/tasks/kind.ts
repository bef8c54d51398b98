import type * as z from 'zod'
import type { LossKind, MetricKind } from '../metrics.ts'
import type { Problem } from '../problem.ts'
import type { Warning } from '../warning.ts'

/** What every task has, because the trainer presents patterns of this size. */
export interface Timing {
  patterns: number
  /** Steps of one sequence. */
  steps: number
  /** ms */
  dt: number
  inputChannels: number
  /** Hz */
  inputRate: number
}

/** A kind of task, as documents, forms, tables and estimates see it. Its targets are in src-engine/task. */
export interface TaskKind<T extends Timing & { kind: string }> {
  readonly kind: T['kind']
  /** Title and help of the kind are in its `meta`. */
  readonly schema: z.ZodType<T>
  readonly minimises: LossKind
  /** Metrics besides the loss, at the end of every epoch. */
  readonly reports: readonly MetricKind[]
  /** Equation of the target, in plain characters. */
  readonly equation: string
  /** Fields without a default. */
  readonly required: readonly string[]
  /** Fields that name a file and what to read of it, and the field that gets what was read. */
  readonly imports?: {
    readonly from: readonly string[]
    /** Of these, the fields that describe one file and mean nothing for another. A sweep does not vary them. */
    readonly ofFile: readonly string[]
    readonly into: string
  }
  /** Number of values that the readout has at each step. */
  outputs(task: T): number
  /** Whether the task lacks data that is read from a file when the run is created. */
  lacksData(task: T): boolean
  /** What contradicts itself in a task that its schema accepts. Paths start at the spec. */
  problems(task: T): Problem[]
  warnings(task: T): Warning[]
}
