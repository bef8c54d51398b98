import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { Problem } from '../../src-engine/experiment/problem.ts'
import type { LayoutSpec } from '../../src-engine/experiment/tasks/layout.ts'
import { call, CallError, on, type SignalChoice, type SignalPreview, takeDropped } from '../bridge/bridge.ts'
import { useDesign } from './design.ts'

export type { SignalChoice, SignalColumn, SignalPreview } from '../bridge/bridge.ts'

const unchosen: SignalChoice = { column: '', layout: {} }

/** A signal file before it becomes part of the draft: what was read of it, and what the user has chosen. */
export const useSignalImport = defineStore('signal-import', () => {
  const design = useDesign()
  /** As the draft will name it; null while nothing is imported. */
  const file = ref<string | null>(null)
  const choice = shallowRef<SignalChoice>(unchosen)
  const preview = shallowRef<SignalPreview | null>(null)
  /** Why the file cannot be opened. */
  const refused = shallowRef<Problem[]>([])
  /** Share of the file that is read, from 0 to 1; null while nothing is read. */
  const share = ref<number | null>(null)
  /** Number of the last read. Answers of older ones are dropped. */
  let newest = 0

  /** Names of the columns of the signal: what was chosen, also before it is read, or else what was guessed. */
  const chosen = computed((): readonly string[] => {
    const { column, columns } = choice.value
    return columns ?? (column === '' ? preview.value?.chosen ?? [] : [column])
  })
  const isReading = computed(() => share.value !== null)
  const isStopped = computed(() => preview.value !== null && !preview.value.isWhole && !isReading.value)
  /** What is wrong in the beginning of a file may be right in all of it. */
  const problems = computed(() =>
    [...refused.value, ...(preview.value === null || isReading.value ? [] : preview.value.problems)])
  const isReady = computed(() => preview.value?.isWhole === true && !isReading.value && problems.value.length === 0)

  /** @returns whether the file was read to the end of this part */
  async function readPart(part: 'head' | 'whole', own: number): Promise<boolean> {
    const answer = await call('signal.preview', { file: file.value!, choice: choice.value, part })
    if (own !== newest) return false
    refused.value = answer.ok ? [] : answer.problems
    if (!answer.ok) return false
    // The user did not let it be read.
    if (answer.preview === null) close()
    else preview.value = answer.preview
    return answer.preview !== null
  }

  async function read(parts: readonly ('head' | 'whole')[] = ['head', 'whole']): Promise<void> {
    const own = ++newest
    share.value = 0
    try {
      for (const part of parts) {
        if (!await readPart(part, own) || preview.value?.isWhole) return
      }
    } catch (error) {
      if (!(error instanceof CallError) || error.code !== 'cancelled') throw error
    } finally {
      if (own === newest) share.value = null
    }
  }

  function close(): void {
    newest++
    file.value = null
    share.value = null
    preview.value = null
    void call('signal.cancel', {}).catch(() => undefined)
  }

  /** Show a file with what is already chosen of it. */
  const show = (path: string, chosen: SignalChoice = unchosen) => {
    preview.value = null
    refused.value = []
    choice.value = chosen
    file.value = path
    return read()
  }

  const change = (some: Partial<SignalChoice>) => {
    choice.value = { ...choice.value, ...some }
    return read()
  }

  on('signal.progress', (progress) => { if (share.value !== null) share.value = progress.share })

  return {
    file, choice, chosen, preview, share, problems, isReading, isStopped, isReady, show, change, close,
    /** Let the user choose a file. */
    async choose() {
      const chosen = await call('signal.choose', {})
      if (chosen) await show(chosen.file)
    },
    /** Let the user choose the file of the draft again, which this start of the program may not read yet, or another one. */
    async chooseAgain(again: string) {
      const chosen = await call('signal.choose', { again })
      if (chosen?.isSame) design.recheck()
      else if (chosen) await show(chosen.file)
    },
    /** Show a file that was dropped on the window. */
    drop: async (dropped: File) => show(await takeDropped(dropped)),
    /** Set a field of the layout; undefined guesses it again. */
    setLayout: (some: LayoutSpec) => change({ layout: without({ ...choice.value.layout, ...some }) }),
    guessAgain: () => change({ ...unchosen, columns: undefined, time: undefined }),
    /** Choose the columns of the signal by their names. */
    setColumns: ([first = '', ...others]: readonly string[]) =>
      change(others.length > 0 ? { column: '', columns: [first, ...others] } : { column: first, columns: undefined }),
    stop: () => call('signal.cancel', {}),
    readOn: () => read(['whole']),
    /** Make the signal part of the draft, with everything that was chosen or guessed. */
    use() {
      const { value: read } = preview
      if (read === null || !isReady.value) return
      const { chosen, time, layout } = read
      design.useSignal({
        file: read.file, time, layout, gaps: choice.value.gaps,
        ...(chosen.length > 1 ? { column: '', columns: chosen } : { column: chosen[0]!, columns: undefined }),
      }, read.columns)
      close()
    },
  }
})

/** Without fields that are undefined. */
const without = (layout: LayoutSpec): LayoutSpec =>
  Object.fromEntries(Object.entries(layout).filter(([, value]) => value !== undefined))
