import { computed, onScopeDispose, ref, type Ref, shallowRef, watch } from 'vue'
import { readTraces, readUpdates, type RecordedTraces, recordedIn, type SynapseUpdates } from '../../../src-engine/analysis/recording.ts'
import { synapseName } from '../../../src-engine/charts/synapse-history.ts'
import { arrayName, type Subject } from '../../../src-engine/experiment/recording.ts'
import { readableRun, type StoredRun, useRuns } from '../../stores/runs.ts'

export interface RecordedRun {
  runId: string
  detail: Ref<StoredRun | null>
  /** Whether recorded data is shown. It is not read otherwise. */
  isShown: () => boolean
  /** Reports a failure of an action. */
  attempt: (act: () => Promise<void>) => Promise<void>
}

/** 'Neuron 5' or 'Input channel 3 → neuron 5' */
const titleOf = (subject: Subject): string =>
  ('neuron' in subject ? `Neuron ${subject.neuron}` : synapseName({ layer: subject.layer, pre: subject.from, post: subject.to }))

/** The recorded neurons and synapses of a run, and the data of the chosen one. */
export function useRecorded({ runId, detail, isShown, attempt }: RecordedRun) {
  const runs = useRuns()
  const arrays = computed(() => detail.value?.arrays ?? [])
  const recorded = computed(() => recordedIn(arrays.value))
  /** Synapses first, because they show their neurons, too. */
  const subjects = computed(() => [...recorded.value.synapses, ...recorded.value.neurons.map((neuron) => ({ neuron }))])
  const options = computed(() => subjects.value.map((subject) => ({ name: arrayName(subject), title: titleOf(subject) })))

  const chosenName = ref<string | null>(null)
  const chosenEpoch = ref<number | null>(null)
  const subject = computed(() => subjects.value.find((one) => arrayName(one) === chosenName.value) ?? subjects.value[0] ?? null)
  const name = computed(() => (subject.value ? arrayName(subject.value) : null))
  /** The last one unless another is chosen; null if no traces are recorded. */
  const epoch = computed(() =>
    recorded.value.epochs.find((one) => one === chosenEpoch.value) ?? recorded.value.epochs.at(-1) ?? null)

  const traces = shallowRef<RecordedTraces | null>(null)
  const updates = shallowRef<SynapseUpdates | null>(null)
  const load = async () => {
    const [of, at] = [subject.value, epoch.value]
    if (!isShown() || of === null || detail.value === null) return
    const read = (info: { epoch: number; kind: string; name: string }) => runs.array(runId, info.epoch, info.kind, info.name)
    const selfConnected = readableRun(detail.value)?.spec.conventions.selfConnections === 'noise'
    const [readNow, changed] = await Promise.all([
      at === null ? null : readTraces(arrays.value, at, of, selfConnected, read),
      'neuron' in of ? null : readUpdates(arrays.value, of, read),
    ])
    if (!open || subject.value !== of || epoch.value !== at) return
    traces.value = readNow
    updates.value = changed
  }
  let open = true
  onScopeDispose(() => { open = false })
  watch([subject, epoch, isShown], () => attempt(load), { immediate: true })

  /** The next or previous one of a list; undefined at its ends. */
  const neighbour = <Item>(all: readonly Item[], now: Item, by: 1 | -1) => all[all.indexOf(now) + by]
  const nextName = (by: 1 | -1) => neighbour(options.value.map((one) => one.name), name.value ?? '', by)
  const nextEpoch = (by: 1 | -1) => neighbour(recorded.value.epochs, epoch.value ?? 0, by)

  return { recorded, options, subject, name, epoch, traces, updates, chosenName, chosenEpoch, nextName, nextEpoch }
}
