import type { Bracket } from '../figure/figure.ts'
import { formatP } from '../format/numbers.ts'
import type { ComparedArm } from '../statistics/comparison.ts'
import type { Details } from './densities.ts'

/** Most brackets of a chart: those of the smallest p. */
const MOST_BRACKETS = 8
const SIGNIFICANT = 0.05

/** Brackets from the reference to the arms that were tested against it. */
export function bracketsOf(arms: readonly ComparedArm[], reference: string): Details<Bracket> {
  const from = arms.findIndex(({ label }) => label === reference)
  const tested = arms.flatMap(({ test }, to) => (test && Number.isFinite(test.corrected) ? [{ to, p: test.corrected }] : []))
  if (from < 0 || tested.length === 0) return { marks: [], notes: [] }
  const shown = tested.toSorted((a, b) => a.p - b.p).slice(0, MOST_BRACKETS)
  const rest = tested.length - shown.length
  return {
    marks: shown.map(({ to, p }) => ({ kind: 'bracket', from, to, text: resultOf(p) })),
    notes: [`brackets: p of the sign-flip test against the reference, after Holm; n.s. from ${SIGNIFICANT} on`,
      ...(rest > 0 ? [`brackets of the ${rest} largest p not drawn`] : [])],
  }
}

function resultOf(p: number): string {
  if (p >= SIGNIFICANT) return 'n.s.'
  const text = formatP(p)
  return text.startsWith('<') ? `p ${text}` : `p = ${text}`
}
