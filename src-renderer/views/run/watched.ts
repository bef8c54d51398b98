import { computed, shallowRef, watch } from 'vue'
import type { SynapseTraces, WatchedSynapse } from '../../../src-engine/analysis/observation.ts'
import { presynapticOf } from '../../../src-engine/charts/run-charts.ts'
import { tracedLayers } from '../../../src-engine/experiment/layers.ts'
import type { Spec } from '../../../src-engine/experiment/spec.ts'
import { useRuns } from '../../stores/runs.ts'

const first: WatchedSynapse = { layer: tracedLayers[0], neuron: 0, presynaptic: 0 }

/** Clamps the indices to the nearest existing synapse. */
export function withinReach({ layer, neuron, presynaptic }: WatchedSynapse, spec: Pick<Spec, 'task' | 'network'>): WatchedSynapse {
  const nearest = (index: number, count: number) => Math.min(Math.max(Math.round(index) || 0, 0), count - 1)
  return {
    layer,
    neuron: nearest(neuron, spec.network.recurrentNeurons),
    presynaptic: nearest(presynaptic, presynapticOf(spec)[layer]),
  }
}

export interface WatchedRun {
  runId: string
  spec: () => Spec | undefined
  /** Traces of the last frame. */
  traces: () => SynapseTraces | null
  isRunning: () => boolean
}

/** The watched synapse of a run and a function to change it. */
export function useWatchedSynapse({ runId, spec, traces, isRunning }: WatchedRun) {
  const runs = useRuns()
  /** Synapse chosen on this screen; null until then, and the synapse of the last frame applies. */
  const chosen = shallowRef<WatchedSynapse | null>(null)
  const synapse = computed((): WatchedSynapse => {
    const { layer, neuron, presynaptic } = chosen.value ?? traces() ?? first
    return { layer, neuron, presynaptic }
  })

  // A resumed run starts with the first synapse, so the choice is sent again.
  const send = () => { if (chosen.value && isRunning()) void runs.observe(runId, chosen.value).catch(() => {}) }
  watch(isRunning, send)

  const watchSynapse = (change: Partial<WatchedSynapse>) => {
    const of = spec()
    if (!of) return
    chosen.value = withinReach({ ...synapse.value, ...change }, of)
    send()
  }

  return { synapse, watchSynapse }
}
