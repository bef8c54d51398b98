import type { Line, Mark, Panel } from '../figure.ts'
import type { Grid } from './grid.ts'
import { labelsBeside, LANE } from './rules.ts'
import type { PageStyle } from './style.ts'

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
  mark.kind === 'line' && mark.entry !== undefined && names.has(mark.entry)

/** Whether all labels beside the plots have room. */
export const fitsLabels = ({ plots, isNarrow }: Grid, { font }: PageStyle) =>
  !isNarrow && plots.every(({ plot, box }) => labelsBeside(plot.marks).length <= Math.floor(box.height / (LANE * font)) + 1)
