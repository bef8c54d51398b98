import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { formatRoughBytes } from '../../src-engine/format/sizes.ts'
import { COPY_PREFIX } from '../library/files.ts'
import { LibraryError } from '../library/library.ts'
import { makerTag } from '../library/maker.ts'

/** Archives of runs that are dragged out of the window. Another program copies them after the drop, so they stay until the end. */
export interface DraggedArchives {
  /**
   * Write the archive of these runs, or take that of a moment ago.
   * @returns its path, or why the runs cannot be dragged
   */
  of(runIds: readonly string[]): Promise<{ file: string } | { problem: string }>
  /** Delete all of them. */
  close(): Promise<void>
}

/** An estimate above this needs longer than anyone holds a button. */
const MOST_BYTES = 256e6
/** Longest time to write one, ms. */
const MOST_MS = 10_000
/** How long an archive is dragged again without writing it again, ms. */
const FRESH_MS = 60_000

const ADVICE = 'Use Export as an archive.'

export interface DraggedArchivesOptions {
  /** Estimated size, bytes. */
  sizeOf: (runIds: readonly string[]) => Promise<number>
  write: (runIds: string[], dir: string, signal: AbortSignal) => Promise<string[]>
  /** Folder for temporary files. */
  temporary?: string
  mostMs?: number
}

export function createDraggedArchives(options: DraggedArchivesOptions): DraggedArchives {
  const { sizeOf, write, temporary = tmpdir(), mostMs = MOST_MS } = options
  const folders: string[] = []
  let last: { runs: string; file: string; at: number } | null = null

  /** In a folder that is deleted at the next start if this process is killed. */
  const written = async (runIds: readonly string[]): Promise<string> => {
    const folder = await mkdtemp(path.join(temporary, `${COPY_PREFIX}${makerTag()}-`))
    folders.push(folder)
    const [file] = await write([...runIds], folder, AbortSignal.timeout(mostMs))
    return file!
  }

  return {
    async of(runIds) {
      const runs = runIds.join()
      if (last?.runs === runs && performance.now() - last.at < FRESH_MS) return { file: last.file }
      const bytes = await sizeOf(runIds)
      if (bytes > MOST_BYTES) return { problem: `The archive would have ${formatRoughBytes(bytes)}, which is too large to drag. ${ADVICE}` }
      try {
        const file = await written(runIds)
        last = { runs, file, at: performance.now() }
        return { file }
      } catch (error) {
        if (!(error instanceof LibraryError && error.code === 'cancelled')) throw error
        return { problem: `The archive was not written within ${mostMs / 1000} s. ${ADVICE}` }
      }
    },
    async close() {
      last = null
      await Promise.all(folders.splice(0).map((folder) => rm(folder, { recursive: true, force: true })))
    },
  }
}
