import type { CheckReport } from '../contract/library.ts'
import { draftOf, removeDraft, takePlace } from '../library/files.ts'
import type { Checked, FileWorkers } from '../library/file-work.ts'

/** What a check found, and what a repair then did. */
export const reportOf = ({ counts, faults }: Checked, repaired: readonly (string | null)[]): CheckReport => ({
  ...counts,
  findings: faults.map(({ kind, runId, message }, index) => ({ kind, runId, message, repaired: repaired[index] ?? null })),
})

/**
 * Puts what can be read of a damaged, closed file in its place.
 * @returns what was done, in words; null where not one run can be read: the file is then left as it is
 */
export async function mend(file: string, files: FileWorkers): Promise<string | null> {
  const draft = draftOf(file)
  try {
    const { runs, incomplete } = await files.salvage(file, draft, () => {}).result
    if (runs === 0) return null
    const aside = takePlace(draft, file, 'damaged')
    const some = incomplete.length > 0 ? `, ${incomplete.length} of them not whole (${incomplete.slice(0, 5).join(', ')}${incomplete.length > 5 ? ', …' : ''})` : ''
    return `${runs} runs were brought into a new file${some}; the damaged one is kept as ${aside}`
  } finally {
    removeDraft(draft)
  }
}
