import type { PreviewedRun } from '../contract/import.ts'
import type { RunSummary } from '../contract/run.ts'
import type { KnownRuns } from './known-runs.ts'

/** What an import would do with a run that can be read. @param spec its text in the library */
export function previewedRun(known: KnownRuns, summary: RunSummary, spec: string): PreviewedRun {
  const present = known.find(summary, spec)
  return { runId: summary.runId, name: summary.name, state: present === null ? 'new' : 'present', present, damage: null }
}

export const damagedRun = (runId: string | null, damage: string): PreviewedRun =>
  ({ runId, name: '', state: 'damaged', present: null, damage })
