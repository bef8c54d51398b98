import type { RunSummary } from '../../stores/runs.ts'
import type { RunGroupRow } from '../../stores/table.ts'

/** A group of runs in the list. */
export interface ListGroup extends RunGroupRow {
  /** Runs that the list shows, in its order. */
  runs: readonly RunSummary[]
  isOpen: boolean
}

/** A row of the list: a run, or a group that can be opened to show its runs. */
export type ListRow = { id: string; run: RunSummary; group?: undefined } | { id: string; group: ListGroup; run?: undefined }

export const runRows = (runs: readonly RunSummary[]): ListRow[] => runs.map((run) => ({ id: run.runId, run }))

/** Id of a group, which no run has. */
export const groupId = ({ keys }: Pick<RunGroupRow, 'keys'>) => `group ${JSON.stringify(keys)}`

/** Rows of groups, each open one followed by its runs. Groups without a run that the list shows are left out. */
export function groupedRows(groups: readonly RunGroupRow[], shown: readonly RunSummary[], open: ReadonlySet<string>): ListRow[] {
  const order = new Map(shown.map(({ runId }, index) => [runId, index]))
  return groups.flatMap((group) => {
    const places = group.runIds.flatMap((runId) => order.get(runId) ?? []).sort((a, b) => a - b)
    if (places.length === 0) return []
    const runs = places.map((place) => shown[place]!)
    const id = groupId(group)
    const isOpen = open.has(id)
    return [{ id, group: { ...group, runs, isOpen } }, ...(isOpen ? runRows(runs) : [])]
  })
}
