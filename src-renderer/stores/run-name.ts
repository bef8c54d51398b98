import { computed } from 'vue'
import { useDesign } from './design.ts'
import type { RunSummary } from './runs.ts'

export type Named = Pick<RunSummary, 'name' | 'preset' | 'runId'>

/** Name of a run on every screen: its own, else the title of its preset, else its id. */
export function useRunName(): (run: Named) => string {
  const design = useDesign()
  const titles = computed(() => new Map(design.presets.map(({ id, title }) => [id, title])))
  return ({ name, preset, runId }) => name || titles.value.get(preset) || preset || runId
}
