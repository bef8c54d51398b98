import type { Line, Mark, Panel } from '../figure.ts'
import type { Grid } from './grid.ts'
import { mostForRules } from './plot.ts'
import { labelsBeside, LANE } from './rules.ts'
import type { PageStyle } from './style.ts'
import { textWidth } from './text.ts'

/** A panel with the names of lines at their ends in place of their entries in the key. */
export function withLabelledLines(panel: Panel): Panel {
  const names = new Set(panel.key.map(({ text }) => text))
  const labelled = new Set<string>()
  const plots = panel.plots.map((plot) => {
    const last = new Map(plot.marks.flatMap((mark, index) => (isNamed(mark, names) ? [[mark.entry, index] as const] : [])))
    for (const name of last.keys()) labelled.add(name)
    const labelledMark = (mark: Mark, index: number) =>
      (isNamed(mark, names) && last.get(mark.entry) === index ? { ...mark, label: mark.entry } : mark)
    return { ...plot, marks: plot.marks.map(labelledMark) }
  })
  return { ...panel, plots, key: panel.key.filter(({ text }) => !labelled.has(text)) }
}

const isNamed = (mark: Mark, names: ReadonlySet<string>): mark is Line & { entry: string } =>
  mark.kind === 'line' && mark.entry !== undefined && names.has(mark.entry) && Array.from(mark.y).some(Number.isFinite)

/** Whether all labels beside the plots have room, each as a whole. An axis at the right would be between lines and labels. */
export const fitsLabels = ({ plots, isNarrow }: Grid, style: PageStyle) => !isNarrow && plots.every((placed) => {
  const labels = labelsBeside(placed.plot.marks)
  const most = mostForRules(placed, style)
  return placed.plot.right === undefined && labels.length <= Math.floor(placed.box.height / (LANE * style.font)) + 1
    && labels.every(({ label }) => textWidth(label, { size: style.font }) <= most)
})
