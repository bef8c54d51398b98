import type { EpochMetrics, Environment, RunSummary } from '../../contract/run.ts'
import type { Spec } from '../../../src-engine/experiment/spec.ts'

/** Element types of arrays. Little-endian, like the memory of every host (see `../../library/codec.ts`). */
export const elementTypes = { f32: Float32Array, u16: Uint16Array, u32: Uint32Array } as const

export interface ArchivedArray {
  epoch: number
  kind: string
  name: string
  shape: number[]
  data: Float32Array | Uint16Array | Uint32Array
}

/** A run in an archive: everything except its checkpoints. */
export interface ArchivedRun {
  summary: RunSummary
  spec: Spec
  environment: Environment
  epochs: EpochMetrics[]
  arrays: ArchivedArray[]
}
