import { shallowRef } from 'vue'
import { readSpec, sizeProblem } from '../../src-engine/spec/document.ts'
import type { Problem } from '../../src-engine/spec/problem.ts'
import type { Spec } from '../../src-engine/spec/spec.ts'
import { call, CallError } from '../bridge/bridge.ts'

/** Why a file was not taken: what is wrong by its path, or why it could not be read at all. */
export interface RefusedFile { file: string; problems: Problem[]; message: string }

/** Specs from files and into files. @param take is given a spec that was read; one that is wrong is only told of */
export function specFiles(take: (spec: Spec) => void) {
  const refusedFile = shallowRef<RefusedFile | null>(null)

  const refuse = (file: string, problems: Problem[], message = '') => { refusedFile.value = { file, problems, message } }

  const takeText = (file: string, text: string) => {
    const read = readSpec(text)
    if (!read.ok) return refuse(file, read.problems)
    refusedFile.value = null
    take(read.spec)
  }

  /** Asks for a file. Throws what is no fault of the file. */
  const importSpec = async () => {
    try {
      const chosen = await call('spec.import', {})
      if (chosen) takeText(nameOf(chosen.file), chosen.text)
    } catch (error) {
      if (!(error instanceof CallError) || error.code !== 'bad-input') throw error
      refuse('', [], error.message)
    }
  }

  /** A file that was dropped on the window. */
  const importFile = async (file: File) => {
    const problem = sizeProblem(file.size)
    if (problem) return refuse(file.name, [problem])
    try {
      takeText(file.name, new TextDecoder('utf-8', { fatal: true }).decode(await file.arrayBuffer()))
    } catch {
      refuse(file.name, [{ path: '', found: 'what cannot be read as text', allowed: 'a JSON document in UTF-8' }])
    }
  }

  /** Writes a spec where the person chooses; the file, or null where that was cancelled. */
  const exportSpec = async (name: string, spec: Spec) => (await call('spec.export', { name, document: spec }))?.files[0] ?? null

  return { refusedFile, importSpec, importFile, exportSpec, forgetRefusedFile: () => { refusedFile.value = null } }
}

const nameOf = (path: string) => path.split(/[\\/]/).at(-1)!
