import { onScopeDispose, ref } from 'vue'
import { useRuns } from '../../stores/runs.ts'
import type { FitName, RowContent } from './cells.ts'
import type { Column } from './columns.ts'
import { useGroupCells, useReplicateCells } from './group-cells.ts'
import type { ListRow } from './rows.ts'
import { useRunCells } from './run-cells.ts'

const MINUTE = 60_000

/** What the rows of the list show: runs, groups of runs, and replicates of one spec. */
export function useRowContent(fit: FitName) {
  const runs = useRuns()
  const now = ref(Date.now())
  const clock = setInterval(() => { now.value = Date.now() }, MINUTE)
  onScopeDispose(() => clearInterval(clock))

  const ofRun = useRunCells(fit, () => now.value)
  const ofGroup = useGroupCells()
  const ofReplicates = useReplicateCells(fit, () => now.value)

  /** Null for a run that is not read yet. */
  return ({ id, group }: ListRow, columns: readonly Column[]): RowContent | null => {
    if (group === undefined) {
      const run = runs.byId.get(id)
      return run === undefined ? null : ofRun(run, columns)
    }
    return group.by.length === 0 ? ofReplicates(group, columns) : ofGroup(group, columns)
  }
}
