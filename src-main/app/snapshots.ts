import {
  type Counted, type Loaded, readHistograms, readHistory, type SnapshotHistogram, type Synapse, type SynapseState,
} from '../../src-engine/analysis/snapshots.ts'
import type { ArrayInfo } from '../contract/run.ts'
import { isDamage, type Library } from '../library/library.ts'

type Source = Pick<Library, 'overview' | 'array'>

/** Reads arrays of a run. Damage is a value, so that what is not damaged can still be used. */
export const loaderOf = ({ array }: Pick<Library, 'array'>, runId: string) =>
  async ({ epoch, kind, name }: ArrayInfo): Promise<Loaded> => {
    try {
      return { data: (await array(runId, epoch, kind, name)).data }
    } catch (error) {
      if (!isDamage(error)) throw error
      return { damage: error.message }
    }
  }

/** One synapse in snapshots of a run. */
export async function synapseHistory(
  source: Source, runId: string, epochs: readonly number[], synapse: Synapse,
): Promise<SynapseState[]> {
  const { arrays } = await source.overview(runId)
  return readHistory(arrays, epochs, synapse, loaderOf(source, runId))
}

/** Distribution of a quantity in snapshots of a run. */
export async function snapshotHistograms(
  source: Source, runId: string, epochs: readonly number[], counted: Counted,
): Promise<SnapshotHistogram[]> {
  const { arrays } = await source.overview(runId)
  return readHistograms(arrays, epochs, counted, loaderOf(source, runId))
}
