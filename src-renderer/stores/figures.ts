import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import * as z from 'zod'
import { checkFigure, type FigureDocument, figureDocumentSchema } from '../../src-engine/charts/figure-document.ts'
import type { PictureFormat } from '../../src-engine/figure/page/formats.ts'
import { call, on } from '../bridge/bridge.ts'
import type { KeptFigure } from '../bridge/bridge.ts'
import {
  completePanel, freeName, isSameName, moved, newFigure, type PanelInput, type SeriesRow, seriesOf, sourceOf,
  withDigests, withPart, withSeries,
} from './figure-draft.ts'
import { figurePage } from './figure-page.ts'
import { change, redo, startHistory, undo } from './history.ts'
import { readLocal, saveLocal } from './local-storage.ts'
import { useRuns } from './runs.ts'

export type { DrawnFigure, KeptFigure } from '../bridge/bridge.ts'
export { dashes, markers } from '../../src-engine/figure/figure.ts'
export { pictureFormats } from '../../src-engine/figure/page/formats.ts'
export { figureSchemaNode, moved } from './figure-draft.ts'
export type { PanelInput, SeriesRow } from './figure-draft.ts'

export const MOST_PANELS = 12

const draftSchema = z.strictObject({ document: figureDocumentSchema, savedAs: z.string().nullable() })
/** The figure being edited. Its values may be invalid. */
interface Draft {
  document: FigureDocument
  /** Name under which the library keeps it; null if it was never saved. */
  savedAs: string | null
}

/** A chart that the user wants in a figure. */
export interface Offer {
  panel: PanelInput
  /** Name of a new figure of it. */
  name: string
}

export interface FigureFile {
  format: PictureFormat
  /** Of PNG files. */
  dpi: number
  /** Whether data, document and script are written beside it. */
  beside: boolean
}

