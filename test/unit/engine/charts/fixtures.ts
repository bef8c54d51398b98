import type { Chart } from '../../../../src-engine/charts/chart.ts'
import { palettes } from '../../../../src-engine/charts/palette.ts'
import type { Mark } from '../../../../src-engine/figure/figure.ts'

export const light = palettes.light

export const epochsOf = (losses: number[]) =>
  losses.map((loss, index) => ({ epoch: index + 1, loss, patternLosses: [loss / 2, loss * 2], metrics: {} }))

/** Marks of one kind. */
export const marksOf = <Kind extends Mark['kind']>({ plot }: Chart, kind: Kind): Extract<Mark, { kind: Kind }>[] =>
  plot.marks.filter((mark): mark is Extract<Mark, { kind: Kind }> => mark.kind === kind)

/** Points of a line or of points, as pairs. */
export const pairsOf = ({ x, y }: { x: ArrayLike<number>; y: ArrayLike<number> }) => Array.from(x, (at, index) => [at, y[index]!])
