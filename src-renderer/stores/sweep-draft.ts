import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import * as z from 'zod'
import type { Problem } from '../../src-engine/spec/problem.ts'
import { comparisonSchema, sweepSchema } from '../../src-engine/spec/sweep.ts'
import { type Expanded, expandSweep } from '../../src-engine/sweep/expand-sweep.ts'
import { call } from '../bridge/bridge.ts'
import { useDesign } from './design.ts'
import { begin, change, redo, undo } from './history.ts'
import { keep, readKept } from './kept.ts'

/** A sweep while it is being written, without its experiment: that is always the draft of the Design screen. */
export type SweepDraft = Readonly<Record<string, unknown>>
export type AxisDraft = Readonly<Record<string, unknown>>
export type VariantDraft = Readonly<Record<string, unknown>>
export type ComparisonDraft = Readonly<Record<string, unknown>>

/** What the fields of a sweep are made from. */
export const sweepJsonSchema = z.toJSONSchema(sweepSchema, { io: 'input' })

const draftSchema = z.record(z.string(), z.unknown())
const empty: SweepDraft = { name: '', axes: [], seeds: [42, 43, 44, 45, 46] }
const usualComparison: ComparisonDraft = comparisonSchema.parse({})

/** A sweep of more arms is expanded once keys rest, ms. */
const MANY_ARMS = 200
const RESTED = 200

/** The sweep being written: it survives the window, and every change can be undone, apart from those of the experiment. */
export const useSweepDraft = defineStore('sweep draft', () => {
  const design = useDesign()
  const history = shallowRef(begin<SweepDraft>(readKept('sweep', draftSchema) ?? empty))
  /** What the main process found wrong with the sweep as it is now. */
  const refused = shallowRef<readonly Problem[]>([])
  const starting = ref(false)

  const draft = computed(() => history.value.present)
  const document = computed((): SweepDraft => ({ ...draft.value, spec: design.document }))
  const axes = computed(() => groupsIn(draft.value.axes))
  const variants = computed((): VariantDraft[] => groupsIn(draft.value.variants))
  const comparison = computed((): ComparisonDraft | null => (isGroup(draft.value.comparison) ? draft.value.comparison : null))

  const expanded = shallowRef<Expanded>(expandSweep(document.value))
  /** Whether what is shown is of an older document. */
  const isStale = ref(false)
  let arms = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  const expand = () => {
    clearTimeout(timer)
    isStale.value = false
    expanded.value = expandSweep(document.value)
    if (expanded.value.ok) arms = expanded.value.arms.length
  }

  const problems = computed(() => (expanded.value.ok ? refused.value : expanded.value.problems))
  const canUndo = computed(() => history.value.past.length > 0)
  const canRedo = computed(() => history.value.future.length > 0)

  /** @param touched null for a step of its own; changes of the same thing in a row are one step of undo. */
  const put = (part: SweepDraft, touched: string | null = null) => {
    history.value = change(history.value, { ...draft.value, ...part }, touched)
  }
  const putAxis = (index: number, axis: AxisDraft, touched: string | null = null) =>
    put({ axes: axes.value.with(index, axis) }, touched === null ? null : `axes.${index}.${touched}`)
  const putVariant = (index: number, variant: VariantDraft, touched: string | null = null) =>
    put({ variants: variants.value.with(index, variant) }, touched === null ? null : `variants.${index}.${touched}`)
  const moveVariant = (from: number, to: number) =>
    put({ variants: variants.value.toSpliced(from, 1).toSpliced(to, 0, variants.value[from]) })
  const putComparison = (part: ComparisonDraft, touched: string | null = null) =>
    put({ comparison: { ...usualComparison, ...comparison.value, ...part } }, touched)

  /** The whole document, from a file or as text: its experiment becomes the draft of the Design screen. */
  const replace = ({ spec, ...rest }: SweepDraft) => {
    if (JSON.stringify(spec) !== JSON.stringify(design.document) && isGroup(spec)) design.replace(spec)
    if (JSON.stringify(rest) !== JSON.stringify(draft.value)) history.value = change(history.value, rest, null)
  }

  /** The new sweep's id, or null where it was refused (`problems` says why). Throws `CallError`. */
  const start = async () => {
    starting.value = true
    try {
      const answer = await call('sweeps.start', { sweep: document.value })
      if (!answer.ok) refused.value = answer.problems
      return answer.ok ? answer.sweepId : null
    } finally {
      starting.value = false
    }
  }

  watch(draft, (now) => { keep('sweep', now) }, { flush: 'sync' })
  watch(document, () => {
    refused.value = []
    if (arms <= MANY_ARMS) return expand()
    isStale.value = true
    clearTimeout(timer)
    timer = setTimeout(expand, RESTED)
  }, { flush: 'sync' })

  return {
    draft, document, axes, variants, comparison, expanded, isStale, problems, starting, canUndo, canRedo,
    put, putAxis, putVariant, moveVariant, putComparison, replace, start,
    addAxis: (axis: AxisDraft) => put({ axes: [...axes.value, axis] }),
    removeAxis: (index: number) => put({ axes: axes.value.toSpliced(index, 1) }),
    addVariant: (variant: VariantDraft) => put({ variants: [...variants.value, variant] }),
    removeVariant: (index: number) => put({ variants: variants.value.toSpliced(index, 1) }),
    compareArms: (doCompare: boolean) => put({ comparison: doCompare ? usualComparison : null }),
    clear: () => { history.value = change(history.value, empty, null) },
    /** The text of a sweep's file, or null where the person cancelled. */
    importFile: () => call('spec.import', {}),
    exportFile: (name: string) => call('spec.export', { name, document: document.value }),
    undo: () => { history.value = undo(history.value) },
    redo: () => { history.value = redo(history.value) },
  }
})

const isGroup = (value: unknown): value is SweepDraft => typeof value === 'object' && value !== null && !Array.isArray(value)

/** What is no group there cannot be shown; JSON and the problems say so. */
const groupsIn = (list: unknown): SweepDraft[] => (Array.isArray(list) ? list.filter(isGroup) : [])
