import path from 'node:path'
import { EXAMPLE } from '../../src-engine/experiment/tasks/signal.ts'
import { hiddenProblems } from '../../src-engine/experiment/hidden-characters.ts'
import { parseSpec } from '../../src-engine/experiment/parse.ts'
import { BadInput, describeProblem, type Problem } from '../contract/problem.ts'
import type { Spec } from '../../src-engine/experiment/spec.ts'
import type { SignalSpec } from '../../src-engine/experiment/task.ts'
import { type FileAccess, filesBelow, forbiddenPath } from './file-access.ts'
import { readSignal, type Signal } from '../transfer/signal-file.ts'
import { describeReading } from './signal-reading.ts'

interface Origin {
  /** What was read, as the user named it. */
  source: string
  /** Folder of the document, below which signal files are read, or which files it may name. */
  access: string | FileAccess
  resourcesDir: string
  /** Receives how a signal file was read: the column, the layout, and what is doubtful about it. */
  onReading?: (sentence: string) => void
  /** Reads a signal; by default in this thread. */
  read?: (file: string, task: SignalSpec) => Promise<ReadFields>
}

/** What a file gives to a task. */
export interface ReadFields {
  /** The fields that make the task independent of its file and of every guess, without the samples. */
  fields: Partial<SignalSpec>
  /** [columns][length], one column after the other, in memory that threads share. */
  samples: Float64Array
  /** How the file was read. */
  sentences: string[]
}

/** Validate a document from outside and complete it to a spec, with any imported signal embedded. @throws BadInput */
export async function prepareSpec(document: unknown, origin: Origin): Promise<Spec> {
  const spec = parseSpec(document, origin.source)
  refuseHidden(spec, origin.source)
  if (spec.task.kind !== 'signal' || spec.task.samples) return spec
  const file = await signalFile(spec.task, origin)
  const { fields, samples, sentences } = await (origin.read ?? readFields)(file, spec.task)
  for (const sentence of sentences) origin.onReading?.(sentence)
  return parseSpec({ ...spec, task: { ...spec.task, ...fields, samples } }, spec.task.file)
}

/** Read the signal of a task. @throws BadInput with the setting that decides each problem */
export async function readFields(file: string, task: SignalSpec): Promise<ReadFields> {
  return fieldsOf(task, await signalOf(file, task))
}

/** The fields of a task that a signal fills. */
export function fieldsOf({ file, columns, time: wanted }: SignalSpec, signal: Signal): ReadFields {
  const { table, columns: [first], samples } = signal
  const time = wanted ?? table.columns.find(({ role }) => role === 'time')?.name
  const length = samples[0]!.length
  // Shared, so that neither a run's thread nor the library's receives a copy.
  const all = new Float64Array(new SharedArrayBuffer(8 * samples.length * length))
  samples.forEach((own, index) => all.set(own, index * length))
  return {
    fields: { ...(columns === undefined && { column: first!.name }), ...(time !== undefined && { time }), layout: table.layout },
    samples: all,
    sentences: describeReading(file, signal),
  }
}

/** Names in new experiments are plain text. Saved and imported runs may have others. @throws BadInput */
function refuseHidden({ name, preset }: Spec, source: string): void {
  const problems = hiddenProblems({ name, preset })
  if (problems.length > 0) throw new BadInput(source, problems)
}

/** Read the signal of a task. @param file its absolute path. @throws BadInput with the setting that decides each problem */
export async function signalOf(file: string, task: SignalSpec): Promise<Signal> {
  try {
    return await readSignal(file, task)
  } catch (error) {
    throw error instanceof BadInput ? new BadInput(file, error.problems.map(inSpec)) : error
  }
}

/** Moves a problem in the signal's file to the setting that decides it. */
function inSpec(problem: Problem): Problem {
  const path = settingOf(problem)
  const isOfSetting = ['', 'Column', 'Layout', 'Encoding'].includes(problem.path)
  return isOfSetting ? { ...problem, path } : { path, rule: `has an error. ${describeProblem(problem)}`, found: '' }
}

function settingOf({ path, rule }: Problem): string {
  if (path === 'Layout') return 'task.layout'
  if (path === 'Encoding') return 'task.layout.encoding'
  if (/ gaps?, /.test(rule)) return 'task.gaps'
  return /column/i.test(path) ? 'task.column' : 'task.file'
}

/** The absolute path of a task's file. @throws BadInput before anything looks at a file that the document may not name */
export async function signalFile(
  { file }: Pick<SignalSpec, 'file'>, { source, access, resourcesDir }: Pick<Origin, 'source' | 'access' | 'resourcesDir'>,
): Promise<string> {
  if (!file.startsWith(EXAMPLE)) return allowedFile(file, source, typeof access === 'string' ? filesBelow(access) : access)
  const name = file.slice(EXAMPLE.length)
  if (name === '' || name !== path.basename(name) || name.startsWith('.')) {
    throw new BadInput(source, [{ path: 'task.file', rule: 'must be "example:" and the name of a shipped file', found: file }])
  }
  return path.join(resourcesDir, 'data', name)
}

async function allowedFile(file: string, source: string, { baseDir, mayRead }: FileAccess): Promise<string> {
  const whole = path.resolve(baseDir, file)
  const rule = forbiddenPath(file) ?? forbiddenPath(whole)
    ?? (await mayRead(whole) ? null : 'must be below the folder of the experiment. Choose the file in the form, or name its folder with --files')
  if (rule !== null) throw new BadInput(source, [{ path: 'task.file', rule, found: file }])
  return whole
}
