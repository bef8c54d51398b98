import { type ComparedArm, outcomes } from '../../src-engine/analysis/comparison.ts'
import { stabilityText } from '../../src-engine/analysis/outcome-texts.ts'
import { formatCount, formatExact } from '../components/format.ts'

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
