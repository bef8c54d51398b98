import { computed, ref, type Ref, shallowRef } from 'vue'
import type { FigureDocument } from '../../src-engine/charts/figure-document.ts'
import { POINTS_PER_MM } from '../../src-engine/figure/page/style.ts'
import { svgOf } from '../../src-engine/figure/page/svg.ts'
import { call } from '../bridge/bridge.ts'
import type { DrawnFigure } from '../bridge/bridge.ts'

/** Delay before a changed figure is drawn, ms. Keystrokes come in bursts. */
export const DRAW_DELAY = 200

/** The page of a figure, drawn once at a time. The last one stays while a new one is drawn. @param valid null while there is none */
export function figurePage(valid: Readonly<Ref<FigureDocument | null>>) {
  const drawn = shallowRef<{ document: FigureDocument, figure: DrawnFigure } | null>(null)
  /** Why the figure could not be drawn; null if it could. */
  const failure = ref<string | null>(null)
  /** Widths and heights in mm. Null if it was not drawn yet. */
  const page = computed(() => {
    const scene = drawn.value?.figure.page
    return scene ? { svg: svgOf(scene), width: scene.width / POINTS_PER_MM, height: scene.height / POINTS_PER_MM } : null
  })

  let isDrawing = false
  let timer: ReturnType<typeof setTimeout> | undefined
  /** Number of figures so far, by which answers for an earlier one are recognised. */
  let figures = 0
  /** Start with another figure. */
  const forget = () => {
    figures++
    drawn.value = null
    failure.value = null
  }
  const draw = async () => {
    const asked = valid.value
    if (isDrawing || asked === null) return
    isDrawing = true
    const of = figures
    try {
      const figure = await call('figures.draw', { document: asked })
      if (of !== figures) return
      drawn.value = { document: asked, figure }
      failure.value = null
    } catch (error) {
      if (of === figures) failure.value = (error as Error).message
    } finally {
      isDrawing = false
      if (valid.value !== asked) void draw()
    }
  }
  const drawLater = () => {
    clearTimeout(timer)
    timer = setTimeout(() => void draw(), DRAW_DELAY)
  }
  return { drawn, page, failure, draw, drawLater, forget }
}
