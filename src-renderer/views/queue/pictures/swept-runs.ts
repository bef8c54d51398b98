import type { SweptRun } from '../../../../src-engine/charts/swept.ts'
import { sharedLoss, sharedMetrics } from '../../../../src-engine/experiment/task.ts'
import type { Spec } from '../../../../src-engine/experiment/spec.ts'
import { valueAt } from '../../../components/spec-form/value.ts'
import type { RunSummary } from '../../../stores/runs.ts'
import type { SweepRecord } from '../../../stores/sweeps.ts'
import { hasEnded } from '../rows.ts'

/** A metric that the summaries of runs have. */
export interface SweptMetric {
  value: string
  label: string
  /** On an axis. */
  name: string
  scale: 'log' | 'linear'
  of: (run: RunSummary) => number | null
}

/** The first is the one by which the arms are ranked. */
export function sweptMetrics(runs: readonly RunSummary[]): readonly [SweptMetric, ...SweptMetric[]] {
  const tasks = runs.map(({ task }) => task)
  const { title } = sharedLoss(tasks)
  const last20 = `${title}, mean of last 20 epochs`
  const last = `${title}, last epoch`
  return [
    { value: 'last20', label: last20, name: last20, scale: 'log', of: ({ lossLast20 }) => lossLast20 },
    { value: 'loss', label: last, name: last, scale: 'log', of: ({ loss }) => loss },
    ...sharedMetrics(tasks).map(({ id, title: own, unit }): SweptMetric => {
      const name = unit ? `${own} (${unit})` : own
      return { value: id, label: own, name, scale: 'linear', of: ({ metrics }) => metrics[id] ?? null }
    }),
    { value: 'rate', label: 'Firing rate', name: 'Mean firing rate (Hz)', scale: 'linear', of: ({ meanRateHz }) => meanRateHz },
    { value: 'sets', label: 'SET pulses', name: 'SET pulses', scale: 'linear', of: ({ ledger }) => ledger.set },
  ]
}

/** Paths of the parameters of which the arms have several values, in the order of the document. */
export function sweptPaths({ arms }: Pick<SweepRecord, 'arms'>, base: Spec | null): string[] {
  const paths = [...new Set(arms.flatMap(({ changes }) => changes.map(({ path }) => path)))]
  const textOf = (arm: SweepRecord['arms'][number], path: string) => JSON.stringify(parametersOf(arm, [path], base).get(path))
  return paths.filter((path) => new Set(arms.map((arm) => textOf(arm, path))).size > 1)
}

/** Values of an arm. What it does not change is as in the experiment that is varied. */
const parametersOf = ({ changes }: SweepRecord['arms'][number], paths: readonly string[], base: Spec | null) => {
  const own = new Map(changes.map(({ path, value }) => [path, value]))
  return new Map(paths.map((path) => [path, own.has(path) ? own.get(path) : base === null ? undefined : valueAt(base, path)]))
}

/** Runs that have ended with an epoch, in the order of the arms. */
export function sweptRuns(
  { arms }: Pick<SweepRecord, 'arms'>, runs: readonly RunSummary[], metric: SweptMetric, paths: readonly string[], base: Spec | null,
): SweptRun[] {
  const parameters = arms.map((arm) => parametersOf(arm, paths, base))
  const ended = runs.filter((run) => hasEnded(run) && run.epochsDone > 0).flatMap((run): SweptRun[] => {
    const arm = run.sweep?.arm
    if (arm === undefined || arms[arm] === undefined) return []
    return [{
      runId: run.runId, seed: run.seed, arm, label: arms[arm].label, value: metric.of(run) ?? NaN, parameters: parameters[arm]!,
    }]
  })
  return ended.sort((a, b) => a.arm - b.arm || a.seed - b.seed)
}
