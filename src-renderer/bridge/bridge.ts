import { texts } from '../../src-main/contract/texts.ts'
import type { Bridge, CallInput, CallName, CallOutput, EventName, EventPayload } from '../../src-main/contract/contract.ts'

export type { CallInput, CallOutput, EventPayload, Preset } from '../../src-main/contract/contract.ts'
export type {
  Backup, CheckReport, Finding, LibrarySettings, LibraryTask, LibraryWork, Notice, Usage,
} from '../../src-main/contract/library.ts'
export type {
  AnnotationChange, ArrayInfo, Environment, EpochMetrics, LiveFrame, Progress, RunDetail, RunStatus, RunSummary, Shelf, StoredRun,
  WatchedSynapse,
} from '../../src-main/contract/run.ts'
export type { DrawnFigure, KeptFigure } from '../../src-main/contract/figures.ts'
export type { StudyOutline, StudyPart } from '../../src-main/contract/study.ts'
export type { Arm, Priority, QueueState, SweepPlan, SweepRecord, TimeEstimate } from '../../src-main/contract/sweep.ts'
export type { Verification } from '../../src-main/contract/verification.ts'
export type { Cell, ListedGroup, SummaryCell } from '../../src-main/contract/query.ts'
export { MOST_ROWS, MOST_SHOWN, queryNameSchema } from '../../src-main/contract/query.ts'
export type { SignalCheck, SignalChoice, SignalColumn, SignalPreview } from '../../src-main/contract/signal.ts'
export type { View } from '../../src-main/contract/views.ts'
export { VIEW_SCHEME } from '../../src-main/contract/views.ts'
export { differenceText } from '../../src-main/contract/verification.ts'
export type { ImportPreview, PreviewedRun } from '../../src-main/contract/import.ts'
export { presenceOf } from '../../src-main/contract/import.ts'
export type { ExportFormat, ExportSizes } from '../../src-main/contract/export-formats.ts'
export { exportFormats } from '../../src-main/contract/export-formats.ts'
export { librarySettingsSchema } from '../../src-main/contract/library.ts'
export { environmentSchema, isResumable, runName, RUNS_PER_PAGE, secondsOf, shelfSchema, SNAPSHOTS_PER_CALL } from '../../src-main/contract/run.ts'

declare global {
  interface Window { readonly chalcogen: Bridge }
}

/** Error of a call that the main process rejected or failed to complete. Branch on `code`; show `message`. */
export class CallError extends Error {
  readonly code: string
  constructor(code: string, message: string) {
    super(message)
    this.name = 'CallError'
    this.code = code
  }
}

const textCodec = (name: CallName) => texts[name as keyof typeof texts]

/** Call the main process. @throws CallError if the call is rejected or fails */
export async function call<Name extends CallName>(name: Name, input: CallInput<Name>): Promise<CallOutput<Name>> {
  const answer = await window.chalcogen.call(name, input)
  if (!answer.ok) throw new CallError(answer.code, answer.message)
  return ('text' in answer ? textCodec(name).decode(answer.text) : answer.value) as CallOutput<Name>
}

/**
 * Listen to an event until the returned function is called. Drop the listener's return value: the bridge would clone it
 * between the isolated worlds, and a store cannot be cloned.
 */
export const on = <Name extends EventName>(name: Name, listener: (payload: EventPayload<Name>) => void): (() => void) =>
  window.chalcogen.on(name, (payload) => { listener(payload as EventPayload<Name>) })

/** The path of a file that was dropped on the window, which the main process may read from then on. @throws CallError */
export async function takeDropped(file: File): Promise<string> {
  const answer = await window.chalcogen.takeDropped(file)
  if (!answer.ok) throw new CallError(answer.code, answer.message)
  return (answer as { value: { file: string } }).value.file
}
