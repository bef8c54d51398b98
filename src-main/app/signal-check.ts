import { outlineOf } from '../../src-engine/analysis/outline.ts'
import type { Column } from '../../src-engine/data/column.ts'
import { shownText } from '../../src-engine/data/preview.ts'
import { diskEstimate, memoryEstimate } from '../../src-engine/experiment/estimate.ts'
import { checkSpec } from '../../src-engine/experiment/parse.ts'
import type { Spec } from '../../src-engine/experiment/spec.ts'
import { outputsOf, type SignalSpec } from '../../src-engine/experiment/task.ts'
import { warningsOf } from '../../src-engine/experiment/warnings.ts'
import { targetOf } from '../../src-engine/task/laws.ts'
import { BadInput, type Problem } from '../contract/problem.ts'
import type { SignalCheck } from '../contract/signal.ts'
import type { Signal } from '../transfer/signal-file.ts'
import { fieldsOf, signalOf } from './prepare.ts'
import { timeSteps } from './signal-reading.ts'
import { inWindowWords } from './signal-words.ts'

/** A spec whose task is a signal. */
export type SignalExperiment = Spec & { task: SignalSpec }

/** Judge the signal of an experiment before the start, and draw it as it will be used. @param file its absolute path */
export async function checkSignal(file: string, spec: SignalExperiment): Promise<SignalCheck> {
  try {
    const signal = await signalOf(file, spec.task)
    const { fields, samples, sentences } = fieldsOf(spec.task, signal)
    const checked = checkSpec({ ...spec, task: { ...spec.task, ...fields, samples } })
    const notes = sentences.map(inWindowWords)
    if (!checked.ok) return { ...refused(checked.problems.filter(({ path }) => path.startsWith('task.'))), notes }
    const whole = checked.spec as SignalExperiment
    return {
      problems: [],
      warnings: warningsOf(whole),
      notes,
      extra: { memory: memoryEstimate(whole) - memoryEstimate(spec), disk: diskEstimate(whole) - diskEstimate(spec) },
      drawing: drawingOf(whole, signal),
    }
  } catch (error) {
    if (error instanceof BadInput) return refused(error.problems)
    throw error
  }
}

/** Judge and draw the samples that an experiment has, as those of its file. */
export function checkSamples(spec: SignalExperiment): SignalCheck {
  const { column, columns = [column] } = spec.task
  const values = spec.task.samples as Float64Array
  const count = values.length / columns.length
  const samples = columns.map((_, index) => values.subarray(index * count, (index + 1) * count))
  const named = columns.map((name) => ({ name: name || 'Signal', unit: '', values: [] }))
  return {
    problems: [], warnings: warningsOf(spec), notes: [], extra: { memory: 0, disk: 0 },
    drawing: drawingOf(spec, { table: { columns: [] }, columns: named, samples, rows: null }),
  }
}

/** Why a signal cannot be used. Samples are no field of the form: what is wrong with them is wrong with the file. */
export const refused = (problems: readonly Problem[]): SignalCheck => ({
  problems: problems.map(({ path, rule, found }) => ({ path: path === 'task.samples' ? 'task.file' : path, rule: inWindowWords(rule), found })),
  warnings: [], notes: [], extra: { memory: 0, disk: 0 }, drawing: null,
})

/** Points of a curve of which each is seen on the widest screen. */
const MOST_POINTS = 4000
const MOST_MARKED = 2000
/** Numbers of the targets that are sent to the window: 8 MB. */
const MOST_NUMBERS = 1_000_000
/** Samples that are normalised for them: the whole signal for each pattern. */
const MOST_NORMALISED = 20_000_000

interface Drawn extends Pick<Signal, 'samples' | 'rows'> {
  table: { columns: readonly Column[] }
  columns: readonly { name: string; unit: string; values: ArrayLike<number> }[]
}

function drawingOf({ task, seed }: SignalExperiment, { table, columns, samples, rows }: Drawn): SignalCheck['drawing'] {
  const isFilled = (row: number) => columns.some(({ values }) => Number.isNaN(values[row]!))
  const filled = rows === null ? [] : rows.flatMap((row, at) => (isFilled(row) ? [at] : []))
  const count = samples[0]!.length
  const outputs = outputsOf(task)
  const most = Math.min(MOST_NUMBERS / (task.steps * outputs), MOST_NORMALISED / (count * outputs))
  const shown = Math.min(task.patterns, Math.floor(most))
  return {
    count,
    axis: axisOf(table.columns.find(({ name, role }) => (task.time === undefined ? role === 'time' : name === task.time)), rows),
    columns: columns.map(({ name, unit }, index) => {
      const at = outlineOf(samples[index]!, MOST_POINTS)
      const values = Float64Array.from(at, (one) => samples[index]![one]!)
      return { name: shownText(name), unit: shownText(unit), at: Float64Array.from(at), values }
    }),
    filled: Float64Array.from(filled.slice(0, MOST_MARKED)),
    filledCount: filled.length,
    targets: Array.from({ length: shown }, (_, pattern) => targetOf(task, seed, pattern)),
  }
}

/** The times of the file where they are even and no row is left out, because samples are used as if they were evenly spaced. */
function axisOf(time: Column | undefined, rows: readonly number[] | null): { name: string; start: number; step: number } {
  const byNumber = { name: 'Sample', start: 1, step: 1 }
  const isWhole = rows === null || rows.at(-1)! - rows[0]! === rows.length - 1
  const steps = time && isWhole ? timeSteps(time) : null
  const start = time?.values[rows?.[0] ?? 0]
  if (!time || !steps?.isEven || start === undefined || Number.isNaN(start)) return byNumber
  const { name, unit } = time
  return { name: shownText(unit === '' || name.includes(unit) ? name : `${name} (${unit})`), start, step: steps.usual }
}
