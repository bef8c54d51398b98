import type { ComparedArm } from '../../../src-engine/statistics/comparison.ts'
import { lossNamed } from '../../../src-engine/experiment/task.ts'
import { writtenText } from '../../../src-engine/format/written-text.ts'
import { meanCosts } from './costs.ts'
import { budgetText } from './method.ts'
import { differenceText, latexNumber, PULSE_DIGITS, pText, resultText } from './numbers.ts'
import { type ArmGroup, countText, groupsOf, nameInGroup, outcomeText, type StudySection } from './report.ts'

const heads = [
  'Arm', '$n$', 'Mean $\\pm$ SD', '95\\,\\% interval', 'Worst', 'Difference', '$p$', '$p_\\text{Holm}$', 'SETs', 'WRITE energy ($\\mu$J)', 'Runs',
]

/** LaTeX `table` for booktabs and amsmath, one line per arm, grouped like the Markdown table. */
export function latexTable(section: StudySection): string {
  const { id, title, comparison } = section
  const groups = groupsOf(section).filter(({ arms }) => arms.length > 0)
  return [
    '% Needs \\usepackage{booktabs} and \\usepackage{amsmath}.',
    '\\begin{table}',
    '  \\centering',
    `  \\caption{${latexText(title)}: ${latexText(lossNamed(comparison.loss).title)} over seeds. Intervals are bootstrap intervals of the mean. $p$ is from a paired sign-flip test`
    + ` against ${latexText(comparison.reference)}, before and after Holm's correction. ${latexText(budgetText(comparison.budget))}}`,
    `  \\label{tab:${id}}`,
    '  \\begin{tabular}{lrrrrrrrrrl}',
    '    \\toprule',
    `    ${heads.join(' & ')} \\\\`,
    ...groups.flatMap((group) => groupLines(section, group)),
    '    \\bottomrule',
    '  \\end{tabular}',
    '\\end{table}',
    '',
  ].join('\n')
}

function groupLines(section: StudySection, { title, arms }: ArmGroup): string[] {
  const heading = title ? [`    \\multicolumn{${heads.length}}{l}{\\textit{${latexText(title)}}} \\\\`] : []
  return ['    \\midrule', ...heading, ...arms.map((arm) => `    ${cells(section, arm).join(' & ')} \\\\`)]
}

function cells(section: StudySection, arm: ComparedArm): string[] {
  const { sample, interval, worst, set } = arm
  return [
    rowHead(latexText(nameInGroup(section, arm))), latexText(countText(arm)), meanText(sample),
    interval ? math(`[${interval.map((end) => latexNumber(resultText(end))).join(', ')}]`) : '--',
    number(worst),
    ...differenceCells(arm, section.comparison.reference),
    number(set, PULSE_DIGITS), number(meanCosts(arm, section.comparison)?.writeEnergy ?? null), latexText(outcomeText(arm)),
  ]
}

function differenceCells({ label, test }: ComparedArm, reference: string): string[] {
  if (label === reference) return ['reference', '', '']
  if (!test) return ['--', '--', '--']
  return [differenceText(test.difference), pText(test.p), pText(test.corrected)].map(mathText)
}

function meanText({ mean, sd }: ComparedArm['sample']): string {
  const isSpread = Number.isFinite(mean) && sd !== null && Number.isFinite(sd)
  return isSpread ? math(`${latexNumber(resultText(mean))} \\pm ${latexNumber(resultText(sd))}`) : number(mean)
}

/** Protects a bracket or star at the start of a row, which the preceding line break would take as its argument. */
const rowHead = (text: string) => (/^[[*]/.test(text) ? `{}${text}` : text)

const number = (value: number | null, digits?: number) => mathText(resultText(value, digits))
const math = (text: string) => `$${text}$`
const mathText = (text: string) => (text === 'n/a' ? '--' : math(latexNumber(text)))

export const latexText = (text: string) => writtenText(text, 'latex')
