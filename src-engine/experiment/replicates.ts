import type { Spec } from './spec.ts'

/** Runs whose specs differ only in seed and labels. */
export interface ReplicateGroup<Run> {
  spec: Spec
  runs: Run[]
}

/** Groups replicates; the groups are in the order of their first run. */
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

/** Key that two specs share if and only if they are replicates, whatever the order of their keys. */
export const replicateKey = (spec: Spec) => canonical({ ...spec, seed: 0, name: '', preset: '' })

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null'
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined).sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`).join(',')}}`
}
