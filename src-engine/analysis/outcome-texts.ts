import { type ComparedArm, outcomes, reasons, type Stability } from './comparison.ts'

/** Outcome of a run with its reasons: 'learned', 'diverged: runaway rates, loss grew'. */
export const stabilityText = ({ outcome, reasons }: Stability): string =>
  [outcome, ...(reasons.length > 0 ? [reasons.join(', ')] : [])].join(': ')

/** Outcome counts such as '7 learned' and '2 diverged (runaway rates)', best outcome first. They cover every run of the arm. */
export const outcomeTexts = ({ runs }: Pick<ComparedArm, 'runs'>): string[] => outcomes.flatMap((outcome) => {
  const those = runs.filter(({ stability }) => stability.outcome === outcome)
  if (those.length === 0) return []
  const found = reasons.filter((reason) => those.some(({ stability }) => stability.reasons.includes(reason)))
  return [`${those.length} ${outcome}${found.length > 0 ? ` (${found.join(', ')})` : ''}`]
})
