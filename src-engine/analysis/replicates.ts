import type { Spec } from '../spec/spec.ts'

/** Runs whose specs differ in nothing but seed and labels. */
export interface ReplicateGroup<Run> {
  spec: Spec
  runs: Run[]
}

/** Groups in the order of their first run. */
export function groupReplicates<Run extends { spec: Spec }>(runs: Run[]): ReplicateGroup<Run>[] {
  const groups = new Map<string, ReplicateGroup<Run>>()
  for (const run of runs) {
    const key = replicateKey(run.spec)
    const group = groups.get(key)
    if (group) group.runs.push(run)
    else groups.set(key, { spec: run.spec, runs: [run] })
  }
  return [...groups.values()]
}

/** The same for two specs exactly where they are replicates; the order of keys does not matter. */
export const replicateKey = (spec: Spec) => canonical({ ...spec, seed: 0, name: '', preset: '' })

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null'
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined).sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`).join(',')}}`
}
