import { computed, onScopeDispose, shallowRef, watch } from 'vue'
import { throttled } from '../../charts/throttle.ts'
import { type RunSummary, useRuns } from '../../stores/runs.ts'
import { useSweeps } from '../../stores/sweeps.ts'
import { ENDED_SWEEPS } from './rows.ts'

/** Shortest time between two readings while runs change, ms. */
const INTERVAL = 500

/** Paused runs of the library, and sweeps with runs that are paused or interrupted, read while the Queue screen is open. */
export function usePausedRuns() {
  const runs = useRuns()
  const paused = shallowRef<readonly RunSummary[]>([])
  const sweepIds = shallowRef<readonly string[]>([])
  const read = async () => {
    const [found, ofSweeps] = await Promise.all([
      runs.find('status = paused', 'library').then(runs.read),
      runs.sweepsOf('status = paused or status = interrupted'),
    ])
    paused.value = found.filter(({ status }) => status === 'paused')
    sweepIds.value = ofSweeps
  }
  const reading = throttled(() => void read().catch(() => undefined), INTERVAL)
  watch(() => runs.version, reading.request)
  reading.request()
  onScopeDispose(reading.cancel)
  return { paused, sweepIds }
}

/** Sweeps whose runs the Queue screen needs: those that have not ended, and the last that have. */
export function useShownSweeps(hasNotEnded: () => ReadonlySet<string>) {
  const sweeps = useSweeps()
  /** Sweeps without a run in the library are not shown, but that is known only after their runs are read. */
  const isShown = (sweepId: string) => sweeps.runsOf.get(sweepId)?.some(({ shelf }) => shelf === 'library') ?? true
  return computed(() => {
    let ended = 0
    return sweeps.records.map(({ sweepId }) => sweepId).filter((sweepId) => {
      if (hasNotEnded().has(sweepId)) return true
      if (ended === ENDED_SWEEPS) return false
      if (isShown(sweepId)) ended++
      return true
    })
  })
}
