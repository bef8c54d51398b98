import { formatCount, formatExact } from '../format/numbers.ts'
import { type ComparedArm, type Outcome, outcomes, reasons, type Stability } from './comparison.ts'

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

/** Finished runs by outcome, as far as it is known. */
export const outcomeCounts = (runs: readonly { outcome: Outcome | null }[]) => Object.fromEntries(
  outcomes.map((outcome) => [outcome, runs.filter((run) => run.outcome === outcome).length]),
) as Record<Outcome, number>

export const hasBadRuns = ({ diverged, silent }: Record<Outcome, number>) => diverged + silent > 0

/** Outcomes of the runs of an arm or a sweep, worst first: '2 silent · 8 learned · 1 failed'. */
export const outcomesText = ({ outcomes: counts, failed, unfinished }: Pick<ComparedArm, 'outcomes' | 'failed' | 'unfinished'>): string => [
  ...outcomes.toReversed().filter((outcome) => counts[outcome] > 0).map((outcome) => `${formatCount(counts[outcome])} ${outcome}`),
  ...(failed > 0 ? [`${formatCount(failed)} failed`] : []),
  ...(unfinished > 0 ? [`${formatCount(unfinished)} not finished`] : []),
].join(' · ')

/** One line for each run that did not learn, with its reasons. */
export const whyNot = ({ runs }: ComparedArm): string[] => runs
  .filter(({ stability }) => stability.outcome !== 'learned')
  .map(({ seed, stability }) => `seed ${formatExact(seed)} ${stabilityText(stability)}`)
