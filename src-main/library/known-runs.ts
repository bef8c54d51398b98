import type { Database } from 'better-sqlite3'
import { createHash } from 'node:crypto'
import type { RunSummary } from '../contract/run.ts'
import { read } from './operation.ts'

/** A run of the library, as an import compares it. */
export interface KnownRun {
  runId: string
  /** Hash of its spec and its digest; null without a digest. */
  results: string | null
}

/** Hash of a spec and the digest of its results. Runs with the same one are repetitions of each other. */
const resultsOf = (digest: string | null, spec: string): string | null =>
  (digest === null ? null : createHash('sha256').update(`${digest} ${spec}`).digest('hex'))

/** The runs that a library had when an import began. Those that are imported meanwhile do not count: an archive may have repetitions. */
export class KnownRuns {
  readonly #ids: ReadonlySet<string>
  readonly #byResults = new Map<string, string>()

  constructor(runs: readonly KnownRun[]) {
    this.#ids = new Set(runs.map(({ runId }) => runId))
    for (const { runId, results } of runs) if (results !== null) this.#byResults.set(results, runId)
  }

  /** Id of the run that has the same id, or else the same spec and digest; null if there is none. */
  find({ runId, digest }: Pick<RunSummary, 'runId' | 'digest'>, spec: string): string | null {
    if (this.#ids.has(runId)) return runId
    const results = resultsOf(digest, spec)
    return results === null ? null : this.#byResults.get(results) ?? null
  }
}

export function knownRuns(db: Database): KnownRun[] {
  const runs: KnownRun[] = []
  const rows = db.prepare<[], { runId: string; digest: string | null; spec: string }>('SELECT run_id AS runId, digest, spec FROM runs')
  for (const { runId, digest, spec } of rows.iterate()) runs.push({ runId, results: resultsOf(digest, spec) })
  return runs
}

export const knownRunOperations = {
  /** All runs, to find those that are imported again. */
  knownRuns: read([], ({ db }) => knownRuns(db)),
}
