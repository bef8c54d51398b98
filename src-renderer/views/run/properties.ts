import { changedParameters } from '../../../src-engine/analysis/parameters.ts'
import { meanOf } from '../../../src-engine/analysis/statistics.ts'
import { exact, formatCount, formatDuration, formatNumber } from '../../components/format.ts'
import type { EpochMetrics, RunDetail, RunSummary } from '../../stores/runs.ts'
import { valueText } from '../values.ts'

/** A line of the inspector. */
export interface Property {
  title: string
  value: string
  /** All digits or the whole text, on hover. */
  whole: string
  /** For tests that read it. */
  test?: string
}

const property = (title: string, value: string, whole = value, test?: string): Property => ({ title, value, whole, test })

const LAST = 20

/** Result so far, from the epochs: the same numbers while it runs and afterwards. */
export function resultOf(epochs: readonly EpochMetrics[], { secondsPerSequence, digest }: RunSummary): Property[] {
  const last = epochs.at(-1)
  if (!last) return []
  const tail = epochs.slice(-LAST)
  const mean = meanOf(tail.map(({ mse }) => mse))
  return [
    property('MSE, last epoch', formatNumber(last.mse), exact(last.mse), 'run-mse'),
    property(`MSE, mean of last ${tail.length}`, formatNumber(mean), exact(mean), 'run-mse-last20'),
    property('Mean rate (Hz)', formatNumber(last.meanRateHz), exact(last.meanRateHz)),
    ...pulsesOf(last),
    ...(secondsPerSequence === null ? [] : [property('Time per sequence', formatDuration(secondsPerSequence), `${secondsPerSequence} s, median`)]),
    ...(digest === null ? [] : [property('Digest', digest.slice(0, 12), digest)]),
  ]
}

const pulsesOf = ({ ledger, saturated }: EpochMetrics): Property[] => (ledger.set + ledger.reset + ledger.read === 0 ? [] : [
  property('SETs', formatCount(ledger.set)),
  property('RESETs', formatCount(ledger.reset)),
  property('Refreshes', formatCount(ledger.refresh)),
  property('READs', formatCount(ledger.read)),
  property('Saturated devices (%)', formatNumber(100 * saturated), `${100 * saturated} %, above 90 % of the largest conductance`),
])

/** What is not at the default of its scheme and task. */
export const changesOf = ({ spec }: RunDetail): Property[] =>
  changedParameters(spec).map(({ title, unit, value }) =>
    property(unit ? `${shortTitle(title)} (${unit})` : shortTitle(title), valueText(value), `${title}: ${value}`))

/** The last of the titles: the groups are on hover. */
const shortTitle = (title: string) => title.split(' · ').at(-1) ?? title

export const environmentOf = ({ environment }: RunDetail): Property[] => [
  property('Application', environment.application),
  property('Engine', environment.engineDigest.slice(0, 12), environment.engineDigest),
  property('Runtime', environment.electron === null ? `Node ${environment.node}` : `Electron ${environment.electron}`, `Node ${environment.node}, V8 ${environment.v8}`),
  property('SQLite', environment.sqlite),
  property('System', environment.os),
  property('Processor', environment.cpu, `${environment.cpu}, ${environment.cores} cores`),
]
