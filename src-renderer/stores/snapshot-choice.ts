import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import type { Quantity } from '../../src-engine/analysis/quantities.ts'
import type { LayerName } from '../../src-engine/experiment/layers.ts'

export const LIVE = 'live'

export const runViews = ['charts', 'snapshots'] as const
export type RunViewName = typeof runViews[number]

/** Which snapshot a difference subtracts: one of this run, or of another run at the same epoch. */
export type Base = { kind: 'previous' | 'first' } | { kind: 'epoch'; epoch: number } | { kind: 'run'; runId: string }

export interface SnapshotChoice {
  view: RunViewName
  /** LIVE or the epoch of a snapshot. */
  epoch: typeof LIVE | number
  layer: LayerName
  quantity: Quantity
  /** Of devices, from 0. */
  pair: number
  synapse: { post: number; pre: number }
  base: Base
}

/** What the Run screen shows of one run: its charts or its snapshots, which snapshot, and what of it. Another run starts again. */
export const useSnapshotChoice = defineStore('snapshot-choice', () => {
  const runId = ref<string | null>(null)
  const view = ref<SnapshotChoice['view']>('charts')
  const epoch = ref<SnapshotChoice['epoch']>(LIVE)
  const layer = ref<LayerName>('recurrent')
  const quantity = ref<Quantity>('weight')
  const pair = ref(0)
  const synapse = shallowRef<SnapshotChoice['synapse']>({ post: 0, pre: 1 })
  const base = shallowRef<Base>({ kind: 'previous' })

  /** Keep the choices of this run, or forget those of another one. */
  const keepFor = (id: string) => {
    if (runId.value === id) return
    runId.value = id
    view.value = 'charts'
    epoch.value = LIVE
    layer.value = 'recurrent'
    quantity.value = 'weight'
    pair.value = 0
    synapse.value = { post: 0, pre: 1 }
    base.value = { kind: 'previous' }
  }
  /** The run is no longer shown, so that it starts again when it is opened the next time. */
  const forget = (id: string) => { if (runId.value === id) runId.value = null }
  return { runId, view, epoch, layer, quantity, pair, synapse, base, keepFor, forget }
})
