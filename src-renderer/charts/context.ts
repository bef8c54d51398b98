import { inject, type InjectionKey, type Ref } from 'vue'
import type { Mode } from './colours.ts'

/** What charts need of the application around them. */
export interface ChartContext {
  mode: Readonly<Ref<Mode>>
  /** Keeps a picture where the person chooses. */
  save: (name: string, format: 'svg' | 'png', content: string | Uint8Array) => Promise<void>
  copy: (picture: Blob) => Promise<void>
  /** Tells of what could not be done. */
  failed: (error: unknown) => void
}

export const chartContext: InjectionKey<ChartContext> = Symbol('chart context')

export function useChartContext(): ChartContext {
  const context = inject(chartContext)
  if (!context) throw new Error('a chart stands outside a view that provides its context')
  return context
}
