import type { Column } from '../../src-engine/data/column.ts'
import { samplesOf } from '../../src-engine/data/column.ts'
import { shownText } from '../../src-engine/data/preview.ts'
import { describeLayout, type Table } from '../../src-engine/data/table.ts'
import type { OnProgress } from '../../src-engine/data/text-table.ts'
import { describeProblem, type Problem } from '../contract/problem.ts'
import type { SignalChoice, SignalColumn, SignalPreview } from '../contract/signal.ts'
import { chooseColumns, previewSignalFile, withTime } from '../transfer/signal-file.ts'
import { describeReading } from './signal-reading.ts'
import { inWindowWords } from './signal-words.ts'

export type PreviewPart = 'head' | 'whole'

/** What the window shows of a signal file before it is used. @throws BadInput if the file cannot be opened */
export async function previewSignal(
  file: string, choice: SignalChoice, part: PreviewPart, onProgress?: OnProgress,
): Promise<SignalPreview> {
  const { table: result, rows, ...about } = await previewSignalFile(file, choice.layout, part, onProgress)
  const start = { file, ...about, rows }
  if (!result.ok) return { ...start, ...nothing, layout: choice.layout, problems: result.problems.map(worded) }
  const table = withTime(withShortNames(result), choice.time)
  const chosen = chooseColumns(table, choice)
  const samples = chosen.ok ? samplesOf(chosen.columns, choice.gaps ?? 'refuse') : chosen
  // The layout and its guess are shown by themselves.
  const withoutLayout = { ...table, layout: {}, confidence: null }
  const notes = chosen.ok && samples.ok
    ? describeReading('the file', { table: withoutLayout, columns: chosen.columns, samples: samples.samples })
    : table.notes
  return {
    ...start,
    columns: table.columns.map(columnOf),
    layout: table.layout,
    confidence: table.confidence,
    why: table.why,
    alternatives: table.alternatives.map((layout) => ({ layout, title: describeLayout(layout) })),
    chosen: chosen.ok ? chosen.columns.map(({ name }) => name) : [],
    time: choice.time ?? table.columns.find(({ role }) => role === 'time')?.name ?? '',
    samples: samples.ok ? samples.samples[0]!.length : 0,
    notes: notes.map(inWindowWords),
    problems: samples.ok ? [] : samples.problems.map(worded),
  }
}

const nothing = { columns: [], confidence: null, why: [], alternatives: [], chosen: [], time: '', samples: 0, notes: [] } satisfies Partial<SignalPreview>

const worded = (problem: Problem): Problem => ({ ...problem, rule: inWindowWords(problem.rule) })

/** Names of columns are as long as in a spec. */
const LONGEST_NAME = 256

/** A column with a longer name cannot be named, and so not be chosen. */
function withShortNames(table: Table): Table {
  const columns = table.columns.map((column): Column => (column.name.length <= LONGEST_NAME ? column : {
    ...column, name: shownText(column.name),
    problem: { path: 'Column', rule: `must have a name of at most ${LONGEST_NAME} characters`, found: `${column.name.length} characters` },
  }))
  return { ...table, columns }
}

const columnOf = ({ name, unit, content, role, why, values, gaps, firstGap, problem }: Column): SignalColumn => ({
  name, unit: shownText(unit), content, role, why, length: values.length, gaps, firstGap,
  problem: problem && inWindowWords(describeProblem(problem)),
})
