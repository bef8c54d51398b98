import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import * as z from 'zod'
import { conventionSets } from '../../src-engine/spec/conventions.ts'
import { diskEstimate, memoryEstimate, sequencesOf } from '../../src-engine/spec/estimate.ts'
import { checkSpec } from '../../src-engine/spec/parse.ts'
import type { Problem } from '../../src-engine/spec/problem.ts'
import { type Spec, specSchema } from '../../src-engine/spec/spec.ts'
import { warningsOf } from '../../src-engine/spec/warnings.ts'
import { call, on } from '../bridge/bridge.ts'
import type { CallOutput, Preset } from '../bridge/bridge.ts'
import { type SpecDocument, withValueAt } from './document.ts'
import { begin, change, redo, undo } from './history.ts'
import { keep, readKept } from './kept.ts'
import { specFiles } from './spec-files.ts'

export type { Preset, TimeEstimate } from '../bridge/bridge.ts'
export type { SpecDocument } from './document.ts'
export type { RefusedFile } from './spec-files.ts'
export type { Warning } from '../../src-engine/spec/warnings.ts'
type Signal = NonNullable<CallOutput<'signal.choose'>>

/** What a person says of a new preset. */
export interface PresetWords { title: string; description: string; provenance: string }

const draftSchema = z.record(z.string(), z.unknown())
/** What the form is made from. */
export const specJsonSchema = z.toJSONSchema(specSchema, { io: 'input' })
export const namedConventions: Readonly<Record<string, Readonly<Record<string, string>>>> = conventionSets
const defaults: SpecDocument = specSchema.parse({})

/** What the first start begins with: the defaults alone learn nothing. */
export const FIRST_PRESET = 'pattern-generation/mixed-precision'

/** The spec being written: it survives the window, and every change can be undone. */
export const useDesign = defineStore('design', () => {
  const kept = readKept('draft', draftSchema)
  const history = shallowRef(begin<SpecDocument>(kept ?? defaults))
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
  /** The draft with every default; null while it cannot be run. */
  const spec = computed<Spec | null>(() => (checked.value.ok ? checked.value.spec : null))
  /** Size of the run; null while the draft cannot be run. */
  const size = computed(() => spec.value && {
    sequences: sequencesOf(spec.value),
    memory: memoryEstimate(spec.value),
    disk: diskEstimate(spec.value),
  })
  /** What a reader of its results should know before it runs. */
  const warnings = computed(() => (spec.value ? warningsOf(spec.value) : []))
  /** Whether the schema lets it be started; what only the main process can see (a file) it says when started. */
  const ready = computed(() => checked.value.ok)
  const problems = computed(() => (checked.value.ok ? refused.value : checked.value.problems))
  const canUndo = computed(() => history.value.past.length > 0)
  const canRedo = computed(() => history.value.future.length > 0)

  const replace = (next: SpecDocument) => { history.value = change(history.value, next, null) }
  const put = (path: string, value: unknown) => replace(withValueAt(document.value, path, value))
  /** As `put`, but keystrokes in one field are one step of undo. */
  const type = (path: string, value: unknown) => {
    history.value = change(history.value, withValueAt(document.value, path, value), path)
  }
  const usePreset = ({ id, spec }: Preset) => replace({ ...spec, preset: id })
  const useDefaults = () => replace(defaults)
  const files = specFiles(replace)

  const listPresets = async () => { presets.value = await call('presets.list', {}) }

  const loadPresets = async () => {
    on('library.changed', () => void listPresets().catch(() => undefined))
    await listPresets()
    const first = presets.value.find(({ id }) => id === FIRST_PRESET)
    const isUntouched = kept === null && document.value === defaults
    if (first && isUntouched) history.value = begin<SpecDocument>({ ...first.spec, preset: first.id })
  }

  /** Keeps the draft as a preset, on which it then rests; what is wrong, where it was refused. */
  const savePreset = async (words: PresetWords): Promise<Problem[]> => {
    const answer = await call('presets.save', { ...words, spec: { ...document.value, name: '' } })
    if (!answer.ok) return answer.problems
    presets.value = [...presets.value, answer.preset]
    put('preset', answer.preset.id)
    return []
  }

  const deletePreset = async ({ id }: Preset) => {
    await call('presets.delete', { id })
    presets.value = presets.value.filter((preset) => preset.id !== id)
  }

  /** Brings a deleted preset back, under its old id. */
  const restorePreset = async ({ title, description, provenance, spec }: Preset) => {
    const answer = await call('presets.save', { title, description, provenance, spec })
    if (answer.ok) presets.value = [...presets.value, answer.preset]
  }

  /** Writes the draft, complete with every default; the file, or null where there is none. */
  const exportSpec = async () =>
    spec.value && files.exportSpec(spec.value.name || preset.value?.title || 'experiment', spec.value)

  /** A signal kept inside the spec belongs to its file and column; another file or column needs it read anew. */
  const setSignal = (source: { file?: string; column?: string }) => {
    const changed = Object.entries(source).reduce((draft, [name, value]) => withValueAt(draft, `task.${name}`, value), document.value)
    history.value = change(history.value, withValueAt(changed, 'task.samples', undefined), Object.keys(source).join())
  }

  const chooseSignal = async () => {
    const chosen = await call('signal.choose', {})
    if (!chosen) return
    signal.value = chosen
    setSignal({ file: chosen.file, column: chosen.columns.find(({ problem }) => problem === null)?.name ?? '' })
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
    document, spec, presets, preset, base, size, warnings, ready, problems, signal, starting, draftIsKept, canUndo, canRedo,
    put, type, replace, usePreset, useDefaults, setSignal, chooseSignal, start, loadPresets,
    savePreset, deletePreset, restorePreset, ...files, exportSpec,
    /** How long the draft would take here; null where nobody knows. */
    estimate: () => call('runs.estimate', { spec: document.value }),
    undo: () => { history.value = undo(history.value) },
    redo: () => { history.value = redo(history.value) },
  }
})
