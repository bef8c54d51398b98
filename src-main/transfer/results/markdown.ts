import type { ComparedArm } from '../../../src-engine/statistics/comparison.ts'
import { lossNamed } from '../../../src-engine/experiment/task.ts'
import { plainLines } from '../../../src-engine/format/hidden-characters.ts'
import { writtenText } from '../../../src-engine/format/written-text.ts'
import { meanOf } from '../../../src-engine/statistics/samples.ts'
import type { CheckedClaim } from '../../../src-engine/study/claims.ts'
import { meanCosts } from './costs.ts'
import { methodLines, powerNotes } from './method.ts'
import { differenceText, PULSE_DIGITS, pText, resultText } from './numbers.ts'
import { countText, groupsOf, initialSetsOf, nameInGroup, outcomeText, reportPath, type StudyReport, type StudySection } from './report.ts'

/** Columns of the table of losses, and of what the runs cost. */
const columnsOf = ({ comparison }: StudySection) => [
  'Arm', 'n', `Mean ${lossNamed(comparison.loss).title}`, 'SD', '95 % interval', 'Worst', 'Difference to reference', 'p', 'p (Holm)', 'SETs', 'WRITE energy (µJ)', 'Runs',
]

const costColumns = ['Arm', 'SETs', 'RESETs', 'WRITE energy (µJ)', 'READ energy (µJ)', 'WRITE time (ms)', 'SETs before the start']

/** Markdown text of a report. @param figures file names of the figures, by section id */
export function markdownReport(report: StudyReport, figures: ReadonlyMap<string, string>): string {
  const blocks = [
    `# ${escaped(report.title)}`,
    ...findings(report),
    ...(report.limits && report.limits.length > 0 ? ['## What this does not show', report.limits.map((limit) => `- ${limit}`).join('\n')] : []),
    '## How to reproduce',
    ['```sh', ...report.commands, '```'].join('\n'),
    `Chalcogen ${escaped(report.applicationVersion)}. The same version writes the same files, byte for byte.`,
    ...(report.settings ? ['## Where the settings come from', ...report.settings] : []),
    ...report.sections.flatMap((section) => sectionBlocks(section, figures.get(section.id))),
    '## Method',
    methodLines(report).map((line) => `- ${line}`).join('\n'),
    `All runs in full precision: [runs.csv](${reportPath('runs.csv')}).`,
  ]
  return plainLines(`${blocks.join('\n\n')}\n`)
}

function sectionBlocks(section: StudySection, figure: string | undefined): string[] {
  const { comparison, id, title, intro } = section
  const { warnings, arms, reference } = comparison
  const columns = columnsOf(section)
  const notes = [...warnings, ...powerNotes(comparison)]
  return [
    `## ${escaped(title)}`,
    ...intro,
    ...(figure ? [`![${escaped(title)}](${figure})`] : []),
    ...(notes.length > 0 ? [notes.map((warning) => `> **Note:** ${escaped(warning)}`).join('\n>\n')] : []),
    ...(arms.length > 0 ? [`Reference: ${escaped(reference)}.`] : ['No arm has been compared.']),
    ...swapTable(section),
    ...groupsOf(section).filter((group) => group.arms.length > 0).flatMap((group) => [
      ...(group.title ? [`### ${escaped(group.title)}`] : []),
      tableText([columns, rule(columns, 'Runs'), ...group.arms.map((arm) => cells(section, arm))]),
    ]),
    ...costTable(section),
    `This table as [LaTeX](${reportPath(`table-${id}.tex`)}) and [CSV](${reportPath(`table-${id}.csv`)}).`,
  ]
}

/** Below the head of a table: texts to the left, numbers to the right. @param texts columns of texts besides the first */
const rule = (head: readonly string[], ...texts: string[]) =>
  head.map((name, index) => (index === 0 || texts.includes(name) ? '---' : '---:'))

const tableText = (rows: readonly (readonly string[])[]) => rows.map((row) => `| ${row.join(' | ')} |`).join('\n')

