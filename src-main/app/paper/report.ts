import type { ComparedArm, ComparedRun, Comparison } from '../../../src-engine/analysis/comparison.ts'
import { paperArms, type PaperTournament } from '../../../src-engine/sweep/paper/tournaments.ts'
import type { StudyReport, StudySection, StudyTrace } from '../../transfer/results/report.ts'
import type { App } from '../app.ts'

/** A tournament of the paper, and the sweep that has answered it. */
export interface Answered {
  tournament: PaperTournament
  sweepId: string
}

type Kept = Pick<App, 'sweeps' | 'get' | 'array'>

/** What the library holds of the paper's tournaments, ready to be written. */
export async function paperReport(
  app: Kept, answered: readonly Answered[], from: Pick<StudyReport, 'applicationVersion' | 'commands'>,
): Promise<StudyReport> {
  const sections: StudySection[] = []
  for (const each of answered) sections.push(await sectionOf(app, each))
  return { title: 'The paper\'s answer, reproduced', ...from, sections }
}

async function sectionOf(app: Kept, { tournament: { id, title, intro }, sweepId }: Answered): Promise<StudySection> {
  const comparison = await app.sweeps.compare(sweepId, null)
  if (comparison === null) throw new Error(`Sweep ${sweepId} is no longer in the library`)
  const common = { id, title, intro, kind: id, comparison }
  return id === 'schemes' ? { ...common, facets: facets(), traces: await traces(app, comparison) } : common
}

const facets = () => Object.fromEntries(paperArms.map(({ label, ...facet }) => [label, facet]))

/** Readout and target of each arm's median run after its last epoch, of its first pattern. */
async function traces(app: Kept, { arms }: Comparison): Promise<StudyTrace[]> {
  const found: StudyTrace[] = []
  for (const arm of arms) {
    const run = medianRun(arm)
    if (run) found.push({ label: arm.label, seed: run.seed, ...await lastTrace(app, run.runId) })
  }
  return found
}

/** The run with the median loss, of two the better; one that is no number is worse than any. */
export function medianRun({ runs }: Pick<ComparedArm, 'runs'>): ComparedRun | null {
  const worth = ({ loss }: ComparedRun) => (Number.isNaN(loss) ? Infinity : loss)
  const inOrder = runs.toSorted((a, b) => (worth(a) === worth(b) ? a.seed - b.seed : worth(a) - worth(b)))
  return inOrder[Math.floor((inOrder.length - 1) / 2)] ?? null
}

async function lastTrace(app: Kept, runId: string): Promise<Pick<StudyTrace, 'output' | 'target' | 'dt'>> {
  const { summary: { epochs }, spec: { task: { dt } } } = await app.get(runId)
  const [output, target] = await Promise.all([
    app.array(runId, epochs, 'output', 'pattern-0'), app.array(runId, epochs, 'target', 'pattern-0'),
  ])
  return { output: output.data, target: target.data, dt }
}
