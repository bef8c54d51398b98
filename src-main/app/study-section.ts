import type { ComparedArm, ComparedRun, Comparison } from '../../src-engine/analysis/comparison.ts'
import type { ComparisonSpec } from '../../src-engine/spec/sweep.ts'
import type { Library } from '../library/library.ts'
import type { StudySection, StudyTrace } from '../transfer/results/report.ts'
import type { SweepService } from './sweeps.ts'

/** What is said of a tournament besides its result. */
export type SectionText = Omit<StudySection, 'comparison' | 'traces'>

/** What a report is made of. */
export interface Kept extends Pick<Library, 'get' | 'array'> {
  sweeps: Pick<SweepService, 'list' | 'compare'>
}

/**
 * A kept sweep's tournament, ready to be written.
 * @param by how its arms are compared; null for what the sweep itself says
 * @throws Error where it is no longer kept
 */
export async function sectionOf(app: Kept, sweepId: string, by: ComparisonSpec | null, text: SectionText): Promise<StudySection> {
  const comparison = await app.sweeps.compare(sweepId, by)
  if (comparison === null) throw new Error(`Sweep ${sweepId} is no longer in the library`)
  return { ...text, comparison, ...(text.kind === 'schemes' && { traces: await traces(app, comparison) }) }
}

/** Readout and target of each arm's median run after its last epoch, of its first pattern; without those that were not recorded. */
async function traces(app: Kept, { arms }: Comparison): Promise<StudyTrace[]> {
  const found: StudyTrace[] = []
  for (const arm of arms) {
    const run = medianRun(arm)
    const trace = run && await lastTrace(app, run.runId)
    if (trace) found.push({ label: arm.label, seed: run.seed, ...trace })
  }
  return found
}

/** The run with the median loss, of two the better; one that is no number is worse than any. */
export function medianRun({ runs }: Pick<ComparedArm, 'runs'>): ComparedRun | null {
  const worth = ({ loss }: ComparedRun) => (Number.isNaN(loss) ? Infinity : loss)
  const inOrder = runs.toSorted((a, b) => (worth(a) === worth(b) ? a.seed - b.seed : worth(a) - worth(b)))
  return inOrder[Math.floor((inOrder.length - 1) / 2)] ?? null
}

async function lastTrace(app: Kept, runId: string): Promise<Pick<StudyTrace, 'output' | 'target' | 'dt'> | null> {
  const { summary: { epochsDone }, spec: { task: { dt } }, arrays } = await app.get(runId)
  const isLast = ({ epoch, kind, name }: typeof arrays[number]) => epoch === epochsDone && kind === 'output' && name === 'pattern-0'
  if (!arrays.some(isLast)) return null
  const [output, target] = await Promise.all([
    app.array(runId, epochsDone, 'output', 'pattern-0'), app.array(runId, epochsDone, 'target', 'pattern-0'),
  ])
  return { output: output.data, target: target.data, dt }
}
