import type { ComparedArm, ComparedRun, Comparison } from '../../src-engine/statistics/comparison.ts'
import { initialPulsesOf } from '../../src-engine/analysis/initial-pulses.ts'
import { meanOf } from '../../src-engine/statistics/samples.ts'
import type { ComparisonSpec } from '../../src-engine/experiment/sweep.ts'
import { outputsOf } from '../../src-engine/experiment/task.ts'
import { type Library, requireReadable } from '../library/library.ts'
import type { StudySection, StudyTrace } from '../transfer/results/report.ts'
import type { SweepService } from './sweeps.ts'

/** Text of a tournament's section, without its results. */
export type SectionText = Omit<StudySection, 'comparison' | 'traces' | 'initialSets'>

/** Data that a report is made from. */
export interface ReportSource extends Pick<Library, 'overview' | 'array'> {
  sweeps: Pick<SweepService, 'list' | 'compare'>
}

/**
 * Report section about the tournament of a saved sweep.
 * @param by how to compare the arms; null uses the sweep's own settings
 * @throws Error if the sweep is no longer in the library
 */
export async function sectionOf(
  source: ReportSource, sweepId: string, by: ComparisonSpec | null, text: SectionText,
): Promise<StudySection> {
  const comparison = await source.sweeps.compare(sweepId, by)
  if (comparison === null) throw new Error(`Sweep ${sweepId} is no longer in the library.`)
  if (isOfDifferences(text.kind)) return { ...text, comparison }
  // Traces are of the last epoch, which a smaller budget does not reach.
  const drawn = comparison.budget.kind === 'epochs' ? { traces: await traces(source, comparison) } : {}
  return { ...text, comparison, ...drawn, initialSets: await initialSets(source, comparison) }
}

/** SETs that the initial conductances of each arm would cost, by its label: the mean over its searches, which differ in their settings. */
async function initialSets(source: ReportSource, { arms }: Comparison): Promise<Record<string, number>> {
  const sets: [string, number][] = []
  for (const { label, runs } of arms) {
    const ofOneSeed = runs.filter(({ seed }) => seed === runs[0]!.seed)
    if (ofOneSeed.length === 0) continue
    const specs = await Promise.all(ofOneSeed.map(({ runId }) => source.overview(runId)))
    sets.push([label, meanOf(specs.map((run) => initialPulsesOf(requireReadable(run).spec).set))])
  }
  return Object.fromEntries(sets)
}

const isOfDifferences = (kind: StudySection['kind']) => kind === 'ablation' || kind === 'conventions' || kind === 'swap'

/** Readout and target of each arm's median run: first pattern, last epoch. Unrecorded runs are left out. */
async function traces(source: ReportSource, { arms }: Comparison): Promise<StudyTrace[]> {
  const found: StudyTrace[] = []
  for (const arm of arms) {
    const run = medianRun(arm)
    const trace = run && await lastTrace(source, run.runId)
    if (trace) found.push({ label: arm.label, seed: run.seed, ...trace })
  }
  return found
}

/** Run with the median loss; the better one of two. NaN counts as the worst loss. */
export function medianRun({ runs }: Pick<ComparedArm, 'runs'>): ComparedRun | null {
  const worth = ({ loss }: ComparedRun) => (Number.isNaN(loss) ? Infinity : loss)
  const inOrder = runs.toSorted((a, b) => (worth(a) === worth(b) ? a.seed - b.seed : worth(a) - worth(b)))
  return inOrder[Math.floor((inOrder.length - 1) / 2)] ?? null
}

async function lastTrace(source: ReportSource, runId: string): Promise<Pick<StudyTrace, 'outputs' | 'output' | 'target' | 'dt'> | null> {
  const { summary: { epochsDone }, spec: { task }, arrays } = requireReadable(await source.overview(runId))
  const isLast = ({ epoch, kind, name }: typeof arrays[number]) => epoch === epochsDone && kind === 'output' && name === 'pattern-0'
  if (!arrays.some(isLast)) return null
  const [output, target] = await Promise.all([
    source.array(runId, epochsDone, 'output', 'pattern-0'), source.array(runId, epochsDone, 'target', 'pattern-0'),
  ])
  return { outputs: outputsOf(task), output: output.data, target: target.data, dt: task.dt }
}
