import { formatBytes } from '../../src-engine/format/sizes.ts'
import { counted } from '../../src-engine/format/words.ts'
import type { CheckReport } from '../app/app.ts'
import { checkClosed } from '../app/closed-library.ts'
import { DONE, FAILED } from './failure.ts'
import { table } from './format.ts'
import type { Output } from './output.ts'
import { appOptions, cancellable, requireLibrary } from './surroundings.ts'

/** Check the whole library, and repair it on request. Exits with 1 if unrepaired damage remains. */
export async function check(flags: { library?: string; repair?: boolean }, output: Output): Promise<number> {
  const options = { file: requireLibrary(flags.library), ...appOptions() }
  const show = (done: number, total: number) => { if (output.live && total > 0) output.overwrite(`${formatBytes(done)} of ${formatBytes(total)}`) }
  const report = await cancellable(output, (signal) => checkClosed({ ...options, signal }, flags.repair === true, show))
  if (output.live) output.overwrite('')
  output.result(report, describe(report))
  return !report.stopped && report.findings.every(({ repaired }) => repaired !== null) ? DONE : FAILED
}

const damagedFile = 'The file itself is damaged. Recover the readable runs with: chalcogen check --repair\n'
  + 'Or restore a backup with: chalcogen restore'

function describe({ runs, epochs, arrays, checkpoints, bytes: size, findings, stopped }: CheckReport): string {
  const parts = [counted(runs, 'run'), counted(epochs, 'epoch'), counted(arrays, 'array'), counted(checkpoints, 'checkpoint part')]
  const checked = `${parts.join(', ')} (${formatBytes(size)})${stopped ? '. The check was cancelled before it had read everything' : ''}`
  if (findings.length === 0) return `No damage found. Checked ${checked}.`
  const rows = findings.map(({ kind, runId, message, repaired }) => [kind, runId ?? '–', message, repaired ?? 'not repaired'])
  const lost = findings.some(({ kind, repaired }) => kind === 'structure' && repaired === null)
  const advice = lost ? `\n${damagedFile}` : ''
  return `${table([['Kind', 'Run', 'Problem', 'Repair'], ...rows])}\n\nFound ${counted(findings.length, 'problem')} in ${checked}.${advice}`
}
