import type { ComparedArm } from '../../../src-engine/analysis/comparison.ts'
import { formatCount } from '../../../src-engine/format/numbers.ts'
import { methodLines, powerNotes } from './method.ts'
import { differenceText, PULSE_DIGITS, pText, resultText } from './numbers.ts'
import {
  allConventions, reportPath, type Conventions, facetsOf, groupsOf, nameInGroup, outcomeText, type StudyReport,
  type StudySection,
} from './report.ts'

const columns = [
  'Arm', 'n', 'Mean MSE', 'SD', '95 % interval', 'Worst', 'Difference to reference', 'p', 'p (Holm)', 'SETs', 'Energy (µJ)', 'Runs',
]

/** Markdown text of a report. @param figures file names of the figures, by section id */
export function markdownReport(report: StudyReport, figures: ReadonlyMap<string, string>): string {
  const blocks = [
    `# ${escaped(report.title)}`,
    ...headline(report),
    '## How to reproduce',
    ['```sh', ...report.commands, '```'].join('\n'),
    `Chalcogen ${escaped(report.applicationVersion)}. The same version writes the same files, byte for byte.`,
    ...report.sections.flatMap((section) => sectionBlocks(section, figures.get(section.id))),
    '## Method',
    methodLines(report).map((line) => `- ${line}`).join('\n'),
    `All runs in full precision: [runs.csv](${reportPath('runs.csv')}).`,
  ]
  return `${blocks.join('\n\n')}\n`
}

function sectionBlocks(section: StudySection, figure: string | undefined): string[] {
  const { comparison, id, title, intro } = section
  const { warnings, arms, reference } = comparison
  const notes = [...warnings, ...powerNotes(comparison)]
  return [
    `## ${escaped(title)}`,
    ...intro,
    ...(figure ? [`![${escaped(title)}](${figure})`] : []),
    ...(notes.length > 0 ? [notes.map((warning) => `> **Note:** ${escaped(warning)}`).join('\n>\n')] : []),
    ...(arms.length > 0 ? [`Reference: ${escaped(reference)}.`] : ['No arm has been compared.']),
    ...groupsOf(section).filter((group) => group.arms.length > 0).flatMap((group) => [
      ...(group.title ? [`### ${group.title}`] : []),
      table(group.arms.map((arm) => cells(section, arm))),
    ]),
    `This table as [LaTeX](${reportPath(`table-${id}.tex`)}) and [CSV](${reportPath(`table-${id}.csv`)}).`,
  ]
}

function table(rows: string[][]): string {
  const rule = columns.map((_, index) => (index === 0 || index === columns.length - 1 ? '---' : '---:'))
  return [columns, rule, ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n')
}

function cells(section: StudySection, arm: ComparedArm): string[] {
  const { sample, interval, worst, set, energy } = arm
  return [
    escaped(nameInGroup(section, arm)), formatCount(sample.n), resultText(sample.mean), resultText(sample.sd),
    range(interval), resultText(worst),
    ...differenceCells(arm, section.comparison.reference),
    resultText(set, PULSE_DIGITS), resultText(energy), escaped(outcomeText(arm)),
  ]
}

function differenceCells({ label, test }: ComparedArm, reference: string): string[] {
  if (label === reference) return ['reference', '', '']
  if (!test) return ['n/a', 'n/a', 'n/a']
  const interval = test.interval ? ` (${test.interval.map(differenceText).join(' to ')})` : ''
  return [differenceText(test.difference) + interval, pText(test.p), pText(test.corrected)]
}

/** For each of the conventions, the best scheme on devices and the best digital scheme, judged by the runs. */
function headline({ sections }: StudyReport): string[] {
  return sections.filter(({ kind, facets }) => kind === 'schemes' && facets).flatMap((section) =>
    allConventions.flatMap((conventions) => {
      const onDevices = best(section, conventions, 'full')
      const digital = best(section, conventions, 'digital')
      const parts = [
        ...(onDevices ? [`**${armText(section, onDevices)}** is the best scheme on the full PCM model: ${lossText(onDevices)}.`] : []),
        ...(digital ? [`The best digital scheme is ${armText(section, digital)}: ${lossText(digital)}.`] : []),
      ]
      return parts.length > 0 ? [`With ${conventions} conventions${section.caveat ? ` (${section.caveat})` : ''}: ${parts.join(' ')}`] : []
    }))
}

/** Arm with the smallest mean; null if no arm has one. */
function best(section: StudySection, conventions: Conventions, mode: 'full' | 'digital'): ComparedArm | null {
  const arms = section.comparison.arms.filter((arm) => {
    const facets = facetsOf(section, arm)
    return facets?.conventions === conventions && facets.mode === mode && Number.isFinite(arm.sample.mean)
  })
  return arms.reduce<ComparedArm | null>((so, arm) => (so && so.sample.mean <= arm.sample.mean ? so : arm), null)
}

const armText = (section: StudySection, arm: ComparedArm) => escaped(nameInGroup(section, arm))

const lossText = ({ sample, interval, outcomes }: ComparedArm) => [
  `mean MSE ${resultText(sample.mean)}`,
  interval ? ` (95 % interval ${range(interval)}, n = ${sample.n})` : ` (n = ${sample.n})`,
  outcomes.diverged > 0 ? `, ${outcomes.diverged} of them diverged` : '',
].join('')

const range = (interval: [number, number] | null) => (interval ? interval.map((end) => resultText(end)).join(' to ') : 'n/a')

/** Escape a name for Markdown, also inside table cells. */
export const escaped = (text: string) => text.replace(/[\\`*_[\]<>|#~&]/g, '\\$&').replace(/\s+/g, ' ')
