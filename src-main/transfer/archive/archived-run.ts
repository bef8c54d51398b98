import type { EpochMetrics, Environment, RunSummary } from '../../contract/run.ts'
import type { Spec } from '../../../src-engine/spec/spec.ts'

/** What an array's elements are; little-endian, as in every host's memory (see `../../library/codec.ts`). */
export const elementTypes = { f32: Float32Array, u16: Uint16Array, u32: Uint32Array } as const

export interface ArchivedArray {
  epoch: number
  kind: string
  name: string
  shape: number[]
  data: Float32Array | Uint16Array | Uint32Array
}

/** A run as it travels: everything but the checkpoints. */
export interface ArchivedRun {
  summary: RunSummary
  spec: Spec
  environment: Environment
  epochs: EpochMetrics[]
  arrays: ArchivedArray[]
}
