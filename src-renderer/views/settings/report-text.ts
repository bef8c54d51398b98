import { counted, formatBytes } from '../../components/format.ts'
import type { CheckReport } from '../../stores/library.ts'

/** What a check looked at, and what it found, in two sentences. */
export function reportText(report: CheckReport): { verdict: string; looked: string } {
  const { runs, epochs, arrays, checkpoints, bytes, findings, stopped } = report
  const looked = `Looked at ${counted(runs, 'run')}, ${counted(epochs, 'epoch')}, ${counted(arrays, 'array')} and `
    + `${counted(checkpoints, 'part')} of checkpoints; compared ${formatBytes(bytes)}.`
  if (findings.length > 0) return { verdict: `${counted(findings.length, 'thing')} not as written${stopped ? ', so far' : ''}.`, looked }
  return { verdict: stopped ? 'Ended early; nothing was found until then.' : 'Everything is as it was written.', looked }
}
