import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import * as z from 'zod'
import { conventionSets } from '../../src-engine/experiment/conventions.ts'
import { diskEstimate, memoryEstimate, sequencesOf } from '../../src-engine/experiment/estimate.ts'
import { checkSpec } from '../../src-engine/experiment/parse.ts'
import type { Problem } from '../../src-engine/experiment/problem.ts'
import { type Spec, specSchema } from '../../src-engine/experiment/spec.ts'
import type { SignalSpec } from '../../src-engine/experiment/task.ts'
import { warningsOf } from '../../src-engine/experiment/warnings.ts'
import { call, on } from '../bridge/bridge.ts'
import type { Preset, SignalColumn } from '../bridge/bridge.ts'
import { type SpecDocument, withValueAt } from './document.ts'
import { change, redo, startHistory, undo } from './history.ts'
import { readLocal, saveLocal } from './local-storage.ts'
import { signalCheck } from './signal-check.ts'
import { specFiles } from './spec-files.ts'

export type { Preset, TimeEstimate } from '../bridge/bridge.ts'
export type { SpecDocument } from './document.ts'
export type { RefusedFile } from './spec-files.ts'
export type { Warning } from '../../src-engine/experiment/warnings.ts'
export type { SignalCheck } from './signal-check.ts'

/** Fields of a task that say what its signal is. */
export type SignalFields = Partial<Pick<SignalSpec, 'file' | 'column' | 'columns' | 'time' | 'layout' | 'gaps'>>

/** What the user enters about a new preset. */
export interface PresetDetails { title: string; description: string; provenance: string }

const draftSchema = z.record(z.string(), z.unknown())
export const namedConventions: Readonly<Record<string, Readonly<Record<string, string>>>> = conventionSets
const defaults: SpecDocument = specSchema.parse({})

/** Preset of the first start. The schema's defaults alone learn nothing. */
export const FIRST_PRESET = 'pattern-generation/mixed-precision'

