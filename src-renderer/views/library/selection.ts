import { computed, ref, toRef } from 'vue'
import { useNavigation } from '../../stores/navigation.ts'
import { useRunName } from '../../stores/run-name.ts'
import { type RunSummary, useRuns } from '../../stores/runs.ts'
import { type SortColumn, useSettings } from '../../stores/settings.ts'
import { filterRuns } from './filter.ts'
import { sortedBy, sortRuns } from './sort.ts'

/** Runs that the Library screen shows, in order, and the runs that its actions affect. */
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
  /** Runs to export: the ticked ones, or the selected one if none is ticked. */
  const toExport = computed(() => {
    if (navigation.ticked.length > 0) return navigation.ticked
    return selected.value === null ? [] : [selected.value]
  })
  /** Runs to move: the ticked ones on this shelf, or the selected one if none is ticked here. */
  const toMove = computed((): RunSummary[] => {
    const here = ticked.value.size === 0 ? [] : onShelf.value.filter(({ runId }) => ticked.value.has(runId))
    return here.length > 0 || summary.value === null ? here : [summary.value]
  })

  const tickShown = (tick: boolean) => {
    const ids = shown.value.map(({ runId }) => runId)
    if (tick) navigation.tick(ids)
    else navigation.untick(ids)
  }

  return { query, onShelf, shown, sortBy, selected, summary, ticked, toExport, toMove, tickShown }
}
