import { counted } from '../../src-engine/format/words.ts'
import type { CheckReport } from '../contract/library.ts'
import { draftOf, removeDraft } from '../library/files.ts'
import type { Checked, FileWorkers } from '../library/file-work.ts'
import { replaceFile } from '../library/unfinished.ts'

/** Incomplete runs that a report names. */
const NAMED = 5

/** Combine the findings of a check with the results of the repair. */
export const reportOf = ({ counts, faults }: Checked, repaired: readonly (string | null)[]): CheckReport => ({
  ...counts,
  findings: faults.map(({ kind, runId, message }, index) => ({ kind, runId, message, repaired: repaired[index] ?? null })),
})

/**
 * Copy the readable runs of a damaged, closed file to a new file, and put that in its place.
 * @returns a description of the repair; null if no run is readable, in which case the file is unchanged
 */
export async function rebuildFile(file: string, files: FileWorkers): Promise<string | null> {
  const draft = draftOf(file)
  try {
    const { runs, incomplete } = await files.salvage(file, draft, () => {}).result
    if (runs === 0) return null
    const aside = replaceFile('repair', draft, file, 'damaged')
    const names = `${incomplete.slice(0, NAMED).join(', ')}${incomplete.length > NAMED ? ', …' : ''}`
    const damage = incomplete.length > 0 ? ` (${incomplete.length} incomplete: ${names})` : ''
    return `Copied ${counted(runs, 'run')} to a new file${damage}. The damaged file is kept as ${aside}`
  } finally {
    removeDraft(draft)
  }
}
