import type { Status } from '../../src-engine/experiment/run-status.ts'
import type { Outcome, Reason } from '../../src-engine/statistics/comparison.ts'
import { stabilityText } from '../../src-engine/statistics/outcome-texts.ts'
import { sentence } from './format.ts'
import type { IconName } from './icons.ts'

/** An icon before a word. */
export interface Mark {
  icon: IconName
  /** CSS variable of its colour. */
  colour: string
  isFilled?: boolean
}

const statusColours: Partial<Record<Status, string>> = {
  running: '--status-running', failed: '--status-failed', paused: '--status-paused', interrupted: '--status-paused',
}
export const statusMark = (status: Status): Mark =>
  ({ icon: status, colour: statusColours[status] ?? '--status-done', isFilled: status === 'running' })

/** A run that waits, such as for disk space. */
export const waitingMark: Mark = { icon: 'warning', colour: '--status-paused' }
/** A run whose spec cannot be read. */
export const unreadableMark: Mark = { icon: 'warning', colour: '--status-failed' }
/** A run that was imported and not yet verified. */
export const unverifiedMark: Mark = { icon: 'help', colour: '--warning-mark' }
export const UNVERIFIED = 'Imported, not verified. Verify computes the run again and compares the digest (H).'

const outcomeColours: Readonly<Record<Outcome, string>> = {
  learned: '--status-best', untrained: '--warning-mark', silent: '--warning-mark', diverged: '--status-failed',
}
export const outcomeMark = (outcome: Outcome): Mark =>
  ({ icon: outcome === 'learned' ? 'done' : outcome, colour: outcomeColours[outcome] })
/** Why a run has its outcome. */
export const outcomeHint = (outcome: Outcome, reasons: readonly Reason[]) =>
  sentence(stabilityText({ outcome, reasons: [...reasons] }))
