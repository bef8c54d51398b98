import { computed, ref, toRef } from 'vue'
import { useNavigation } from '../../stores/navigation.ts'
import { type RunSummary, useRuns } from '../../stores/runs.ts'
import { type SortColumn, useSettings } from '../../stores/settings.ts'
import { filterRuns } from './filter.ts'
import { sortedBy, sortRuns } from './sort.ts'

/** Which runs the Library screen shows, in which order, and which of them an action is for. */
export function useSelection() {
  const runs = useRuns()
  const navigation = useNavigation()
  const settings = useSettings()

  const query = toRef(navigation, 'filter')
  const onShelf = computed(() => runs.summaries.filter(({ shelf }) => shelf === navigation.shelf))
  const found = computed(() => filterRuns(onShelf.value, query.value))
  const shown = computed(() => sortRuns(found.value, settings.sort))
  const sortBy = (column: SortColumn) => { settings.sort = sortedBy(column, settings.sort) }

  const picked = ref(navigation.runId)
  const at = ref(0)
  /** The picked run, else the one that has come to its place, else the last of the list. */
  const chosen = computed({
    get: () => {
      const isShown = picked.value !== null && shown.value.some(({ runId }) => runId === picked.value)
      return isShown ? picked.value : (shown.value[at.value] ?? shown.value.at(-1))?.runId ?? null
    },
    set: (runId) => {
      picked.value = runId
      at.value = Math.max(0, shown.value.findIndex((run) => run.runId === runId))
    },
  })
  const summary = computed(() => (chosen.value === null ? null : runs.byId.get(chosen.value) ?? null))

  const ticked = computed(() => new Set(navigation.ticked))
  /** What Export writes: the ticked runs, else the chosen one. */
  const subject = computed(() => (navigation.ticked.length > 0 ? navigation.ticked : chosen.value === null ? [] : [chosen.value]))
  /** What is moved: of the ticked runs those on this shelf, else the chosen one. */
  const movable = computed((): RunSummary[] => {
    const here = ticked.value.size === 0 ? [] : onShelf.value.filter(({ runId }) => ticked.value.has(runId))
    return here.length > 0 || summary.value === null ? here : [summary.value]
  })

  const tickShown = (tick: boolean) => {
    const ids = shown.value.map(({ runId }) => runId)
    if (tick) navigation.tick(ids)
    else navigation.untick(ids)
  }

  return { query, onShelf, shown, sortBy, chosen, summary, ticked, subject, movable, tickShown }
}
