import type { CheckReport } from '../app/app.ts'
import { checkClosed } from '../app/closed-library.ts'
import { DONE, FAILED } from './failure.ts'
import { bytes, table } from './format.ts'
import type { Output } from './output.ts'
import { appOptions, requireLibrary } from './surroundings.ts'

/** Reads everything and compares it with what was written. Exits with 1 where something is damaged and was not repaired. */
export async function check(flags: { library?: string; repair?: boolean }, output: Output): Promise<number> {
  const options = { file: requireLibrary(flags.library), ...await appOptions() }
  const show = (done: number, total: number) => { if (output.live && total > 0) output.overwrite(`${bytes(done)} of ${bytes(total)}`) }
  const report = await checkClosed(options, flags.repair === true, show)
  if (output.live) output.overwrite('')
  output.result(report, describe(report))
  return report.findings.every(({ repaired }) => repaired !== null) ? DONE : FAILED
}

function describe({ runs, epochs, arrays, checkpoints, bytes: size, findings }: CheckReport): string {
  const looked = `${runs} runs, ${epochs} epochs, ${arrays} arrays and ${checkpoints} parts of checkpoints, ${bytes(size)}`
  if (findings.length === 0) return `Everything is as it was written: ${looked}.`
  const rows = findings.map(({ kind, runId, message, repaired }) => [kind, runId ?? '–', message, repaired ?? 'not repaired'])
  const lost = findings.some(({ kind, repaired }) => kind === 'structure' && repaired === null)
  const advice = lost ? '\nThe file itself is damaged: check --repair saves the runs that can be read; restore puts a backup in its place.' : ''
  return `${table([['What', 'Run', 'Found', 'Repair'], ...rows])}\n\n${findings.length} found in ${looked}.${advice}`
}
