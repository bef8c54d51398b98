import { computed, ref, shallowRef, toRef } from 'vue'
import type { RowRange } from '../../components/virtual-rows.ts'
import { useNavigation } from '../../stores/navigation.ts'
import { useRunName } from '../../stores/run-name.ts'
import { useFoundRuns } from '../../stores/found-runs.ts'
import { type RunSummary, useRuns } from '../../stores/runs.ts'
import { useSettings } from '../../stores/settings.ts'
import { useTable } from '../../stores/table.ts'
import { groupedRows, runRows } from './rows.ts'
import { sortedBy, sortRuns } from './sort.ts'

/**
 * Runs that the Library screen shows, in order, alone or in groups, and the runs that its actions affect.
 *
 * An action affects the selected run, or all runs of the selected group. If that run is ticked, it affects all ticked runs in the list instead. Ticks outside the list,
 * on another shelf or hidden by the filter, count for Compare only.
 */
export function useSelection() {
  const runs = useRuns()
  const navigation = useNavigation()
  const settings = useSettings()
  const table = useTable()
  const nameOf = useRunName()

  const query = toRef(navigation, 'filter')
  const onShelf = computed(() => runs.summaries.filter(({ shelf }) => shelf === navigation.shelf))
  const { error, found: foundIds } = useFoundRuns(query)
  const found = computed(() => {
    const ids = foundIds.value
    return ids === null ? onShelf.value : onShelf.value.filter(({ runId }) => ids.has(runId))
  })
  const shown = computed(() => sortRuns(found.value, settings.sort, nameOf, table.cellOf))
  const openGroups = shallowRef<ReadonlySet<string>>(new Set())
  const rows = computed(() =>
    (table.grouped === null ? runRows(shown.value) : groupedRows(table.grouped.groups, shown.value, openGroups.value)))
  const placeOf = computed(() => new Map(rows.value.map(({ id }, index) => [id, index])))
  /** Open or close a group. */
  const fold = (id: string, isOpen: boolean) => {
    const next = new Set(openGroups.value)
    if (isOpen) next.add(id)
    else next.delete(id)
    openGroups.value = next
  }
  const sortBy = (column: string) => { settings.sort = sortedBy(column, settings.sort) }

  const lastSelected = ref(navigation.runId)
  const lastIndex = ref(0)
  /** Id of the selected run or group. If it is no longer shown: the row now at its index, otherwise the last row. */
  const selected = computed({
    get: () => {
      const isShown = lastSelected.value !== null && placeOf.value.has(lastSelected.value)
      return isShown ? lastSelected.value : (rows.value[lastIndex.value] ?? rows.value.at(-1))?.id ?? null
    },
    set: (id) => {
      lastSelected.value = id
      lastIndex.value = id === null ? 0 : placeOf.value.get(id) ?? 0
    },
  })
  const group = computed(() => (selected.value === null ? null : rows.value[placeOf.value.get(selected.value)!]?.group ?? null))
  const summary = computed(() => (selected.value === null ? null : runs.byId.get(selected.value) ?? null))

  const ticked = computed(() => new Set(navigation.ticked))
  const tickedHere = computed(() => (ticked.value.size === 0 ? [] : shown.value.filter(({ runId }) => ticked.value.has(runId))))
  /** Ticked runs that the list does not show. */
  const tickedElsewhere = computed(() => {
    const here = new Set(tickedHere.value)
    return navigation.ticked.flatMap((runId) => runs.byId.get(runId) ?? []).filter((run) => !here.has(run))
  })
  /** Whether actions affect the ticked runs and not just the selected one. */
  const actsOnTicked = computed(() => selected.value !== null && ticked.value.has(selected.value))
  const targets = computed((): readonly RunSummary[] => {
    if (group.value !== null) return group.value.runs
    if (summary.value === null) return []
    return actsOnTicked.value ? tickedHere.value : [summary.value]
  })

  /** Rows of the list that are in sight. */
  const inSight = shallowRef<RowRange>({ from: 0, to: Infinity })
  /** Whether a row is scrolled out of sight, or in a closed group. */
  const isOutOfSight = (id: string) => {
    const place = placeOf.value.get(id)
    return place === undefined || place < inSight.value.from || place >= inSight.value.to
  }
  const tickedOutOfSight = computed(() => tickedHere.value.filter(({ runId }) => isOutOfSight(runId)))
  const selectedIsOutOfSight = () => selected.value !== null && isOutOfSight(selected.value)
  const targetsOutOfSight = () => {
    const wanted = new Set(targets.value)
    return shown.value.filter((run) => wanted.has(run) && isOutOfSight(run.runId))
  }
  /** Select the next ticked run that is out of sight, below if there is one. */
  const selectOutOfSight = () => {
    const below = tickedOutOfSight.value.find(({ runId }) => (placeOf.value.get(runId) ?? -1) >= inSight.value.to)
    const next = below ?? tickedOutOfSight.value[0]
    if (next === undefined) return
    const closed = rows.value.find(({ group }) => group && !group.isOpen && group.runs.includes(next))
    if (closed) fold(closed.id, true)
    selected.value = next.runId
  }

  /** Tick or untick a run. Ticking selects it too, so that the next action affects what was ticked. */
  const toggle = (runId: string) => {
    navigation.toggle(runId)
    if (navigation.isTicked(runId)) selected.value = runId
  }
  const tickShown = (tick: boolean) => {
    const ids = shown.value.map(({ runId }) => runId)
    if (tick) navigation.tick(ids)
    else navigation.untick(ids)
  }

  return {
    query, error, onShelf, shown, rows, fold, sortBy, group, selected, summary,
    ticked, tickedHere, tickedElsewhere, tickedOutOfSight, actsOnTicked, targets,
    inSight, selectedIsOutOfSight, targetsOutOfSight, selectOutOfSight, toggle, tickShown,
  }
}
