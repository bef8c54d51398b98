import { type ComparedArm, outcomes, reasons } from './comparison.ts'

/** '7 learned', '2 diverged (runaway rates)': every run of the arm is in it, with all reasons of its outcome; the best first. */
export const outcomeTexts = ({ runs }: Pick<ComparedArm, 'runs'>): string[] => outcomes.flatMap((outcome) => {
  const those = runs.filter(({ stability }) => stability.outcome === outcome)
  if (those.length === 0) return []
  const found = reasons.filter((reason) => those.some(({ stability }) => stability.reasons.includes(reason)))
  return [`${those.length} ${outcome}${found.length > 0 ? ` (${found.join(', ')})` : ''}`]
})
