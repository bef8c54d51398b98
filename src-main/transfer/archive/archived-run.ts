import type { EpochMetrics, RunDetail, UnreadableRun } from '../../contract/run.ts'

/** Element types of arrays. Little-endian, like the memory of every host (see `../../library/codec.ts`). */
export const elementTypes = { f32: Float32Array, u16: Uint16Array, u32: Uint32Array } as const

export interface ArchivedArray {
  epoch: number
  kind: string
  name: string
  shape: number[]
  data: Float32Array | Uint16Array | Uint32Array
}

/** What a run in an archive is: its spec and its environment, or both as texts if they cannot be read. */
export type ArchivedHead = Pick<RunDetail, 'summary' | 'spec' | 'environment'> | Pick<UnreadableRun, 'summary' | 'texts'>

/** A run in an archive: everything except its checkpoints. */
export type ArchivedRun = ArchivedHead & { epochs: EpochMetrics[]; arrays: ArchivedArray[] }
