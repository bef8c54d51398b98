import type { KeyEntry, Line, Rug } from '../figure/figure.ts'
import { counted } from '../format/words.ts'

/** Entry of the marks where a value is missing. */
export const NOT_DRAWN = 'Not drawn'

export interface Gaps {
  /** Crosses at the bottom of the plot. */
  marks: Rug[]
  key: KeyEntry[]
  notes: string[]
}

/** Where lines have values that their axis cannot show: not finite, or ≤ 0 on a log axis. */
export function gapsOf(lines: readonly Pick<Line, 'x' | 'y'>[], colour: string, isLog = false): Gaps {
  const at = new Set<number>()
  let [missing, low] = [0, 0]
  for (const { x, y } of lines) {
    for (let index = 0; index < y.length; index++) {
      const value = y[index]!
      if (Number.isFinite(value) && !(isLog && value <= 0)) continue
      at.add(x[index]!)
      if (Number.isFinite(value)) low++
      else missing++
    }
  }
  if (at.size === 0) return { marks: [], key: [], notes: [] }
  return {
    marks: [{ kind: 'rug', side: 'bottom', at: [...at], shape: 'cross', colour, entry: NOT_DRAWN }],
    key: [{ text: NOT_DRAWN, colour, symbol: 'cross' }],
    notes: [
      ...(missing > 0 ? [`× ${counted(missing, 'value')} not finite`] : []),
      ...(low > 0 ? [`× ${counted(low, 'value')} ≤ 0, not shown on a log axis`] : []),
    ],
  }
}
