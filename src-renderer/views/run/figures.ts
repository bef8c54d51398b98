import { computed, type ComputedRef } from 'vue'
import type { MetricKind } from '../../../src-engine/experiment/metrics.ts'
import { usesDevices } from '../../../src-engine/experiment/scheme.ts'
import type { Spec } from '../../../src-engine/experiment/spec.ts'
import { lossOf, outputsOf } from '../../../src-engine/experiment/task.ts'
import { auditFigure } from '../../charts/audit.ts'
import type { Draw, Figure } from '../../charts/figure.ts'
import { histogramFigure } from '../../charts/histogram.ts'
import { lossFigure } from '../../charts/loss.ts'
import { metricFigure } from '../../charts/metric.ts'
import { outputFigure } from '../../charts/output.ts'
import { rasterFigure } from '../../charts/raster.ts'
import { ratesFigure } from '../../charts/rates.ts'
import { saturationFigure } from '../../charts/saturation.ts'
import { setsFigure } from '../../charts/sets.ts'
import { eligibilityFigure, membraneFigure, signalFigure } from '../../charts/synapse.ts'
import { weightsFigure } from '../../charts/weights.ts'
import type { EpochMetrics } from '../../stores/runs.ts'
import type { RunChart } from './chart-list.ts'
import type { SequenceRecord } from './record.ts'
import { presynapticOf } from './watched.ts'

export interface FigureSources {
  /** Null if it cannot be read: what follows from the data is drawn, and time is in steps. */
  spec: Spec | null
  /** Kind of the task. */
  task: string
  /** Kind of the update scheme. */
  scheme: string
  epochs: readonly EpochMetrics[]
  record: SequenceRecord | null
  lossScale: 'log' | 'linear'
  /** Drawn in place of the loss; null for the loss. */
  metric: MetricKind | null
  /** Layer of the weight map. */
  layer: string
}

type Theme = Parameters<Draw>[0]

/** Draw functions of all charts of the Run screen. Each changes only when its data changes. */
export function runFigures(from: FigureSources): Record<RunChart, ComputedRef<Draw>> {
  const timing = computed(() =>
    ({ steps: from.spec?.task.steps ?? from.record?.trace?.target.length ?? 1, dt: from.spec?.task.dt ?? null }))
  const pulses = computed(() =>
    ({ epochs: from.epochs, hasDevices: from.spec ? usesDevices(from.spec.scheme) : firesPulses(from.epochs) }))
  const spikes = computed(() => {
    const neurons = from.spec?.network.recurrentNeurons ?? from.record?.counts.length ?? 1
    const counts = from.record?.counts ?? new Uint32Array(neurons)
    return { marks: from.record?.marks ?? null, counts, neurons, ...timing.value }
  })
  // Traces are of live runs, whose spec is known.
  const synapse = computed(() => ({
    traces: from.record?.traces ?? null,
    isStored: from.record?.isStored ?? false,
    steps: timing.value.steps,
    dt: timing.value.dt ?? 1,
  }))
  return {
    loss: computed(() => {
      const { metric, epochs, scheme, lossScale } = from
      if (metric !== null) return (theme) => metricFigure({ metric, epochs, scheme }, theme)
      const loss = lossOf(from.task)
      return (theme) => lossFigure({ loss, epochs, scheme, scale: lossScale }, theme)
    }),
    output: drawn(() => ({
      trace: from.record?.trace ?? null, outputs: from.spec ? outputsOf(from.spec.task) : 1, dt: timing.value.dt,
    }), outputFigure),
    sets: drawn(() => pulses.value, setsFigure),
    saturation: drawn(() => pulses.value, saturationFigure),
    raster: drawn(() => spikes.value, rasterFigure),
    rates: drawn(() => ({ ...spikes.value, targetRate: from.spec?.learning.targetRate ?? null }), ratesFigure),
    histogram: drawn(() => ({ histogram: from.record?.histogram ?? null }), histogramFigure),
    membrane: drawn(() => synapse.value, membraneFigure),
    signal: drawn(() => synapse.value, signalFigure),
    eligibility: drawn(() => synapse.value, eligibilityFigure),
    weights: drawn(() => ({ map: from.record?.maps.find(({ layer }) => layer === from.layer) ?? null }), weightsFigure),
    audit: drawn(() => ({
      audits: from.record?.audits ?? [],
      pre: from.spec ? presynapticOf(from.spec) : noLayers,
      isStored: from.record?.isStored ?? false,
    }), auditFigure),
  }
}

/** Audits are of live runs, whose spec is known. */
const noLayers = { input: 1, recurrent: 1, output: 1 }

const firesPulses = (epochs: readonly EpochMetrics[]) => epochs.some(({ ledger }) => ledger.set + ledger.reset + ledger.read > 0)

const drawn = <Data>(data: () => Data, figure: (data: Data, theme: Theme) => Figure) => computed((): Draw => {
  const now = data()
  return (theme) => figure(now, theme)
})
