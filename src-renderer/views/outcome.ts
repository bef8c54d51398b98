import { type ComparedArm, type Outcome, outcomes } from '../../src-engine/analysis/comparison.ts'
import { stabilityText } from '../../src-engine/analysis/outcome-texts.ts'
import { formatCount, formatExact } from '../components/format.ts'
import type { RunSummary } from '../stores/runs.ts'

/** Finished runs by outcome, as far as it is known. */
export const outcomeCounts = (runs: readonly Pick<RunSummary, 'outcome'>[]) => Object.fromEntries(
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
