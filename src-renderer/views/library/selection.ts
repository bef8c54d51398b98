import { computed, onScopeDispose, ref, shallowRef, toRef, watch } from 'vue'
import { throttled } from '../../charts/throttle.ts'
import { NAMED } from '../../components/run-list.ts'
import type { RowRange } from '../../components/virtual-rows.ts'
import { useNavigation } from '../../stores/navigation.ts'
import { errorIn } from '../../stores/queries.ts'
import { type ListOrder, useRunList } from '../../stores/run-list.ts'
import { type RunSummary, useRuns } from '../../stores/runs.ts'
import { useSettings } from '../../stores/settings.ts'
import { useTable } from '../../stores/table.ts'
import { ListRows } from './rows.ts'
import { sortedBy } from './sort.ts'

/** Rows above and below those in sight that are read with them, so that slow scrolling shows no empty row. */
export const MARGIN = 30
/** Most rows that are in sight before the list has told how many. */
const FIRST = 60
/** Shortest time between two readings of the order while runs change, ms. */
const REFRESH_INTERVAL = 1000

const noRuns = { runIds: [], groups: [] }

/**
 * Runs that the Library screen shows, in order, alone or in groups, and the runs that its actions affect. All are known by their ids, but
 * only rows near those in sight are read.
 *
 * An action affects the selected run, or all runs of the selected group. If that run is ticked, it affects all ticked runs in the list instead. Ticks outside the list,
 * on another shelf or hidden by the filter, count for Compare only.
 */
