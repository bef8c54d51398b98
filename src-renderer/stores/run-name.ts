import { computed } from 'vue'
import { useDesign } from './design.ts'
import { runName, type RunSummary } from './runs.ts'

export type Named = Pick<RunSummary, 'name' | 'preset' | 'runId'>

/** Name of a run on every screen. */
export function useRunName(): (run: Named) => string {
  const design = useDesign()
  const titles = computed(() => new Map(design.presets.map(({ id, title }) => [id, title])))
  return (run) => runName(run, titles.value)
}