function cells(section: StudySection, arm: ComparedArm): string[] {
  const { sample, interval, worst, set } = arm
  return [
    escaped(nameInGroup(section, arm)), countText(arm), resultText(sample.mean), resultText(sample.sd),
    range(interval), resultText(worst),
    ...differenceCells(arm, section.comparison.reference),
    resultText(set, PULSE_DIGITS), resultText(meanCosts(arm, section.comparison)?.writeEnergy ?? null), escaped(outcomeText(arm)),
  ]
}

function differenceCells({ label, test }: ComparedArm, reference: string): string[] {
  if (label === reference) return ['reference', '', '']
  if (!test) return ['n/a', 'n/a', 'n/a']
  const interval = test.interval ? ` (${test.interval.map(differenceText).join(' to ')})` : ''
  return [differenceText(test.difference) + interval, pText(test.p), pText(test.corrected)]
}

/** Pulses, energy and time of a run, for the arms that fire pulses. Only where the schemes differ. */
function costTable(section: StudySection): string[] {
  const { comparison, kind } = section
  const arms = comparison.arms.filter(({ set }) => set !== null && set > 0)
  if (arms.length === 0 || (kind !== 'schemes' && kind !== 'tournament')) return []
  const rows = arms.map((arm) => {
    const { writeEnergy, readEnergy, writeTime } = meanCosts(arm, comparison)!
    const reset = meanOf(arm.runs.map((run) => run.reset))
    return [
      escaped(arm.label), resultText(arm.set, PULSE_DIGITS), resultText(reset, PULSE_DIGITS),
      resultText(writeEnergy), resultText(readEnergy), resultText(writeTime),
      resultText(initialSetsOf(section, arm), PULSE_DIGITS),
    ]
  })
  const head = 'What a run costs, as means. Devices start at their initial conductances for free; the last column has the SETs that would bring them '
    + 'there, after one RESET each.'
  return [head, tableText([costColumns, rule(costColumns), ...rows])]
}

/** What the results support, each sentence with its rows, and what they do not. */
function findings({ claims = [], sections }: StudyReport): string[] {
  const supported = claims.filter(({ refused }) => refused.length === 0)
  const others = claims.filter((claim) => !supported.includes(claim))
  const titleOf = (id: string) => sections.find((section) => section.id === id)?.title ?? id
  return [
    ...(supported.length > 0 ? ['## What it found', supported.map((claim) => findingLine(claim, titleOf(claim.section))).join('\n')] : []),
    ...(others.length > 0 ? ['## What these runs do not support', others.map(refusedLine).join('\n')] : []),
  ]
}

/** A finding with a link to its table and the rows that it follows from. */
export const findingLine = ({ text, rows }: CheckedClaim, title: string) =>
  `- ${text} ([${escaped(title)}](#${anchorOf(title)}): ${rows.map(escaped).join('; ')}.)`

/** A claim with the conditions that the results do not meet. */
export const refusedLine = ({ text, refused }: CheckedClaim) => `- ${text} Refused: ${refused.map(escaped).join('; ')}.`

/** Anchor that Markdown renderers give a heading. */
const anchorOf = (title: string) => title.toLowerCase().replace(/[^\p{L}\p{N} _-]/gu, '').replaceAll(' ', '-')

/** Mean losses of every scheme (columns) with the settings of every scheme (rows). The diagonal is each with its own. */
function swapTable({ swap = [], comparison: { arms, loss } }: StudySection): string[] {
  if (swap.length === 0) return []
  const schemes = [...new Set(swap.map(({ scheme }) => scheme))]
  const meanOf = (scheme: string, settingsOf: string) => {
    const { label } = swap.find((cell) => cell.scheme === scheme && cell.settingsOf === settingsOf)!
    const text = resultText(arms.find((arm) => arm.label === label)?.sample.mean ?? null)
    return scheme === settingsOf ? `**${text}**` : text
  }
  const rows = schemes.map((settingsOf) => [escaped(settingsOf), ...schemes.map((scheme) => meanOf(scheme, settingsOf))])
  const head = ['Settings of', ...schemes.map(escaped)]
  return [`Mean ${lossNamed(loss).title} of each scheme (columns) with the settings of each scheme (rows):`, tableText([head, rule(head), ...rows])]
}

const range = (interval: [number, number] | null) => (interval ? interval.map((end) => resultText(end)).join(' to ') : 'n/a')

export const escaped = (text: string) => writtenText(text, 'markdown')
