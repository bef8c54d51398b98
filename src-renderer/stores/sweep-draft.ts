import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import * as z from 'zod'
import type { Problem } from '../../src-engine/experiment/problem.ts'
import { comparisonSchema, sweepSchema } from '../../src-engine/experiment/sweep.ts'
import { type Expanded, expandSweep } from '../../src-engine/sweep/expand-sweep.ts'
import { call } from '../bridge/bridge.ts'
import { useDesign } from './design.ts'
import { change, redo, startHistory, undo } from './history.ts'
import { readLocal, saveLocal } from './local-storage.ts'

/** A sweep while it is being edited, without its experiment. The experiment is the draft of the Design screen. */
export type SweepDraft = Readonly<Record<string, unknown>>
export type AxisDraft = Readonly<Record<string, unknown>>
export type VariantDraft = Readonly<Record<string, unknown>>
export type ComparisonDraft = Readonly<Record<string, unknown>>

/** Schema that the fields of a sweep are built from. */
export const sweepJsonSchema = z.toJSONSchema(sweepSchema, { io: 'input' })

const draftSchema = z.record(z.string(), z.unknown())
const emptyDraft: SweepDraft = { name: '', axes: [], seeds: [42, 43, 44, 45, 46] }
const defaultComparison: ComparisonDraft = comparisonSchema.parse({})

/** A sweep of more arms is expanded only once the user stops typing. */
const MANY_ARMS = 200
/** Pause after the last change before such a sweep is expanded, ms. */
const TYPING_PAUSE = 200

/** The sweep being edited. It survives a restart. Undo covers all changes except those of the experiment. */
export const useSweepDraft = defineStore('sweep draft', () => {
  const design = useDesign()
  const history = shallowRef(startHistory<SweepDraft>(readLocal('sweep', draftSchema) ?? emptyDraft))
  /** Problems that the main process found in the current sweep. */
  const refused = shallowRef<readonly Problem[]>([])
  const starting = ref(false)

  const draft = computed(() => history.value.present)
  const document = computed((): SweepDraft => ({ ...draft.value, spec: design.document }))
  const axes = computed(() => groupsIn(draft.value.axes))
  const variants = computed((): VariantDraft[] => groupsIn(draft.value.variants))
  const comparison = computed((): ComparisonDraft | null => (isGroup(draft.value.comparison) ? draft.value.comparison : null))

  const expanded = shallowRef<Expanded>(expandSweep(document.value))
  /** Whether `expanded` belongs to an older document. */
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

  /** @param touched what the change touches: consecutive changes of the same thing are one undo step; null is a step of its own */
  const put = (part: SweepDraft, touched: string | null = null) => {
    history.value = change(history.value, { ...draft.value, ...part }, touched)
  }
  const putAxis = (index: number, axis: AxisDraft, touched: string | null = null) =>
    put({ axes: axes.value.with(index, axis) }, touched === null ? null : `axes.${index}.${touched}`)
  const putVariant = (index: number, variant: VariantDraft, touched: string | null = null) =>
    put({ variants: variants.value.with(index, variant) }, touched === null ? null : `variants.${index}.${touched}`)
  const moveVariant = (from: number, to: number) =>
    put({ variants: variants.value.toSpliced(from, 1).toSpliced(to, 0, variants.value[from]!) })
  const putComparison = (part: ComparisonDraft, touched: string | null = null) =>
    put({ comparison: { ...defaultComparison, ...comparison.value, ...part } }, touched)

  /** Replace the sweep by a whole document. Its experiment becomes the draft of the Design screen. */
  const replace = ({ spec, ...rest }: SweepDraft) => {
    if (JSON.stringify(spec) !== JSON.stringify(design.document) && isGroup(spec)) design.replace(spec)
    if (JSON.stringify(rest) !== JSON.stringify(draft.value)) history.value = change(history.value, rest, null)
  }

  /** Start the sweep. @returns its id; null if the sweep has `problems`. @throws CallError */
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

  watch(draft, (now) => { saveLocal('sweep', now) }, { flush: 'sync' })
  watch(document, () => {
    refused.value = []
    if (arms <= MANY_ARMS) return expand()
    isStale.value = true
    clearTimeout(timer)
    timer = setTimeout(expand, TYPING_PAUSE)
  }, { flush: 'sync' })

  return {
    draft, document, axes, variants, comparison, expanded, isStale, problems, starting, canUndo, canRedo,
    put, putAxis, putVariant, moveVariant, putComparison, replace, start,
    addAxis: (axis: AxisDraft) => put({ axes: [...axes.value, axis] }),
    removeAxis: (index: number) => put({ axes: axes.value.toSpliced(index, 1) }),
    addVariant: (variant: VariantDraft) => put({ variants: [...variants.value, variant] }),
    removeVariant: (index: number) => put({ variants: variants.value.toSpliced(index, 1) }),
    compareArms: (doCompare: boolean) => put({ comparison: doCompare ? defaultComparison : null }),
    clear: () => { history.value = change(history.value, emptyDraft, null) },
    /** Let the user choose a sweep file. @returns its text, or what is wrong with it; null if the user cancelled */
    importFile: () => call('spec.import', { kind: 'sweep' }),
    exportFile: (name: string) => call('spec.export', { name, document: document.value }),
    undo: () => { history.value = undo(history.value) },
    redo: () => { history.value = redo(history.value) },
  }
})

const isGroup = (value: unknown): value is SweepDraft => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Objects of a list that fields can edit. Other entries appear only in the JSON and the problems. */
const groupsIn = (list: unknown): SweepDraft[] => (Array.isArray(list) ? list.filter(isGroup) : [])
