import { runIdSchema } from '../contract/run.ts'
import { LibraryError } from '../library/library.ts'

/** A word as the id of a run. @throws LibraryError no-run if it cannot be one, as for an id that the library does not have */
export function runIdOf(word: string, otherwise = `The library has no run ${word}.`): string {
  if (runIdSchema.safeParse(word).success) return word
  throw new LibraryError('no-run', otherwise)
}