/** Kept figures, and the one that is being edited. It survives a restart, and every change can be undone. */
export const useFigures = defineStore('figures', () => {
  const runs = useRuns()
  const kept = shallowRef<readonly KeptFigure[]>([])
  const history = shallowRef(startHistory<Draft | null>(readLocal('figure', draftSchema)))
  const chosenPanel = ref(0)
  const offered = shallowRef<Offer | null>(null)

  const draft = computed(() => history.value.present)
  const document = computed(() => draft.value?.document ?? null)
  const savedAs = computed(() => draft.value?.savedAs ?? null)
  const checked = computed(() => document.value && checkFigure(document.value))
  /** Null if there is no figure or its values are invalid. */
  const valid = computed(() => (checked.value?.ok ? checked.value.document : null))
  const problems = computed(() => (checked.value === null || checked.value.ok ? [] : checked.value.problems))
  const keptDocument = computed(() => kept.value.find(({ name }) => name === savedAs.value)?.document ?? null)
  const { drawn, page, failure, draw, drawLater, forget } = figurePage(valid)
  const isChanged = computed(() =>
    document.value !== null && (valid.value === null || JSON.stringify(valid.value) !== JSON.stringify(keptDocument.value)))
  const panelIndex = computed(() => Math.min(chosenPanel.value, (document.value?.panels.length ?? 1) - 1))
  const warnings = computed(() => (document.value === null ? [] : drawn.value?.figure.warnings ?? []))

  const nameProblem = computed(() => {
    const wanted = document.value?.name.trim() ?? ''
    if (wanted === '') return 'Enter a name.'
    const isTaken = kept.value.some(({ name }) => name !== savedAs.value && isSameName(name, wanted))
    return isTaken ? 'Another figure has this name.' : null
  })
  const whyNotSaved = computed(() => {
    if (document.value === null) return 'Open a figure first.'
    if (valid.value === null) return 'Fix the marked fields first.'
    return nameProblem.value
  })

  const edit = (next: FigureDocument, touched: string | null) => {
    history.value = change(history.value, { document: next, savedAs: savedAs.value }, touched)
  }
  const put = (path: string, value: unknown) => { if (document.value) edit(withPart(document.value, path, value), null) }
  /** Like `put`, but consecutive keystrokes in one field are one undo step. */
  const type = (path: string, value: unknown) => { if (document.value) edit(withPart(document.value, path, value), path) }
  const show = (next: Draft) => {
    history.value = change(history.value, next, null)
    chosenPanel.value = 0
    forget()
  }

  const names = () => kept.value.map(({ name }) => name)
  const start = ({ panel, name }: Offer) => show({ document: newFigure(freeName(name, names()), panel), savedAs: null })
  const open = ({ name, document }: KeptFigure) => { if (document) show({ document, savedAs: name }) }
  const duplicate = ({ name, document }: KeptFigure) => {
    if (document) show({ document: { ...document, name: freeName(`${name}, copy`, names()) }, savedAs: null })
  }
  const addPanel = (panel: PanelInput) => {
    if (document.value === null) return
    put('panels', [...document.value.panels, completePanel(panel)])
    chosenPanel.value = document.value.panels.length - 1
  }
  const movePanel = (index: number, by: 1 | -1) => {
    if (document.value === null) return
    put('panels', moved(document.value.panels, index, by))
    chosenPanel.value = Math.min(document.value.panels.length - 1, Math.max(0, index + by))
  }
  const removePanel = (index: number) => put('panels', document.value?.panels.toSpliced(index, 1))

  /** What a panel showed when it was last drawn; null if it was not drawn yet. */
  const drawnPanel = (index: number) => {
    const panel = document.value?.panels[index]
    if (panel === undefined || drawn.value === null) return null
    const { document: before, figure } = drawn.value
    const isSame = (other: FigureDocument['panels'][number] | undefined) => other !== undefined && sourceOf(other) === sourceOf(panel)
    return figure.panels[isSame(before.panels[index]) ? index : before.panels.findIndex(isSame)] ?? null
  }
  const seriesRows = computed((): SeriesRow[] => {
    const shown = drawnPanel(panelIndex.value)
    return shown === null ? [] : seriesOf(document.value!.panels[panelIndex.value]!, shown, document.value!.style)
  })
  /** Changes series of the chosen panel. @param touched what changes, if keystrokes are one undo step */
  const putSeries = (rows: readonly SeriesRow[], touched: string | null = null) => {
    const panel = document.value?.panels[panelIndex.value]
    if (panel) edit(withPart(document.value!, `panels.${panelIndex.value}.series`, withSeries(panel, rows)), touched)
  }

  watch(document, drawLater, { immediate: true, flush: 'sync' })
  watch(draft, () => { if (draft.value === null || valid.value !== null) saveLocal('figure', draft.value) }, { flush: 'sync' })

  const list = async () => { kept.value = (await call('figures.list', {})).figures }
  /** Read the kept figures now and whenever another program has changed the library. */
  const connect = async () => {
    on('library.changed', () => {
      void list().catch(() => undefined)
      void draw()
    })
    on('run.removed', () => void draw())
    await list()
  }

  /** Keep the figure with the runs as they are now. @returns whether it was saved: another one is replaced only after a question. @throws CallError */
  const save = async () => {
    if (valid.value === null || whyNotSaved.value !== null) return false
    const shown = await runs.read([...new Set(valid.value.panels.flatMap(({ runs }) => runs.map(({ run }) => run)))])
    const digests = new Map(shown.map(({ runId, digest }) => [runId, digest]))
    if (valid.value === null) return false
    const document = withDigests({ ...valid.value, name: valid.value.name.trim() }, (id) => digests.get(id))
    const before = savedAs.value
    const { saved } = await call('figures.save', { document, replaces: before })
    if (!saved) return false
    history.value = { ...history.value, present: { document, savedAs: document.name }, touched: null }
    await list()
    return true
  }
  /**
   * Delete a kept figure if the user says so in the question that follows. If it is being edited, it is closed.
   * @returns a function that restores both; null if it was not deleted
   */
  const remove = async (figure: KeptFigure) => {
    const { deleted } = await call('figures.delete', { name: figure.name })
    if (!deleted) return null
    const edited = savedAs.value === figure.name ? history.value : null
    if (edited) {
      history.value = startHistory<Draft | null>(null)
      forget()
    }
    await list()
    return async () => {
      if (figure.document) await call('figures.save', { document: figure.document, replaces: null })
      if (edited && draft.value === null) history.value = edited
      await list()
    }
  }
  /** Write the figure where the user chooses. @returns the files and what is missing in them; null if the user cancelled */
  const exportFigure = async (file: FigureFile) =>
    valid.value && call('figures.export', { document: valid.value, ...file })

  return {
    kept, document, savedAs, isChanged, problems, valid, nameProblem, whyNotSaved, panelIndex, chosenPanel, offered,
    page, warnings, failure, seriesRows,
    canUndo: computed(() => history.value.past.length > 0),
    canRedo: computed(() => history.value.future.length > 0),
    undo: () => { history.value = undo(history.value) },
    redo: () => { history.value = redo(history.value) },
    connect, put, type, start, open, duplicate, addPanel, movePanel, removePanel, drawnPanel, putSeries,
    draw, save, remove, exportFigure,
  }
})
