import { changedParameters } from '../../../src-engine/experiment/parameters.ts'
import { formatMetric, type MetricKind, titleWithUnit } from '../../../src-engine/experiment/metrics.ts'
import { lossOf, metricsOf } from '../../../src-engine/experiment/task.ts'
import { LAST_EPOCHS, meanOfLast } from '../../../src-engine/statistics/learning-curve.ts'
import { formatCount, formatDuration, formatExact, formatNumber } from '../../components/format.ts'
import { type EpochMetrics, environmentIn, type RunDetail, type RunSummary, type StoredRun } from '../../stores/runs.ts'
import { parameterText } from '../../../src-engine/experiment/value-text.ts'

/** One line of the inspector. */
export interface Property {
  title: string
  value: string
  /** All digits or the whole text, shown on hover. */
  whole: string
  /** Mark by which tests find the value, and the number itself. */
  test?: string
  number?: number
}

const property = (title: string, value: string, whole = value): Property => ({ title, value, whole })
const measured = (title: string, number: number, metric: MetricKind, test?: string): Property =>
  ({ title, value: formatMetric(metric, number), whole: formatExact(number), test, number })

/** Results so far, computed from the epochs, so that they are the same during and after the run. */
export function resultOf(epochs: readonly EpochMetrics[], { task, secondsPerSequence, digest }: RunSummary): Property[] {
  const last = epochs.at(-1)
  if (!last) return []
  const loss = lossOf(task)
  return [
    measured(`${loss.title}, last epoch`, last.loss, loss, 'run-loss'),
    measured(`${loss.title}, mean of last ${Math.min(LAST_EPOCHS, epochs.length)}`, meanOfLast(epochs.map((epoch) => epoch.loss)), loss, 'run-loss-last20'),
    ...metricsOf(task).map((metric) => measured(titleWithUnit(metric), last.metrics[metric.id] ?? NaN, metric)),
    property('Mean firing rate (Hz)', formatNumber(last.meanRateHz), formatExact(last.meanRateHz)),
    ...(last.silent === null ? [] : [silentOf(last.silent)]),
    ...(last.alwaysFiring === null ? [] : [alwaysFiringOf(last.alwaysFiring)]),
    ...(last.zeroSurrogate === null ? [] : [zeroSurrogateOf(last.zeroSurrogate)]),
    ...pulsesOf(last),
    ...(secondsPerSequence === null ? [] : [property('Time per sequence', formatDuration(secondsPerSequence), `${formatExact(secondsPerSequence)} s (median)`)]),
    ...(digest === null ? [] : [property('Digest', digest.slice(0, 12), digest)]),
  ]
}

const silentOf = (silent: number) =>
  property('Silent neurons (%)', formatNumber(100 * silent), `${formatExact(100 * silent)} % of the recurrent neurons had no spike in the last epoch`)

const alwaysFiringOf = (share: number) =>
  property('Always firing neurons (%)', formatNumber(100 * share), `${formatExact(100 * share)} % of the recurrent neurons fired at nearly every step of the last epoch`)

const zeroSurrogateOf = (share: number) =>
  property('Steps without gradient (%)', formatNumber(100 * share), `ψ was 0 in ${formatExact(100 * share)} % of the neuron-steps of the last epoch`)

const pulsesOf = ({ ledger, saturated }: EpochMetrics): Property[] => (ledger.set + ledger.reset + ledger.read === 0 ? [] : [
  property('SET pulses', formatCount(ledger.set)),
  property('RESET pulses', formatCount(ledger.reset)),
  property('Refreshes', formatCount(ledger.refresh)),
  property('READs', formatCount(ledger.read)),
  property('Saturated devices (%)', formatNumber(100 * saturated), `${formatExact(100 * saturated)} % of the devices are above 90 % of the maximum conductance`),
])

/** Parameters that differ from the defaults of their scheme and task. */
export const changesOf = ({ spec }: RunDetail): Property[] =>
  changedParameters(spec).map(({ path, title, unit, value }) => {
    const text = parameterText(path, value)
    return property(unit ? `${shortTitle(title)} (${unit})` : shortTitle(title), text, `${title}: ${text}`)
  })

/** Title without its groups, which are shown on hover. */
const shortTitle = (title: string) => title.split(' · ').at(-1) ?? title

/** What computed the run; empty if it cannot be read. */
export function environmentOf(run: StoredRun): Property[] {
  const environment = environmentIn(run)
  return environment === null ? [] : propertiesOf(environment)
}

const propertiesOf = (environment: RunDetail['environment']): Property[] => [
  property('Application', environment.application),
  property('Engine', environment.engineDigest.slice(0, 12), environment.engineDigest),
  property('Runtime', environment.electron === null ? `Node ${environment.node}` : `Electron ${environment.electron}`, `Node ${environment.node}, V8 ${environment.v8}`),
  property('SQLite', environment.sqlite),
  property('System', environment.os),
  property('Processor', environment.cpu, `${environment.cpu}, ${environment.cores} cores`),
]
