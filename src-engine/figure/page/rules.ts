import type { Line, Mark, Rule } from '../figure.ts'
import { isInside } from './clip.ts'
import { type Frame, placed } from './frame.ts'
import type { Point, Shape, Words } from './scene.ts'
import { CAPITAL, FAINT, type PageStyle } from './style.ts'
import { strokeOf } from './symbols.ts'
import { fitted, textWidth, words } from './text.ts'

/** Between labels beside each other, in sizes of the text. */
const APART = 0.8
/** Distance of labels above each other, in sizes of the text. */
export const LANE = 1.25
/** Between the plot and labels at its right, in sizes of the text: of rules, and if there are lines with labels. */
const BEFORE = { rules: 0.5, lines: 1.6 }
/** Between a label and what connects it with its line, in sizes of the text. */
const LEADER = 0.25

const isOn = (share: number) => share >= 0 && share <= 1

export function drawRule({ x, y, colour, dash }: Rule, { box, x: across, y: up, style }: Frame): Shape[] {
  const { left, top, width, height } = box
  const share = x === undefined ? up.at(y!) : across.at(x)
  if (!isOn(share)) return []
  const line: Point[] = x === undefined
    ? [[left, top + (1 - share) * height], [left + width, top + (1 - share) * height]]
    : [[left + share * width, top], [left + share * width, top + height]]
  return [{ kind: 'polylines', lines: [line], stroke: strokeOf(colour, style.line, dash) }]
}

/** Labels of vertical rules on as many lines above a plot as they need. */
export interface LabelsAbove {
  lanes: number
  /** Middles from the left of the plot. */
  labels: readonly { text: string; middle: number; lane: number }[]
}

export function labelsAbove(marks: readonly Mark[], { at }: Frame['x'], width: number, { font }: PageStyle): LabelsAbove {
  const ends: number[] = []
  const rules = marks.flatMap((mark) =>
    (mark.kind === 'rule' && mark.label && mark.x !== undefined && isOn(at(mark.x)) ? [{ text: mark.label, share: at(mark.x) }] : []))
  const labels = rules.sort((a, b) => a.share - b.share).map(({ text, share }) => {
    const shown = fitted(text, width, { size: font })
    const own = textWidth(shown, { size: font })
    const middle = Math.min(width - own / 2, Math.max(own / 2, share * width))
    const free = ends.findIndex((end) => middle - own / 2 >= end + APART * font)
    const lane = free < 0 ? ends.length : free
    ends[lane] = middle + own / 2
    return { text: shown, middle, lane }
  })
  return { lanes: ends.length, labels }
}

export const drawLabelsAbove = ({ labels }: LabelsAbove, { box: { left, top }, style: { font } }: Frame): Words[] =>
  labels.map(({ text, middle, lane }) =>
    words(text, [left + middle, top - (0.4 + lane * LANE) * font], { size: font, anchor: 'middle', colour: FAINT }))

type Labelled = (Rule | Line) & { label: string }

/** Horizontal rules and lines with labels beside the plot. */
export const labelsBeside = (marks: readonly Mark[]): Labelled[] => marks.filter((mark): mark is Labelled =>
  ((mark.kind === 'rule' && mark.x === undefined) || mark.kind === 'line') && mark.label !== undefined)

const spaceBefore = (marks: readonly Mark[]) => (labelsBeside(marks).some(({ kind }) => kind === 'line') ? BEFORE.lines : BEFORE.rules)

/** Space for the labels of horizontal rules and of lines at the right of a plot. */
export function labelsWidth(marks: readonly Mark[], most: number, { font }: PageStyle): number {
  const labels = labelsBeside(marks).map(({ label }) => textWidth(fitted(label, most, { size: font }), { size: font }))
  return labels.length > 0 ? spaceBefore(marks) * font + Math.max(...labels) : 0
}

/** Where a line ends in the plot, or a rule at its border; null if neither is seen. */
function endOf(mark: Labelled, frame: Frame): Point | null {
  const { box } = frame
  if (mark.kind === 'line') {
    const points = Array.from(mark.x, (x, index) => placed(x, mark.y[index]!, frame))
    return points.findLast((point) => point !== null && isInside(point, box)) ?? null
  }
  const share = frame.y.at(mark.y!)
  return isOn(share) ? [box.left + box.width, box.top + (1 - share) * box.height] : null
}

/**
 * Labels of horizontal rules and of lines, moved apart. A line is connected with its label. Those that have no room are left out.
 *
 * @param left where their space begins
 * @param most width of a label
 */
export function drawLabelsAtRight(
  marks: readonly Mark[], left: number, most: number, frameOf: (mark: Mark) => Frame,
): Shape[] {
  const labelled = labelsBeside(marks).flatMap((mark) => {
    const end = endOf(mark, frameOf(mark))
    return end === null ? [] : [{ mark, end }]
  })
  if (labelled.length === 0) return []
  const { box: { top, height }, style: { font, line } } = frameOf(labelled[0]!.mark)
  const count = Math.floor(height / (LANE * font)) + 1
  const shown = labelled.sort((a, b) => a.end[1] - b.end[1]).slice(0, count)
  const middles = movedApart(shown.map(({ end }) => end[1]), LANE * font, top + height)
  return shown.flatMap(({ mark, end }, index): Shape[] => {
    const [start, middle] = [left + spaceBefore(marks) * font, middles[index]!]
    const text = fitted(mark.label, most, { size: font })
    const at: Point = [start, middle + (CAPITAL * font) / 2]
    if (mark.kind === 'rule') return [words(text, at, { size: font, colour: FAINT })]
    const leader: Point[] = [end, [start - LEADER * font, middle]]
    return [
      { kind: 'polylines', lines: [leader], stroke: strokeOf(mark.colour, line / 2) },
      words(text, at, { size: font }),
    ]
  })
}

/** Rising positions at a distance of at least `apart`, none beyond the end. */
function movedApart(positions: readonly number[], apart: number, end: number): number[] {
  const moved = [...positions]
  for (let index = 1; index < moved.length; index++) moved[index] = Math.max(moved[index]!, moved[index - 1]! + apart)
  let last = end
  for (let index = moved.length - 1; index >= 0; index--) {
    moved[index] = Math.min(moved[index]!, last)
    last = moved[index]! - apart
  }
  return moved
}
