import type { SweptRun } from '../../../../src-engine/charts/swept.ts'
import { sharedLoss, sharedMetrics } from '../../../../src-engine/experiment/task.ts'
import type { Spec } from '../../../../src-engine/experiment/spec.ts'
import { valueAt } from '../../../components/spec-form/value.ts'
import type { RunSummary } from '../../../stores/runs.ts'
import type { SweepRecord } from '../../../stores/sweeps.ts'
import { hasEnded } from '../rows.ts'

/** A metric of runs. */
export interface SweptMetric {
  value: string
  label: string
  /** On an axis. */
  name: string
  scale: 'log' | 'linear'
  /** The name of the query language by which the library is asked for it; null if the summaries of runs have it. */
  asked: string | null
  /** Null if the run has no value, or if the library must be asked. */
  of: (run: RunSummary) => number | null
}

const unknown = () => null

/** The first is the one by which the arms are ranked. @param epochs the number in the names of a mean and of an epoch */
export function sweptMetrics(runs: readonly RunSummary[], epochs: number): readonly [SweptMetric, ...SweptMetric[]] {
  const tasks = runs.map(({ task }) => task)
  const { title } = sharedLoss(tasks)
  const ofLoss = (value: string, what: string, more: Partial<SweptMetric>): SweptMetric =>
    ({ value, label: `${title}, ${what}`, name: `${title}, ${what}`, scale: 'log', asked: null, of: unknown, ...more })
  return [
    ofLoss('last20', 'mean of last 20 epochs', { of: ({ lossLast20 }) => lossLast20 }),
    ofLoss('loss', 'last epoch', { of: ({ loss }) => loss }),
    ofLoss('best', 'best epoch', { asked: 'loss.best' }),
    ofLoss('mean', `mean of last ${epochs} epochs`, { label: `${title}, mean of last epochs`, asked: `loss.mean${epochs}` }),
    ofLoss('epoch', `epoch ${epochs}`, { label: `${title}, one epoch`, asked: `loss.epoch${epochs}` }),
    ...sharedMetrics(tasks).flatMap(({ id, title: own, unit }): SweptMetric[] => {
      const named = (what: string) => (unit ? `${own}${what} (${unit})` : `${own}${what}`)
      return [
        { value: id, label: own, name: named(''), scale: 'linear', asked: null, of: ({ metrics }) => metrics[id] ?? null },
        { value: `${id}.best`, label: `${own}, best epoch`, name: named(', best epoch'), scale: 'linear', asked: `${id}.best`, of: unknown },
      ]
    }),
    {
      value: 'rate', label: 'Firing rate', name: 'Mean firing rate (Hz)', scale: 'linear', asked: null, of: ({ meanRateHz }) => meanRateHz,
    },
    { value: 'sets', label: 'SET pulses', name: 'SET pulses', scale: 'linear', asked: null, of: ({ ledger }) => ledger.set },
  ]
}

/** Whether a metric has a number of epochs that the user chooses. */
export const hasEpochs = ({ value }: Pick<SweptMetric, 'value'>) => value === 'mean' || value === 'epoch'

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
  { arms }: Pick<SweepRecord, 'arms'>, runs: readonly RunSummary[], valueOf: (run: RunSummary) => number | null, paths: readonly string[],
  base: Spec | null,
): SweptRun[] {
  const parameters = arms.map((arm) => parametersOf(arm, paths, base))
  const ended = runs.filter((run) => hasEnded(run) && run.epochsDone > 0).flatMap((run): SweptRun[] => {
    const arm = run.sweep?.arm
    if (arm === undefined || arms[arm] === undefined) return []
    return [{
      runId: run.runId, seed: run.seed, arm, label: arms[arm].label, value: valueOf(run) ?? NaN, parameters: parameters[arm]!,
    }]
  })
  return ended.sort((a, b) => a.arm - b.arm || a.seed - b.seed)
}
