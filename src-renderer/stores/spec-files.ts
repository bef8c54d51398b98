import { shallowRef } from 'vue'
import { sizeProblem } from '../../src-engine/experiment/document.ts'
import type { Problem } from '../../src-engine/experiment/problem.ts'
import type { Spec } from '../../src-engine/experiment/spec.ts'
import { call, CallError, type CallOutput, takeDropped } from '../bridge/bridge.ts'

/** Why a file was rejected: its problems by path, or why it could not be read. */
export interface RefusedFile { file: string; problems: Problem[]; message: string }

/** Import and export specs. @param accept receives every valid spec; an invalid file sets `refusedFile` instead */
export function specFiles(accept: (spec: Spec) => void) {
  const refusedFile = shallowRef<RefusedFile | null>(null)

  const refuse = (file: string, problems: Problem[], message = '') => { refusedFile.value = { file, problems, message } }

  /** @param read a complete spec as JSON text, whose size and values are checked elsewhere: a file may be made to take seconds */
  const take = (file: string, read: CallOutput<'spec.read'>) => {
    if (!read.ok) return refuse(file, read.problems)
    refusedFile.value = null
    accept(JSON.parse(read.text) as Spec)
  }

  /** Let the user choose a file. @param file one that was dropped. @throws CallError for anything but a bad file */
  const importSpec = async (file?: string) => {
    try {
      const chosen = await call('spec.import', { kind: 'experiment', file })
      if (chosen) take(nameOf(chosen.file), chosen.read)
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
    const text = decoded(await file.arrayBuffer())
    if (text === null) return refuse(file.name, [{ path: '', rule: 'must be a JSON document in UTF-8', found: 'bytes that are not UTF-8 text' }])
    take(file.name, await call('spec.read', { kind: 'experiment', text }))
  }

  /** Save a spec where the user chooses. @returns the file; null if the user cancelled */
  const exportSpec = async (name: string, spec: Spec) => (await call('spec.export', { name, document: spec }))?.files[0] ?? null

  return {
    refusedFile, importFile, exportSpec,
    importSpec: () => importSpec(),
    forgetRefusedFile: () => { refusedFile.value = null },
  }
}

function decoded(bytes: ArrayBuffer): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}

const nameOf = (path: string) => path.split(/[\\/]/).at(-1)!
