import type { Bracket, Mark } from './figure.ts'

/** A bracket in a lane beside the plot, and its text in a column beside all lanes, both from 0. */
export interface PlacedBracket extends Bracket {
  lane: number
  column: number
}

export interface BracketLanes {
  lanes: number
  columns: number
  brackets: readonly PlacedBracket[]
}

/** Brackets of a plot, the shorter ones further inside. Brackets in one lane share no row, and texts in one column neither. */
export function bracketLanes(marks: readonly Mark[]): BracketLanes {
  const placed: PlacedBracket[] = []
  const span = ({ from, to }: Bracket) => Math.abs(to - from)
  const brackets = marks.filter((mark) => mark.kind === 'bracket') as Bracket[]
  for (const bracket of brackets.toSorted((a, b) => span(a) - span(b))) {
    const taken = new Set(placed.filter((other) => sharesRow(bracket, other)).map(({ lane }) => lane))
    const lane = Array.from({ length: taken.size + 1 }, (_, index) => index).find((index) => !taken.has(index))!
    placed.push({ ...bracket, lane, column: placed.filter(({ to }) => to === bracket.to).length })
  }
  const count = (each: 'lane' | 'column') => 1 + Math.max(-1, ...placed.map((bracket) => bracket[each]))
  return { lanes: count('lane'), columns: count('column'), brackets: placed }
}

const sharesRow = (a: Bracket, b: Bracket) =>
  Math.min(a.from, a.to) <= Math.max(b.from, b.to) && Math.min(b.from, b.to) <= Math.max(a.from, a.to)
