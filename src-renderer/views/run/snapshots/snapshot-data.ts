import { storeToRefs } from 'pinia'
import { computed, type Ref } from 'vue'
import { kindsFor, type LayerSnapshot, type Quantity, whyNoQuantity } from '../../../../src-engine/analysis/quantities.ts'
import { kindsOf, pairsIn, readLayer, type SnapshotHistogram, type SynapseState } from '../../../../src-engine/analysis/snapshots.ts'
import { snapshotEpochs } from '../../../../src-engine/analysis/stored-record.ts'
import { baseName, LIMIT_KINDS, type SnapshotSources } from '../../../../src-engine/charts/snapshot-charts.ts'
import { isKnown } from '../../../../src-engine/charts/synapse-history.ts'
import { scaleEnds } from '../../../../src-engine/charts/synapse-map.ts'
import { documentOf } from '../../../../src-engine/experiment/devices/registry.ts'
import { type LayerName, layerNames, scaleOf } from '../../../../src-engine/experiment/layers.ts'
import { readableRun, type StoredRun, useRuns } from '../../../stores/runs.ts'
import { useSnapshotChoice } from '../../../stores/snapshot-choice.ts'
import { SNAPSHOTS_PER_CALL, useSnapshots } from '../../../stores/snapshots.ts'
import { baseEpoch } from './base.ts'
import { useLatest, useParts, useSettled } from './latest.ts'

interface Layers {
  shown: LayerSnapshot | null
  base: LayerSnapshot | null
  damages: readonly string[]
}

const nothing: Layers = { shown: null, base: null, damages: [] }

const neighbours = (snapshots: readonly number[], epoch: number | null): number[] => {
  const index = epoch === null ? -1 : snapshots.indexOf(epoch)
  return index < 0 ? [] : [snapshots[index + 1], snapshots[index - 1]].filter((at) => at !== undefined)
}

/** Without a spec, conductances give no weights. */
const scaleIn = (run: StoredRun | null, layer: LayerName) => {
  const spec = readableRun(run)?.spec
  return spec ? scaleOf(spec.device, layer) : 1
}

/** The slider has settled when it did not move for this time, ms. */
const SETTLED = 100

