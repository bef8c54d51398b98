import { conventionSets } from './conventions.ts'
import { memoryEstimate } from './estimate.ts'
import { BadInput, type Problem, problemsOf } from './problem.ts'
import { type Spec, specSchema } from './spec.ts'

export type Parsed = { ok: true; spec: Spec } | { ok: false; problems: Problem[] }

/** Largest memory of one engine worker; a spec that needs more is refused before anything is allocated. */
export const MEMORY_BUDGET = 4 * 2 ** 30

/** A document from outside to a complete spec, or everything that is wrong with it. */
export function checkSpec(document: unknown): Parsed {
  const named = withNamedConventions(document)
  const parsed = specSchema.safeParse(named)
  if (!parsed.success) return { ok: false, problems: problemsOf(parsed.error, named) }
  const problems = contradictions(parsed.data)
  return problems.length > 0 ? { ok: false, problems } : { ok: true, spec: parsed.data }
}

/** As `checkSpec`; throws `BadInput` that names `source`. */
export function parseSpec(document: unknown, source: string): Spec {
  const parsed = checkSpec(document)
  if (!parsed.ok) throw new BadInput(source, parsed.problems)
  return parsed.spec
}

function contradictions(spec: Spec): Problem[] {
  const problems: Problem[] = []
  const { task, device } = spec
  if (task.kind === 'sinusoids' && task.amplitudeMax < task.amplitudeMin) {
    problems.push({ path: 'task.amplitudeMax', found: String(task.amplitudeMax), allowed: `at least amplitudeMin, ${task.amplitudeMin}` })
  }
  if (task.kind === 'sinusoids' && task.amplitudeMax === 0) {
    problems.push({ path: 'task.amplitudeMax', found: '0', allowed: 'more than 0: a target of zeros cannot be normalised' })
  }
  if (task.inputRate * task.dt > 1000) {
    problems.push({ path: 'task.inputRate', found: String(task.inputRate), allowed: `at most ${1000 / task.dt} Hz: one spike per step` })
  }
  for (const name of ['initialConductance', 'resetConductance'] as const) {
    if (device[name] > device.maxConductance) {
      problems.push({ path: `device.${name}`, found: String(device[name]), allowed: `at most maxConductance, ${device.maxConductance} µS` })
    }
  }
  const bytes = memoryEstimate(spec)
  if (bytes > MEMORY_BUDGET) {
    problems.push({
      path: 'network.recurrentNeurons',
      found: `a run that needs ${(bytes / 2 ** 30).toFixed(1)} GiB`,
      allowed: `at most ${MEMORY_BUDGET / 2 ** 30} GiB: fewer neurons, channels, pairs, steps or patterns`,
    })
  }
  return problems
}

function withNamedConventions(document: unknown): unknown {
  if (document === null || typeof document !== 'object' || !('conventions' in document)) return document
  const name = document.conventions
  if (typeof name !== 'string' || !Object.hasOwn(conventionSets, name)) return document
  return { ...document, conventions: conventionSets[name as keyof typeof conventionSets] }
}
