import { ElMessage } from 'element-plus'
import { counted, formatCount } from '../components/format.ts'
import type { Command } from '../stores/commands.ts'
import { useLibrary, type Verification } from '../stores/library.ts'
import type { RunSummary } from '../stores/runs.ts'
import { isCancelled } from './maintenance.ts'
import { showError } from './provide-charts.ts'

/** Verification of runs with its messages, for buttons and commands. */
export function useVerifying(runIds: () => readonly string[], known: () => readonly RunSummary[], target?: () => string) {
  const library = useLibrary()

  /** Why the runs cannot be verified now; null if at least one of them can. The others are named in the result. */
  const blocked = () => {
    if (library.isVerifying) return 'Other runs are being verified. Wait until this is finished, or cancel it.'
    return whyNotVerified(known(), runIds().length)
  }
  const verify = async () => {
    try {
      const results = await library.verifyRuns(runIds())
      if (results.every(isSame)) ElMessage.success(`${resultText(results)}.`)
    } catch (error) {
      if (isCancelled(error)) ElMessage.info('Cancelled')
      else showError(error)
    }
  }
  const command: Command = { id: 'verify', title: 'Compute again and compare the digest', key: 'H', target, blocked, run: () => void verify() }
  return { blocked, verify, command }
}

export const isSame = ({ result }: Verification) => result === 'same'

/** '2 of 3 runs give the same digest', 'The run gives another digest' */
export function resultText(results: readonly Verification[]): string {
  if (results.length === 1) return textOfOne(results[0]!)
  const same = results.filter(isSame).length
  return `${formatCount(same)} of ${counted(results.length, 'run')} ${same === 1 ? 'gives' : 'give'} the same digest`
}

function textOfOne({ result }: Verification): string {
  if (result === 'same') return 'The run gives the same digest'
  return result === 'different' ? 'The run gives another digest' : 'The run could not be verified'
}

/** @param count of all runs, if only some are known. One of the others may be finished. */
export function whyNotVerified(runs: readonly Pick<RunSummary, 'status' | 'unreadable'>[], count = runs.length): string | null {
  if (count === 0) return 'Select a run first.'
  if (runs.length < count) return null
  const finished = runs.filter(({ status }) => status === 'done')
  if (finished.some(({ unreadable }) => unreadable === undefined)) return null
  return finished[0]?.unreadable ?? `Only finished runs can be verified. ${runs.length === 1 ? 'This run is' : 'These runs are'} not finished.`
}
