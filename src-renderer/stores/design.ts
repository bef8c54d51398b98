import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import * as z from 'zod'
import { checkSpec } from '../../src-engine/spec/parse.ts'
import type { Problem } from '../../src-engine/spec/problem.ts'
import { specSchema } from '../../src-engine/spec/spec.ts'
import { call } from '../bridge/bridge.ts'
import type { CallOutput, Preset } from '../bridge/bridge.ts'
import { type SpecDocument, valueAt, withValueAt } from './document.ts'
import { begin, change, redo, undo } from './history.ts'
import { keep, readKept } from './kept.ts'

export type { Preset } from '../bridge/bridge.ts'
export type { SpecDocument } from './document.ts'
type Signal = NonNullable<CallOutput<'signal.choose'>>

const draftSchema = z.record(z.string(), z.unknown())
const defaults: SpecDocument = specSchema.parse({})

/** The spec being written: it survives the window, and every change can be undone. */
export const useDesign = defineStore('design', () => {
  const history = shallowRef(begin<SpecDocument>(readKept('draft', draftSchema) ?? defaults))
  const presets = shallowRef<Preset[]>([])
  const signal = shallowRef<Signal | null>(null)
  /** What the main process found wrong with the draft as it is now. */
  const refused = shallowRef<Problem[]>([])
  const starting = ref(false)
  const draftIsKept = ref(true)

  const document = computed(() => history.value.present)
  const preset = computed(() => presets.value.find(({ id }) => id === document.value.preset) ?? null)
  /** What "differs" is measured against: the preset, else the schema's defaults. */
  const base = computed<SpecDocument>(() => preset.value?.spec ?? defaults)
  const checked = computed(() => checkSpec(document.value))
  const problems = computed(() => (checked.value.ok ? refused.value : checked.value.problems))
  const canUndo = computed(() => history.value.past.length > 0)
  const canRedo = computed(() => history.value.future.length > 0)

  const set = (path: string, value: unknown) => {
    history.value = change(history.value, withValueAt(document.value, path, value), path)
  }
  const replace = (next: SpecDocument) => { history.value = change(history.value, next, null) }
  const usePreset = ({ id, spec }: Preset) => replace({ ...spec, preset: id })
  const useDefaults = () => replace(defaults)

  /** A signal kept inside the spec belongs to its file and column; another file or column needs it read anew. */
  const setSignal = (file: string, column: string) => {
    const task = withValueAt(document.value, 'task.samples', undefined)
    replace(withValueAt(withValueAt(task, 'task.file', file), 'task.column', column))
  }

  const chooseSignal = async () => {
    const chosen = await call('signal.choose', {})
    if (!chosen) return
    signal.value = chosen
    setSignal(chosen.file, chosen.columns.find(({ problem }) => problem === null)?.name ?? '')
  }

  /** The new run's id, or null where the draft was refused (`problems` says why). Throws `CallError`. */
  const start = async () => {
    starting.value = true
    try {
      const answer = await call('runs.start', { spec: document.value })
      if (!answer.ok) refused.value = answer.problems
      return answer.ok ? answer.runId : null
    } finally {
      starting.value = false
    }
  }

  watch(document, (draft) => {
    draftIsKept.value = keep('draft', draft)
    refused.value = []
  }, { flush: 'sync' })

  return {
    document, presets, preset, base, problems, signal, starting, draftIsKept, canUndo, canRedo,
    set, replace, usePreset, useDefaults, setSignal, chooseSignal, start,
    undo: () => { history.value = undo(history.value) },
    redo: () => { history.value = redo(history.value) },
    valueAt: (path: string) => valueAt(document.value, path),
    loadPresets: async () => { presets.value = await call('presets.list', {}) },
  }
})
