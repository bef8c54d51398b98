import type { SweepInput } from '../../src-engine/experiment/sweep.ts'
import type { SearchTask } from '../../src-engine/study/search.ts'
import type { Found } from '../../src-engine/study/settings.ts'
import type { RunSummary } from '../contract/run.ts'

/** How the sweeps of a study are run. The front ends differ in what they show meanwhile. */
export interface SweepRunner {
  /** Start a sweep, or continue the saved one with the same document. @returns its id */
  start(document: SweepInput): Promise<string>
  /** Wait for its end. @returns false if it is not complete, because the user interrupted it */
  finished(sweepId: string): Promise<boolean>
  /** Runs of a sweep. */
  runs(sweepId: string): Promise<readonly RunSummary[]>
  /** Called when the search of an arm has ended, with its results of all restarts, the best first. */
  onFound?(task: SearchTask, found: readonly Found[], progress: SearchProgress): void | Promise<void>
}

/** Arms whose search has ended, of all arms that are searched in this step. */
export interface SearchProgress {
  done: number
  of: number
}
