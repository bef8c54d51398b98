import type { CategoryAxis, Mark, NumberAxis, Plot } from '../../src-engine/figure/figure.ts'
import { coveredBy } from '../../src-engine/figure/page/extents.ts'
import { scaleOf } from '../../src-engine/figure/scale.ts'
import { symlog, symlogEnds, thresholdOf, unsymlog } from '../../src-engine/figure/symlog.ts'

type Convert = (value: number) => number
const same: Convert = (value) => value

/** Position on an axis of ECharts, which has no symlog axes: there it is the length from 0. */
export const placeOn = (axis: NumberAxis | CategoryAxis | undefined): Convert =>
  (axis?.scale === 'symlog' ? (value) => symlog(value, thresholdOf(axis)) : same)

/** The value at a position. */
export const valueOn = (axis: NumberAxis | CategoryAxis | undefined): Convert =>
  (axis?.scale === 'symlog' ? (position) => unsymlog(position, thresholdOf(axis)) : same)

/** Most ticks with labels. */
const MOST_TICKS = 7

/** Without rounding errors, which would be a label at 0. */
const rounded = (position: number) => Math.round(position * 1e9) / 1e9

/** Positions of the ticks of a symlog axis. */
export function symlogTicks(axis: NumberAxis, values: readonly number[]): number[] {
  const [from, to] = symlogEnds(axis, values).map(placeOn(axis)) as [number, number]
  return scaleOf(axis, values, ({ length }) => length <= MOST_TICKS).ticks.map(({ at }) => rounded(from + at * (to - from)))
}

/** What the axes of a plot must cover, in values. */
export const valuesOf = ({ marks }: Plot) => coveredBy(marks)

/** Marks of a plot at their positions. An axis that is not linear cannot show an image. */
export function placedMarks({ x, y, right, marks }: Plot): readonly Mark[] {
  if (![x, y, right].some((axis) => axis?.scale === 'symlog')) return marks
  return marks.flatMap((mark) => {
    const up = 'isRight' in mark && mark.isRight ? right : y
    return mark.kind === 'image' ? [] : [placed(mark, placeOn(x), placeOn(up))]
  })
}

function placed(mark: Exclude<Mark, { kind: 'image' }>, across: Convert, up: Convert): Mark {
  switch (mark.kind) {
    case 'line': case 'points': case 'raster': return { ...mark, x: each(mark.x, across), y: each(mark.y, up) }
    case 'band': return { ...mark, x: each(mark.x, across), low: each(mark.low, up), high: each(mark.high, up) }
    case 'density': return { ...mark, x: each(mark.x, across) }
    case 'bars': return { ...mark, edges: each(mark.edges, across), values: each(mark.values, up) }
    case 'intervals': return { ...mark, low: each(mark.low, across), high: each(mark.high, across), y: each(mark.y, up) }
    case 'rug': return { ...mark, at: each(mark.at, mark.side === 'right' ? up : across) }
    case 'rule': return { ...mark, ...(mark.x !== undefined && { x: across(mark.x) }), ...(mark.y !== undefined && { y: up(mark.y) }) }
    case 'bracket': case 'text': return mark
  }
}

const each = (values: ArrayLike<number>, convert: Convert): number[] => Array.from(values, convert)
