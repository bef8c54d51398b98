import * as z from 'zod'
import { anyLoss, type LossKind, type MetricKind } from './metrics.ts'
import type { TaskKind, Timing } from './tasks/kind.ts'
import { areKept, countOf, type KeptSamples, type Samples } from './tasks/samples.ts'
import { signal } from './tasks/signal.ts'
import { sinusoids } from './tasks/sinusoids.ts'

export { areKept, type KeptSamples, keptSamplesSchema, type SampleValues } from './tasks/samples.ts'
export type { SignalSpec } from './tasks/signal.ts'
export type { SinusoidsSpec } from './tasks/sinusoids.ts'

/** Every kind of task. The first is the default. Its targets are in the list of src-engine/task/laws.ts. */
const kinds = [
  sinusoids,
  signal,
] as const

type SchemasOf<Kinds extends readonly { schema: unknown }[]> = { -readonly [Index in keyof Kinds]: Kinds[Index]['schema'] }

/** What the network learns to generate. */
export const taskSchema = z.discriminatedUnion('kind', kinds.map(({ schema }) => schema) as unknown as SchemasOf<typeof kinds>)
  .prefault({ kind: kinds[0].kind })
  .meta({ title: 'Task', help: 'What the network learns to generate.' })

export type TaskSpec = z.output<typeof taskSchema>
export type TaskKindName = TaskSpec['kind']

/** A kind of task for callers that know no kind by name. */
type AnyTaskKind = TaskKind<Timing & { kind: string }>

const byName: ReadonlyMap<string, AnyTaskKind> = new Map(kinds.map((kind) => [kind.kind, kind as unknown as AnyTaskKind]))

/** Description of a task's kind. @throws Error that names the kind if no module claims it */
export function taskKind({ kind }: { kind: string }): AnyTaskKind {
  const found = byName.get(kind)
  if (!found) throw new Error(`There is no task of the kind '${kind}'. The kinds are ${[...byName.keys()].join(', ')}.`)
  return found
}

export const taskKinds: readonly AnyTaskKind[] = [...byName.values()]

/** Paths in a spec of what is copied from files, such as the samples of a signal. */
export const importedFields: readonly string[] = taskKinds.flatMap(({ imports }) => (imports ? [`task.${imports.into}`] : []))

/** Paths in a spec of what describes one file, such as the layout of a signal's. Those below them are meant too. */
export const fieldsOfFiles: readonly string[] = taskKinds.flatMap(({ imports }) => imports?.ofFile.map((name) => `task.${name}`) ?? [])

/** Numbers that a task copied from a file, such as the samples of a signal; undefined if it has none yet. */
export function importedNumbers(task: TaskSpec): Samples | undefined {
  const { imports } = taskKind(task)
  return imports && (task as Readonly<Record<string, unknown>>)[imports.into] as Samples | undefined
}

/** How many numbers a task copied from a file. */
export function importedCount(task: TaskSpec): number {
  const numbers = importedNumbers(task)
  return numbers === undefined ? 0 : countOf(numbers)
}

/** What a task refers to in place of numbers that it copied from a file; null if it has them, or needs none. */
export function keptNumbers(task: TaskSpec): KeptSamples | null {
  const numbers = importedNumbers(task)
  return numbers !== undefined && areKept(numbers) ? numbers : null
}

/** A task with other numbers in the place of those that it copied from a file. */
export function withImportedNumbers<T extends TaskSpec>(task: T, numbers: Samples): T {
  const { imports } = taskKind(task)
  return imports ? { ...task, [imports.into]: numbers } : task
}

/** A task with a text in place of the numbers that it copied from a file. It is no valid task, so it is never taken for one without them. */
export function withoutImportedNumbers<T extends TaskSpec>(task: T, textOf: (count: number) => string): T {
  const { imports } = taskKind(task)
  const count = importedCount(task)
  return imports && count > 0 ? { ...task, [imports.into]: textOf(count) } : task
}

/** Number of values that the readout has at each step. */
export const outputsOf = (task: TaskSpec): number => taskKind(task).outputs(task)

/** Loss of a kind of task, which may be one that only a later version knows. */
export const lossOf = (kind: string): LossKind => byName.get(kind)?.minimises ?? anyLoss

/** The loss with this id; `anyLoss` if no task has it. */
export const lossNamed = (id: string): LossKind =>
  taskKinds.map(({ minimises }) => minimises).find((loss) => loss.id === id) ?? anyLoss

/** Metrics that a kind of task reports besides its loss. */
export const metricsOf = (kind: string): readonly MetricKind[] => byName.get(kind)?.reports ?? []

/** The metrics, besides the loss, that all these kinds of tasks report. */
export function sharedMetrics(names: Iterable<string>): readonly MetricKind[] {
  const [first = [], ...others] = [...new Set(names)].map(metricsOf)
  return first.filter(({ id }) => others.every((metrics) => metrics.some((metric) => metric.id === id)))
}

/** The loss of all these kinds of tasks; `anyLoss` if they have several. Without any kind, the loss of the default task. */
export function sharedLoss(names: Iterable<string>): LossKind {
  const losses = new Map([...new Set(names)].map(lossOf).map((loss) => [loss.id, loss]))
  const [first = kinds[0].minimises, ...others] = losses.values()
  return others.length === 0 ? first : anyLoss
}
