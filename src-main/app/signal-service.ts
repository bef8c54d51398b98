import { areKept } from '../../src-engine/experiment/task.ts'
import type { Spec } from '../../src-engine/experiment/spec.ts'
import { parseSpec } from '../../src-engine/experiment/parse.ts'
import type { SignalCheck, SignalChoice, SignalPreview } from '../contract/signal.ts'
import { BadInput } from '../contract/problem.ts'
import { completeSpec, type Library, LibraryError } from '../library/library.ts'
import type { FileAccess } from './file-access.ts'
import { signalFile } from './prepare.ts'
import { refused, type SignalExperiment } from './signal-check.ts'
import type { PreviewPart } from './signal-preview.ts'
import type { SignalThreads } from './signal-thread.ts'

/** Signal files, before they are used. They are read in threads. */
export interface SignalService {
  /** How a file would be read; null if it may not be read. @throws BadInput if it cannot be opened */
  preview(
    file: string, choice: SignalChoice, part: PreviewPart, access: FileAccess, onProgress: (share: number) => void,
  ): Promise<SignalPreview | null>
  /** Prepare for a preview, which the user is about to ask for. */
  warm(): void
  /** Cancel the preview that is being read. */
  cancelPreview(): void
  /** Judge and draw the signal of a valid spec; null if it has its samples in itself, or a file that may not be read. */
  check(document: unknown, access: FileAccess): Promise<SignalCheck | null>
}

const SOURCE = 'The experiment'

export function createSignalService(threads: SignalThreads, library: Pick<Library, 'samples'>, resourcesDir: string): SignalService {
  /** @returns null if nobody may read it. @throws BadInput if no document may name it */
  async function allowed(file: string, { baseDir, mayRead }: FileAccess): Promise<string | null> {
    let isRefused = false
    const noted: FileAccess = {
      baseDir,
      async mayRead(whole) {
        const may = await mayRead(whole)
        isRefused = !may
        return may
      },
    }
    try {
      return await signalFile({ file }, { source: SOURCE, access: noted, resourcesDir })
    } catch (error) {
      if (isRefused) return null
      throw error
    }
  }

  return {
    async preview(file, choice, part, access, onProgress) {
      const whole = await allowed(file, access)
      return whole === null ? null : { ...await threads.run('preview', { file: whole, choice, part }, { alone: true, onProgress }), file }
    },
    warm: threads.warm,
    cancelPreview: () => threads.cancel('preview'),
    async check(document, access) {
      const spec = parseSpec(document, SOURCE)
      if (spec.task.kind !== 'signal') return null
      try {
        if (spec.task.samples) return areKept(spec.task.samples) ? await ofKept(spec) : null
        const file = await allowed(spec.task.file, access)
        return file === null ? null : await threads.run('check', { file, spec: spec as SignalExperiment }, { alone: true })
      } catch (error) {
        if (!(error instanceof BadInput)) throw error
        return refused(error.problems)
      }
    },
  }

  async function ofKept(spec: Spec): Promise<SignalCheck> {
    try {
      return await threads.run('check', { file: null, spec: await completeSpec(library, spec) as SignalExperiment }, { alone: true })
    } catch (error) {
      if (!(error instanceof LibraryError) || error.code === 'cancelled') throw error
      return refused([{ path: 'task.file', rule: `must be chosen again. ${error.message}`, found: '' }])
    }
  }
}
