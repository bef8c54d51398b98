import { counted, formatBytes } from '../../components/format.ts'
import type { CheckReport } from '../../stores/library.ts'

/** Verdict and scope of a check, one sentence each. */
export function reportText(report: CheckReport): { verdict: string; scope: string } {
  const { runs, epochs, arrays, checkpoints, bytes, findings, stopped } = report
  const scope = `Checked ${counted(runs, 'run')}, ${counted(epochs, 'epoch')}, ${counted(arrays, 'array')} and `
    + `${counted(checkpoints, 'checkpoint part')} (${formatBytes(bytes)}).`
  if (findings.length > 0) return { verdict: `${counted(findings.length, 'problem')} found${stopped ? ' before the check stopped' : ''}.`, scope }
  return { verdict: stopped ? 'The check stopped early. No problems found so far.' : 'No problems found.', scope }
}