/** The spec being edited. It survives a restart, and every change can be undone. */
export const useDesign = defineStore('design', () => {
  const saved = readLocal('draft', draftSchema)
  const history = shallowRef(startHistory<SpecDocument>(saved ?? defaults))
  const presets = shallowRef<Preset[]>([])
  /** Columns of the file that was imported last. */
  const signal = shallowRef<{ file: string; columns: readonly SignalColumn[] } | null>(null)
  /** Problems that the main process found in the current draft. */
  const refused = shallowRef<Problem[]>([])
  const starting = ref(false)
  const draftIsSaved = ref(true)

  const document = computed(() => history.value.present)
  const preset = computed(() => presets.value.find(({ id }) => id === document.value.preset) ?? null)
  /** What changes are measured against: the preset, or the schema's defaults without a preset. */
  const base = computed<SpecDocument>(() => preset.value?.spec ?? defaults)
  const checked = computed(() => checkSpec(document.value))
  /** The draft with every default filled in; null while it is invalid. */
  const spec = computed<Spec | null>(() => (checked.value.ok ? checked.value.spec : null))
  /** Size of the run; null while the draft is invalid. */
  const size = computed(() => spec.value && {
    sequences: sequencesOf(spec.value),
    memory: memoryEstimate(spec.value) + (check.value?.extra.memory ?? 0),
    disk: diskEstimate(spec.value) + (check.value?.extra.disk ?? 0),
  })
  /** The signal of the draft as it will be used; null if it has none, or if its file was not chosen. */
  const { check, isChecking, isUnchosen, recheck } = signalCheck(() => spec.value)
  /** Warnings about the results that this draft would give. */
  const warnings = computed(() => (check.value?.drawing ? check.value.warnings : spec.value ? warningsOf(spec.value) : []))
  /** Whether the draft passes the schema. The main process checks the rest at the start, such as files. */
  const ready = computed(() => checked.value.ok)
  const problems = computed(() =>
    (checked.value.ok ? [...refused.value, ...check.value?.problems ?? []] : checked.value.problems))
  /** Whether nothing is known that would refuse a start. */
  const startable = computed(() => ready.value && !isChecking.value && (check.value?.problems.length ?? 0) === 0)
  const canUndo = computed(() => history.value.past.length > 0)
  const canRedo = computed(() => history.value.future.length > 0)

  const replace = (next: SpecDocument) => { history.value = change(history.value, next, null) }
  const put = (path: string, value: unknown) => replace(withValueAt(document.value, path, value))
  /** Like `put`, but consecutive keystrokes in one field are one undo step. */
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
    const isUntouched = saved === null && document.value === defaults
    if (first && isUntouched) history.value = startHistory<SpecDocument>({ ...first.spec, preset: first.id })
  }

  /** Save the draft as a preset, which becomes the preset of the draft. @returns its problems; empty if it was saved */
  const savePreset = async (details: PresetDetails): Promise<Problem[]> => {
    const answer = await call('presets.save', { ...details, spec: { ...document.value, name: '' } })
    if (!answer.ok) return answer.problems
    presets.value = [...presets.value, answer.preset]
    put('preset', answer.preset.id)
    return []
  }

  /** Delete a preset if the user says so in the question that follows. @returns whether it was deleted */
  const deletePreset = async ({ id }: Preset): Promise<boolean> => {
    const { deleted } = await call('presets.delete', { id })
    if (deleted) presets.value = presets.value.filter((preset) => preset.id !== id)
    return deleted
  }

  /** Restore a deleted preset under its old id. */
  const restorePreset = async ({ title, description, provenance, spec }: Preset) => {
    const answer = await call('presets.save', { title, description, provenance, spec })
    if (answer.ok) presets.value = [...presets.value, answer.preset]
  }

  /** Save the draft with every default filled in. @returns the file; null if the draft is invalid or the user cancelled */
  const exportSpec = async () =>
    spec.value && files.exportSpec(spec.value.name || preset.value?.title || 'experiment', spec.value)

  /**
   * Set the file or column of the signal. Drop the samples in the spec, which belong to the previous file and column, and with a new file
   * its layout.
   */
  const setSignal = (source: SignalFields) => {
    const ofFile = source.file === undefined ? {} : { layout: undefined, time: undefined }
    const changed = Object.entries({ ...ofFile, ...source }).reduce((draft, [name, value]) => withValueAt(draft, `task.${name}`, value), document.value)
    history.value = change(history.value, withValueAt(changed, 'task.samples', undefined), Object.keys(source).join())
  }

  /** Take a signal that was imported, in one step. A task of another kind becomes one of a signal, with the same timing. */
  const useSignal = (fields: SignalFields & { file: string }, columns: readonly SignalColumn[]) => {
    signal.value = { file: fields.file, columns }
    const { task } = document.value as { task?: Readonly<Record<string, unknown>> }
    const kept = task?.kind === 'signal' ? task : { kind: 'signal', ...only(task ?? {}, ['steps', 'dt', 'inputChannels', 'inputRate']) }
    const next = { ...kept, ...fields, samples: undefined }
    replace(withValueAt(document.value, 'task', only(next, Object.keys(next))))
  }

  /** Start a run of the draft. @returns its id; null if the draft has `problems`. @throws CallError */
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
    draftIsSaved.value = saveLocal('draft', draft)
    refused.value = []
  }, { flush: 'sync' })

  return {
    document, spec, presets, preset, base, size, warnings, ready, startable, problems, starting, draftIsSaved, canUndo, canRedo,
    signal, check, isChecking, isUnchosen, recheck,
    put, type, replace, usePreset, useDefaults, setSignal, useSignal, start, loadPresets,
    savePreset, deletePreset, restorePreset, ...files, exportSpec,
    /** How long the draft would take on this machine; null if there is no estimate. */
    estimate: () => call('runs.estimate', { spec: document.value }),
    undo: () => { history.value = undo(history.value) },
    redo: () => { history.value = redo(history.value) },
  }
})

/** The entries with these names that are not undefined. */
const only = (values: Readonly<Record<string, unknown>>, names: readonly string[]) =>
  Object.fromEntries(names.filter((name) => values[name] !== undefined).map((name) => [name, values[name]]))
