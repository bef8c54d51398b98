import { snapshotEpochs } from '../../../../src-engine/analysis/stored-record.ts'
import type { StoredRun } from '../../../stores/runs.ts'
import type { Base } from '../../../stores/snapshot-choice.ts'

export const baseKey = (base: Base): string =>
  (base.kind === 'epoch' ? `epoch ${base.epoch}` : base.kind === 'run' ? base.runId : base.kind)

/** Epoch of the subtracted snapshot; null if there is none. @param other the other run, once it is read */
export function baseEpoch(
  base: Base, shown: number | null, snapshots: readonly number[], other: Pick<StoredRun, 'arrays'> | null,
): number | null {
  switch (base.kind) {
    case 'previous': return shown === null ? null : snapshots[snapshots.indexOf(shown) - 1] ?? null
    case 'first': return snapshots[0] ?? null
    case 'epoch': return base.epoch
    // In step: the newest snapshot of the other run up to the same epoch.
    case 'run': return (other && snapshotEpochs(other.arrays).findLast((epoch) => epoch <= (shown ?? 0))) ?? null
  }
}