export function useSelection() {
  const runs = useRuns()
  const navigation = useNavigation()
  const settings = useSettings()
  const table = useTable()
  const list = useRunList()

  const query = toRef(navigation, 'filter')
  const error = computed(() => errorIn(query.value))
  const question = computed(() => ({
    shelf: navigation.shelf, query: query.value, sort: settings.sort, groupBy: table.groupBy, replicates: table.replicates,
    columns: table.names, ofRuns: table.asked,
  }))
  const read = () => void list.refresh(question.value, prepare)
  const refresh = throttled(read, REFRESH_INTERVAL)
  watch(() => runs.version, refresh.request)
  onScopeDispose(refresh.cancel)

  const shown = computed(() => list.order?.runIds ?? [])
  const openGroups = shallowRef<ReadonlySet<string>>(new Set())
  const rowsOf = (order: ListOrder | null) => new ListRows(order ?? noRuns, openGroups.value, order?.question.groupBy)
  const rows = computed(() => rowsOf(list.order))
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
  /** Id of the selected run or group. If it is no longer shown: the group that hides it, the row now at its index, otherwise the last row. */
  const selected = computed({
    get: () => {
      const last = lastSelected.value
      if (last !== null && rows.value.placeOf(last) !== undefined) return last
      const around = last === null ? null : rows.value.closedGroupOf(last)
      return (around ?? rows.value.at(lastIndex.value) ?? rows.value.at(rows.value.length - 1))?.id ?? null
    },
    set: (id) => {
      lastSelected.value = id
      lastIndex.value = id === null ? 0 : rows.value.placeOf(id) ?? 0
    },
  })
  const group = computed(() =>
    (selected.value === null ? null : rows.value.at(rows.value.placeOf(selected.value)!)?.group ?? null))
  /** Null also until it is read. */
  const summary = computed(() => (selected.value === null ? null : runs.byId.get(selected.value) ?? null))

  const ticked = computed(() => new Set(navigation.ticked))
  const tickedHere = computed(() => (ticked.value.size === 0 ? [] : shown.value.filter((runId) => ticked.value.has(runId))))
  /** Ticked runs that the list does not show. */
  const tickedElsewhere = computed(() => {
    const here = new Set(tickedHere.value)
    return navigation.ticked.filter((runId) => !here.has(runId))
  })
  /** Whether actions affect the ticked runs and not just the selected one. */
  const actsOnTicked = computed(() => selected.value !== null && ticked.value.has(selected.value))
  const targets = computed((): readonly string[] => {
    if (group.value !== null) return group.value.runIds
    if (selected.value === null) return []
    return actsOnTicked.value ? tickedHere.value : [selected.value]
  })

  /** Rows of the list that are in sight. */
  const inSight = shallowRef<RowRange>({ from: 0, to: Infinity })
  const nearOf = (rows: ListRows) => {
    const { from, to } = inSight.value
    const near = rows.slice(Math.max(0, from - MARGIN), (to === Infinity ? from + FIRST : to) + MARGIN)
    return {
      runIds: near.filter(({ group }) => group === undefined).map(({ id }) => id),
      keys: near.flatMap(({ group }) => group?.key ?? []),
      /** Replicates are called by the first of them. */
      firsts: near.flatMap(({ group }) => group?.runIds[0] ?? []),
    }
  }
  const prepare = async (next: ListOrder) => {
    const { runIds, keys, firsts } = nearOf(rowsOf(next))
    await Promise.all([runs.ensure([...runIds, ...firsts]), list.see(runIds, keys)])
  }
  watch(question, read, { immediate: true })
  const near = computed(() => nearOf(rows.value))
  watch(near, ({ runIds, keys }) => void list.see(runIds, keys), { immediate: true })
  /** Runs that texts name, and those whose names they show on hover. */
  const named = computed(() => [
    ...(selected.value === null || group.value !== null ? [] : [selected.value]),
    ...[targets.value, tickedHere.value, tickedElsewhere.value].flatMap((some) => some.slice(0, NAMED)),
  ])
  runs.use(() => [...near.value.runIds, ...near.value.firsts, ...named.value])

  /** Summaries of those targets that are known: all that are queued or running, and the first others. */
  const knownTargets = computed((): readonly RunSummary[] => {
    const first = targets.value.slice(0, NAMED)
    const known = first.flatMap((runId) => runs.byId.get(runId) ?? [])
    if (runs.unfinished.size === 0 || targets.value.length <= NAMED) return known
    const others = new Set(targets.value.slice(NAMED))
    return [...known, ...[...runs.unfinished.values()].filter(({ runId }) => others.has(runId))]
  })

  /** Whether a row is scrolled out of sight, or in a closed group. */
  const isOutOfSight = (id: string) => {
    const place = rows.value.placeOf(id)
    return place === undefined || place < inSight.value.from || place >= inSight.value.to
  }
  const tickedOutOfSight = computed(() => tickedHere.value.filter(isOutOfSight))
  const selectedIsOutOfSight = () => selected.value !== null && isOutOfSight(selected.value)
  const targetsOutOfSight = () => targets.value.filter(isOutOfSight)
  /** Select the next ticked run that is out of sight, below if there is one. */
  const selectOutOfSight = () => {
    const below = tickedOutOfSight.value.find((runId) => (rows.value.placeOf(runId) ?? -1) >= inSight.value.to)
    const next = below ?? tickedOutOfSight.value[0]
    if (next === undefined) return
    const closed = rows.value.closedGroupOf(next)
    if (closed !== null) fold(closed.id, true)
    selected.value = next
  }

  /** Tick or untick a run. Ticking selects it too, so that the next action affects what was ticked. */
  const toggle = (runId: string) => {
    navigation.toggle(runId)
    if (navigation.isTicked(runId)) selected.value = runId
  }
  const tickShown = (tick: boolean) => {
    if (tick) navigation.tick(shown.value)
    else navigation.untick(shown.value)
  }

  return {
    query, error, shown, rows, fold, sortBy, group, selected, summary,
    ticked, tickedHere, tickedElsewhere, tickedOutOfSight, actsOnTicked, targets, knownTargets,
    inSight, selectedIsOutOfSight, targetsOutOfSight, selectOutOfSight, toggle, tickShown,
  }
}
