import type { Comparison, ComparedArm } from '../../src-engine/statistics/comparison.ts'
import { outcomeTexts } from '../../src-engine/statistics/outcome-texts.ts'
import { formatCount, formatNumber, formatP, formatSigned } from '../../src-engine/format/numbers.ts'
import { lossNamed } from '../../src-engine/experiment/task.ts'
import { table } from './format.ts'

const headOf = (loss: string) => ['Arm', 'n', `${lossNamed(loss).title}, last 20`, 'SD', '95 % interval', 'Worst', 'Difference', 'p (Holm)', 'SETs', 'Energy (µJ)', 'Outcome']

/** Table of a tournament's arms, best first, followed by notes and warnings. */
export function comparisonText({ arms, reference, loss, warnings }: Comparison): string {
  return [
    table([headOf(loss), ...arms.map(rowOf)]),
    '',
    ...(arms.some(({ onFront }) => onFront) ? ['* On the Pareto front of loss and SET pulses.'] : []),
    `Differences are from ${reference}, paired by seed.`,
    ...warnings,
  ].join('\n')
}

function rowOf({ label, sample: { n, mean, sd }, interval, worst, test, set, energy, onFront, ...rest }: ComparedArm): string[] {
  return [
    onFront ? `${label} *` : label,
    formatCount(n),
    n === 0 ? '–' : formatNumber(mean),
    formatNumber(sd),
    interval ? interval.map(formatNumber).join(' to ') : '–',
    formatNumber(worst),
    formatSigned(test?.difference ?? null),
    formatP(test?.corrected ?? null),
    formatCount(set),
    formatNumber(energy),
    outcomeOf(rest),
  ]
}

/** Outcomes of the runs, worst first. */
const outcomeOf = ({ failed, unfinished, runs }: Pick<ComparedArm, 'failed' | 'unfinished' | 'runs'>): string => [
  ...outcomeTexts({ runs }).toReversed(),
  ...(failed > 0 ? [`${failed} failed`] : []),
  ...(unfinished > 0 ? [`${unfinished} unfinished`] : []),
].join(', ')
