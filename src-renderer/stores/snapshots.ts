import { defineStore } from 'pinia'
import { call, CallError, SNAPSHOTS_PER_CALL } from '../bridge/bridge.ts'
import type { ArrayInfo, CallInput, CallOutput } from '../bridge/bridge.ts'
import { ArrayCache } from './array-cache.ts'

export { SNAPSHOTS_PER_CALL }

type Loaded = Pick<CallOutput<'runs.array'>, 'data'> | { damage: string }

/** Arrays of snapshots as the library holds them. What was read last is kept, so that a slider can go back and forth. */
export const useSnapshots = defineStore('snapshots', () => {
  const cache = new ArrayCache<ArrayInfo, Loaded>()

  const read = async (runId: string, { epoch, kind, name }: ArrayInfo): Promise<Loaded> => {
    try {
      return { data: (await call('runs.array', { runId, epoch, kind, name })).data }
    } catch (error) {
      // Damage is a value, so that what is not damaged can still be used.
      if (error instanceof CallError && error.code === 'damaged') return { damage: error.message }
      throw error
    }
  }
  /** Loads arrays of a run. */
  const loaderOf = (runId: string) => (info: ArrayInfo): Promise<Loaded> =>
    cache.get(`${runId} ${info.epoch} ${info.kind} ${info.name} ${info.sha256}`, info, (one) => read(runId, one))

  return {
    loaderOf,
    synapse: (runId: string, epochs: number[], synapse: CallInput<'snapshots.synapse'>['synapse']) =>
      call('snapshots.synapse', { runId, epochs, synapse }),
    histograms: (runId: string, epochs: number[], counted: CallInput<'snapshots.histograms'>['counted']) =>
      call('snapshots.histograms', { runId, epochs, counted }),
  }
})
