import { shallowRef } from 'vue'
import { readSpec, sizeProblem } from '../../src-engine/experiment/document.ts'
import type { Problem } from '../../src-engine/experiment/problem.ts'
import type { Spec } from '../../src-engine/experiment/spec.ts'
import { call, CallError, takeDropped } from '../bridge/bridge.ts'

/** Why a file was rejected: its problems by path, or why it could not be read. */
export interface RefusedFile { file: string; problems: Problem[]; message: string }

/** Import and export specs. @param accept receives every valid spec; an invalid file sets `refusedFile` instead */
export function specFiles(accept: (spec: Spec) => void) {
  const refusedFile = shallowRef<RefusedFile | null>(null)

  const refuse = (file: string, problems: Problem[], message = '') => { refusedFile.value = { file, problems, message } }

  const readText = (file: string, text: string) => {
    const read = readSpec(text)
    if (!read.ok) return refuse(file, read.problems)
    refusedFile.value = null
    accept(read.spec)
  }

  /** Let the user choose a file. @param file one that was dropped. @throws CallError for anything but a bad file */
  const importSpec = async (file?: string) => {
    try {
      const chosen = await call('spec.import', { file })
      if (chosen) readText(nameOf(chosen.file), chosen.text)
    } catch (error) {
      if (!(error instanceof CallError) || error.code !== 'bad-input') throw error
      refuse('', [], error.message)
    }
  }

  /** Import a file that was dropped on the window. */
  const importFile = async (file: File) => {
    const problem = sizeProblem(file.size)
    if (problem) return refuse(file.name, [problem])
    // Its folder is known to the main process only. A file that no person dropped has none.
    const path = await takeDropped(file).catch(() => null)
    if (path !== null) return importSpec(path)
    try {
      readText(file.name, new TextDecoder('utf-8', { fatal: true }).decode(await file.arrayBuffer()))
    } catch {
      refuse(file.name, [{ path: '', rule: 'must be a JSON document in UTF-8', found: 'bytes that are not UTF-8 text' }])
    }
  }

  /** Save a spec where the user chooses. @returns the file; null if the user cancelled */
  const exportSpec = async (name: string, spec: Spec) => (await call('spec.export', { name, document: spec }))?.files[0] ?? null

  return {
    refusedFile, importFile, exportSpec,
    importSpec: () => importSpec(),
    forgetRefusedFile: () => { refusedFile.value = null },
  }
}

const nameOf = (path: string) => path.split(/[\\/]/).at(-1)!
