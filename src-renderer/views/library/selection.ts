import { computed, ref, shallowRef, toRef } from 'vue'
import type { RowRange } from '../../components/virtual-rows.ts'
import { useNavigation } from '../../stores/navigation.ts'
import { useRunName } from '../../stores/run-name.ts'
import { type RunSummary, useRuns } from '../../stores/runs.ts'
import { type SortColumn, useSettings } from '../../stores/settings.ts'
import { filterRuns } from './filter.ts'
import { sortedBy, sortRuns } from './sort.ts'

/**
 * Runs that the Library screen shows, in order, and the runs that its actions affect.
 *
 * An action affects the selected run. If that run is ticked, it affects all ticked runs in the list instead. Ticks outside the list,
 * on another shelf or hidden by the filter, count for Compare only.
 */
export function useSelection() {
  const runs = useRuns()
  const navigation = useNavigation()
  const settings = useSettings()
  const nameOf = useRunName()

  const query = toRef(navigation, 'filter')
  const onShelf = computed(() => runs.summaries.filter(({ shelf }) => shelf === navigation.shelf))
  const found = computed(() => filterRuns(onShelf.value, query.value, nameOf))
  const shown = computed(() => sortRuns(found.value, settings.sort, nameOf))
  const sortBy = (column: SortColumn) => { settings.sort = sortedBy(column, settings.sort) }

  const lastSelected = ref(navigation.runId)
  const lastIndex = ref(0)
  /** Id of the selected run. If it is no longer shown: the run now at its index, otherwise the last run. */
  const selected = computed({
    get: () => {
      const isShown = lastSelected.value !== null && shown.value.some(({ runId }) => runId === lastSelected.value)
      return isShown ? lastSelected.value : (shown.value[lastIndex.value] ?? shown.value.at(-1))?.runId ?? null
    },
    set: (runId) => {
      lastSelected.value = runId
      lastIndex.value = Math.max(0, shown.value.findIndex((run) => run.runId === runId))
    },
  })
  const summary = computed(() => (selected.value === null ? null : runs.byId.get(selected.value) ?? null))

  const ticked = computed(() => new Set(navigation.ticked))
  /** Indices of the ticked runs in the list, in order. */
  const tickedIndices = computed(() => (ticked.value.size === 0
    ? []
    : shown.value.flatMap(({ runId }, index) => (ticked.value.has(runId) ? [index] : []))))
  const tickedHere = computed(() => tickedIndices.value.map((index) => shown.value[index]!))
  /** Ticked runs that the list does not show. */
  const tickedElsewhere = computed(() => {
    const here = new Set(tickedHere.value)
    return navigation.ticked.flatMap((runId) => runs.byId.get(runId) ?? []).filter((run) => !here.has(run))
  })
  /** Whether actions affect the ticked runs and not just the selected one. */
  const actsOnTicked = computed(() => selected.value !== null && ticked.value.has(selected.value))
  const targets = computed((): readonly RunSummary[] => {
    if (summary.value === null) return []
    return actsOnTicked.value ? tickedHere.value : [summary.value]
  })

  /** Rows of the list that are in sight. */
  const inSight = shallowRef<RowRange>({ from: 0, to: Infinity })
  const isOutOfSight = (index: number) => index < inSight.value.from || index >= inSight.value.to
  const tickedOutOfSight = computed(() => tickedIndices.value.filter(isOutOfSight))
  const selectedIsOutOfSight = () => isOutOfSight(shown.value.findIndex(({ runId }) => runId === selected.value))
  /** Targets that are scrolled out of sight. */
  const targetsOutOfSight = () => {
    const wanted = new Set(targets.value)
    return shown.value.filter((run, index) => wanted.has(run) && isOutOfSight(index))
  }
  /** Select the next ticked run that is out of sight, below if there is one. */
  const selectOutOfSight = () => {
    const below = tickedOutOfSight.value.find((index) => index >= inSight.value.to)
    const next = below ?? tickedOutOfSight.value[0]
    if (next !== undefined) selected.value = shown.value[next]!.runId
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
    query, onShelf, shown, sortBy, selected, summary, ticked, tickedHere, tickedElsewhere, tickedOutOfSight,
    actsOnTicked, targets, inSight, selectedIsOutOfSight, targetsOutOfSight, selectOutOfSight, toggle, tickShown,
  }
}