/** What is chosen in the snapshot browser, and what the library has of it. @param epoch of the shown snapshot; null if there is none */
export function useSnapshotData(runId: string, detail: () => StoredRun, epoch: Readonly<Ref<number | null>>) {
  const store = useSnapshots()
  const runs = useRuns()
  const { layer, quantity: chosen, pair: pairIndex, synapse: position, base } = storeToRefs(useSnapshotChoice())

  const arrays = computed(() => detail().arrays)
  const snapshots = computed(() => snapshotEpochs(arrays.value))
  const pairs = computed(() => pairsIn(arrays.value))
  const pair = computed(() => Math.min(pairIndex.value, Math.max(0, pairs.value - 1)))
  const scale = computed(() => scaleIn(detail(), layer.value))
  const shape = computed((): readonly [post: number, pre: number] => {
    const [post = 1, pre = 1] = arrays.value.find(({ name }) => name === layer.value)?.shape ?? []
    return [post, pre]
  })
  const synapse = computed(() => ({
    post: Math.min(position.value.post, shape.value[0] - 1), pre: Math.min(position.value.pre, shape.value[1] - 1),
  }))
  /** As one text, so that what depends on it changes only when it does. */
  const stored = computed(() => (epoch.value === null ? '' : kindsOf(arrays.value, epoch.value, layer.value).join(' ')))
  /** Why a quantity is not offered; null if it is. */
  const whyNot = (id: Quantity) => whyNoQuantity(id, stored.value.split(' ').filter(Boolean))
  /** What is chosen, if this snapshot has it. */
  const quantity = computed((): Quantity => (whyNot(chosen.value) === null ? chosen.value : 'weight'))

  const load = store.loaderOf(runId)
  const layerAt = async (of: StoredRun | null, at: number | null) => {
    if (of === null || at === null) return null
    const kinds = kindsFor(quantity.value, pairsIn(of.arrays))
    return readLayer(of.arrays, { epoch: at, layer: layer.value, kinds }, store.loaderOf(of.summary.runId))
  }

  const { value: other, failure: noOther } = useLatest(
    () => (base.value.kind === 'run' ? runs.detail(base.value.runId) : Promise.resolve(null)), null as StoredRun | null,
  )
  const subtracted = computed(() => baseEpoch(base.value, epoch.value, snapshots.value, other.value))

  const { value: layers, failure: noLayers } = useLatest(() => {
    const before = base.value.kind === 'run' ? other.value : detail()
    const next = neighbours(snapshots.value, epoch.value).map((at) => () => layerAt(detail(), at))
    return Promise.all([layerAt(detail(), epoch.value), layerAt(before, subtracted.value)]).then(([shown, base]): Layers => {
      // Read in advance, so that the next step of the slider finds them.
      for (const readAhead of next) void readAhead().catch(() => {})
      const damages = [...shown?.damages ?? [], ...base?.damages ?? []]
      return { shown: shown?.snapshot ?? null, base: base?.snapshot ?? null, damages }
    })
  }, nothing)
  const { value: newest } = useLatest(() =>
    layerAt(detail(), snapshots.value.at(-1) ?? null).then((read) => read?.snapshot ?? null), null as LayerSnapshot | null)

  const settled = useSettled(() => epoch.value, SETTLED)
  const { value: crossbars, failure: noCrossbars } = useLatest(() => {
    const at = settled.value
    if (at === null || pairs.value === 0) return null
    const having = layerNames.filter((name) => kindsOf(arrays.value, at, name).includes('conductance'))
    return Promise.all(having.map((name) => readLayer(arrays.value, { epoch: at, layer: name, kinds: LIMIT_KINDS }, load)))
      .then((read) => read.flatMap((one) => one ?? []))
  }, [])

  const { value: states, failure: noStates } = useParts<SynapseState>({
    of: () => JSON.stringify([layer.value, synapse.value]),
    epochs: () => snapshots.value,
    read: (epochs) => store.synapse(runId, epochs, { layer: layer.value, ...synapse.value }),
    most: SNAPSHOTS_PER_CALL,
  })

  const counted = computed(() => ({ layer: layer.value, quantity: quantity.value, pair: pair.value, scale: scale.value }))
  const { value: histograms, failure: noHistograms } = useParts<SnapshotHistogram>({
    of: () => JSON.stringify(counted.value),
    epochs: () => snapshots.value,
    read: (epochs) => store.histograms(runId, epochs, counted.value),
    most: SNAPSHOTS_PER_CALL,
  })

  const range = computed(() => {
    const spec = readableRun(detail())?.spec
    return spec ? documentOf(spec.device).bounds : null
  })
  const ends = computed(() => {
    const place = { quantity: quantity.value, pair: pair.value, scale: scale.value }
    return scaleEnds(newest.value, place, range.value?.largest ?? null)
  })

  const failures = [noOther, noLayers, noCrossbars, noStates, noHistograms]
  const failure = computed(() => failures.find(({ value }) => value !== null)?.value ?? null)
  /** Of the shown and the subtracted snapshot. */
  const damages = computed(() => [...new Set([...layers.value.damages, ...crossbars.value.flatMap((one) => one.damages)])])
  const damagedEpochs = computed(() => states.value.filter((state) => !isKnown(state)).map(({ epoch }) => epoch))
  const ofOther = computed(() => (base.value.kind === 'run' ? other.value?.summary : undefined))

  const sources: SnapshotSources = {
    get quantity() { return quantity.value },
    get layer() { return layer.value },
    get pair() { return pair.value },
    get pairs() { return pairs.value },
    get scale() { return scale.value },
    get baseScale() { return base.value.kind === 'run' ? scaleIn(other.value, layer.value) : scale.value },
    get range() { return range.value },
    get synapse() { return synapse.value },
    get shown() { return layers.value.shown },
    get ends() { return ends.value },
    get base() { return layers.value.base },
    get baseName() { return layers.value.base ? baseName(layers.value.base.epoch, ofOther.value) : '' },
    get crossbars() { return crossbars.value.flatMap(({ snapshot }) => ('conductance' in snapshot.arrays ? [snapshot] : [])) },
    get states() { return states.value },
    get histograms() { return histograms.value },
  }

  /** Chooses a synapse by a point of a map; a point beside it chooses the nearest. */
  const choose = ({ post, pre }: { post: number; pre: number }) => {
    const nearest = (index: number, count: number) => Math.min(Math.max(Math.round(index), 0), count - 1)
    position.value = { post: nearest(post, shape.value[0]), pre: nearest(pre, shape.value[1]) }
  }

  return {
    layer, quantity, chosen, pair, pairIndex, pairs, synapse, base, shape, snapshots, whyNot, choose,
    sources, states, damages, damagedEpochs, failure, subtracted, ofOther,
  }
}
