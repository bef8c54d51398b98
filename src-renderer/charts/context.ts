import { inject, type InjectionKey, type Ref } from 'vue'
import type { Mode } from './colours.ts'

/** What charts need from the surrounding application. */
export interface ChartContext {
  mode: Readonly<Ref<Mode>>
  /** Saves an image where the user chooses. */
  save: (name: string, format: 'svg' | 'png', content: string | Uint8Array) => Promise<void>
  copy: (image: Blob) => Promise<void>
  showError: (error: unknown) => void
}

export const chartContext: InjectionKey<ChartContext> = Symbol('chart context')

export function useChartContext(): ChartContext {
  const context = inject(chartContext)
  if (!context) throw new Error('chart context is missing: call provideCharts in the view')
  return context
}
