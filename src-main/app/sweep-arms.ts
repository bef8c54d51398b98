import { variationsOf } from '../../src-engine/sweep/expand-sweep.ts'
import type { Arm } from '../contract/sweep.ts'
import { type Library, LibraryError } from '../library/library.ts'

/** Arms of a saved sweep. None if the sweep is no longer in the library or can no longer be read. */
export async function armsOfSweep(library: Pick<Library, 'sweep'>, sweepId: string): Promise<readonly Arm[]> {
  try {
    return variationsOf((await library.sweep(sweepId)).document)
  } catch (error) {
    if (error instanceof LibraryError && (error.code === 'no-run' || error.code === 'damaged')) return []
    throw error
  }
}
