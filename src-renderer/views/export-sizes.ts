import { onScopeDispose, shallowRef, watch } from 'vue'
import { formatRoughBytes } from '../components/format.ts'
import { type ExportFormat, type ExportSizes, useRuns } from '../stores/runs.ts'

/** Time for which the chosen runs must stay the same before their size is asked for, ms. */
const QUIET_MS = 200

/** Estimated sizes of an export of the chosen runs, which the library knows a moment after the choice. */
export function useExportSizes(runIds: () => readonly string[]) {
  const runs = useRuns()
  const sizes = shallowRef<ExportSizes | null>(null)
  let timer: ReturnType<typeof setTimeout> | undefined
  /** Number of the newest request. An answer to an earlier one is too late. */
  let newest = 0

  const refresh = async () => {
    const own = ++newest
    // Without an estimate, an export is as good as before.
    const answer = runIds().length === 0 ? null : await runs.exportSizes(runIds()).catch(() => null)
    if (own === newest) sizes.value = answer
  }
  watch(() => runIds().join(), () => {
    newest++
    sizes.value = null
    clearTimeout(timer)
    timer = setTimeout(() => void refresh(), QUIET_MS)
  }, { immediate: true })
  onScopeDispose(() => clearTimeout(timer))

  /** 'about 12 MB'; null while it is unknown. */
  const textOf = (format: ExportFormat): string | null => (sizes.value === null ? null : formatRoughBytes(sizes.value[format]))
  return { refresh, textOf }
}
