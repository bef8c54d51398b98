import { inject, type InjectionKey, type Ref } from 'vue'
import type { FigureDocumentInput } from '../../src-engine/charts/figure-document.ts'
import type { Mode } from '../../src-engine/charts/palette.ts'
import type { PictureFormat } from '../../src-engine/figure/page/formats.ts'
import type { Scene } from '../../src-engine/figure/page/scene.ts'

export type PanelInput = FigureDocumentInput['panels'][number]

/** What charts need from the surrounding application. */
export interface ChartContext {
  mode: Readonly<Ref<Mode>>
  /** Saves a page where the user chooses. */
  save: (name: string, format: PictureFormat, page: Scene) => Promise<void>
  /** Copies a page as an image. */
  copy: (page: Scene) => Promise<void>
  /** Puts a chart into a figure. @param name of a new figure */
  compose: (panel: PanelInput, name: string) => void
  showError: (error: unknown) => void
}

export const chartContext: InjectionKey<ChartContext> = Symbol('chart context')

export function useChartContext(): ChartContext {
  const context = inject(chartContext)
  if (!context) throw new Error('chart context is missing: call provideCharts in the view')
  return context
}
