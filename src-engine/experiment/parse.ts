import { formatBytes } from '../format/sizes.ts'
import { boundsProblem, MOST_NUMBERS } from './bounds.ts'
import { conventionSets } from './conventions.ts'
import { memoryEstimate } from './estimate.ts'
import { suggestedPath } from './paths.ts'
import { BadInput, type Problem, problemsOf } from './problem.ts'
import { recordingProblems } from './recording.ts'
import { type Spec, specSchema } from './spec.ts'
import { taskKind, taskKinds } from './task.ts'
import { upgradeDocument, type Upgraded } from './upgrades/upgrade.ts'
import { upgrades } from './upgrades/upgrades.ts'

export type Parsed = { ok: true; spec: Spec } | { ok: false; problems: Problem[] }

/** Address space of the engine's WebAssembly, bytes. A spec that needs more fits no machine. What this machine may use is checked at the start. */
export const MEMORY_BUDGET = 4 * 2 ** 30

/** A document of any version as one of the current version. Every spec from outside and from the library passes through here first. */
export function upgradeSpec(document: unknown): Upgraded {
  const problem = boundsProblem(document)
  return problem === null ? upgradeDocument(document, upgrades) : { ok: false, problems: [problem] }
}

/** Converts a document from outside to a complete spec, or lists everything that is wrong with it. */
export function checkSpec(document: unknown): Parsed {
  const current = upgradeSpec(document)
  if (!current.ok) return current
  const { document: named, restored } = withoutData(withDefaultKinds(withNamedConventions(current.document)))
  const parsed = specSchema.safeParse(named)
  if (!parsed.success) return { ok: false, problems: problemsOf(parsed.error, named, suggestedPath) }
  const spec = restored(parsed.data)
  const problems = contradictions(spec)
  return problems.length > 0 ? { ok: false, problems } : { ok: true, spec }
}

/**
 * A document with the first entries of its embedded data, and what puts the whole back into the spec. The schema takes 50 ms for a
 * million numbers and copies them, so the arms of a sweep would have as many copies of one signal.
 */
function withoutData(document: unknown): { document: unknown; restored: (spec: Spec) => Spec } {
  const task = isGroup(document) && isGroup(document.task) ? document.task : {}
  const field = taskKinds.find(({ kind }) => kind === task.kind)?.imports?.into
  const data = field === undefined ? undefined : task[field]
  if (!Array.isArray(data) || data.length <= FEW || data.length > MOST_NUMBERS || !data.every(Number.isFinite)) {
    return { document, restored: (spec) => spec }
  }
  return {
    document: { ...document as object, task: { ...task, [field!]: data.slice(0, FEW) } },
    restored: (spec) => ({ ...spec, task: { ...spec.task, [field!]: data } }),
  }
}

/** Entries of data that the schema sees. */
const FEW = 1000

/** Like `checkSpec`. @throws BadInput that names `source` if anything is wrong */
export function parseSpec(document: unknown, source: string): Spec {
  const parsed = checkSpec(document)
  if (!parsed.ok) throw new BadInput(source, parsed.problems)
  return parsed.spec
}

function contradictions(spec: Spec): Problem[] {
  const { task, device } = spec
  const problems = [...taskKind(task).problems(task), ...recordingProblems(spec)]
  if (task.inputRate * task.dt > 1000) {
    problems.push({
      path: 'task.inputRate', rule: `must be at most ${1000 / task.dt} Hz, which is one spike per step`, found: String(task.inputRate),
    })
  }
  for (const name of ['initialConductance', 'resetConductance'] as const) {
    if (device[name] > device.maxConductance) {
      problems.push({
        path: `device.${name}`, rule: `must be at most the largest conductance, ${device.maxConductance} µS`, found: String(device[name]),
      })
    }
  }
  const bytes = memoryEstimate(spec)
  if (bytes > MEMORY_BUDGET) {
    problems.push({
      path: 'network.recurrentNeurons',
      rule: `must be lower: the run needs ${formatBytes(bytes)} of memory, and the limit is ${formatBytes(MEMORY_BUDGET)}. `
        + 'Fewer channels, pairs, steps or patterns also help',
      found: String(spec.network.recurrentNeurons),
    })
  }
  return problems
}

/** Kinds of a task or scheme that a document gives settings for, but no kind. */
const defaultKinds = (({ task, scheme }) => ({ task: task.kind, scheme: scheme.kind }))(specSchema.parse({}))

function withDefaultKinds(document: unknown): unknown {
  if (!isGroup(document)) return document
  const missing = Object.entries(defaultKinds).filter(([name]) => isGroup(document[name]) && !Object.hasOwn(document[name], 'kind'))
  if (missing.length === 0) return document
  return { ...document, ...Object.fromEntries(missing.map(([name, kind]) => [name, { kind, ...document[name] as object }])) }
}

const isGroup = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

function withNamedConventions(document: unknown): unknown {
  if (document === null || typeof document !== 'object' || !('conventions' in document)) return document
  const name = document.conventions
  if (typeof name !== 'string' || !Object.hasOwn(conventionSets, name)) return document
  return { ...document, conventions: conventionSets[name as keyof typeof conventionSets] }
}
