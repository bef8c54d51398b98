import { computed, shallowRef, watch } from 'vue'
import type { SynapseTraces, WatchedSynapse } from '../../../src-engine/analysis/observation.ts'
import type { Spec } from '../../../src-engine/spec/spec.ts'
import { useRuns } from '../../stores/runs.ts'

const first: WatchedSynapse = { layer: 'input', neuron: 0, presynaptic: 0 }

/** Presynaptic neurons of each layer. */
export const presynapticOf = ({ task, network }: Pick<Spec, 'task' | 'network'>) =>
  ({ input: task.inputChannels, recurrent: network.recurrentNeurons, output: network.recurrentNeurons })

/** The nearest synapse that exists. */
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
  /** As last seen. */
  traces: () => SynapseTraces | null
  isRunning: () => boolean
}

/** Which synapse of a run is looked at closely, and the way to another. */
export function useWatchedSynapse({ runId, spec, traces, isRunning }: WatchedRun) {
  const runs = useRuns()
  /** Null until another was asked for here: what is seen then tells. */
  const asked = shallowRef<WatchedSynapse | null>(null)
  const synapse = computed((): WatchedSynapse => {
    const { layer, neuron, presynaptic } = asked.value ?? traces() ?? first
    return { layer, neuron, presynaptic }
  })

  // A run that goes on begins with the first synapse again.
  const send = () => { if (asked.value && isRunning()) void runs.observe(runId, asked.value).catch(() => {}) }
  watch(isRunning, send)

  const look = (change: Partial<WatchedSynapse>) => {
    const of = spec()
    if (!of) return
    asked.value = withinReach({ ...synapse.value, ...change }, of)
    send()
  }

  return { synapse, look }
}
