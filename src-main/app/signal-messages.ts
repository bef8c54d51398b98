import type { SignalSpec } from '../../src-engine/experiment/task.ts'
import type { SignalCheck, SignalChoice, SignalPreview } from '../contract/signal.ts'
import type { SentError } from './export-messages.ts'
import type { OpenedDocument } from './open-document.ts'
import type { ReadFields } from './prepare.ts'
import type { SignalExperiment } from './signal-check.ts'
import type { PreviewPart } from './signal-preview.ts'

/** What the thread does with a signal file, or with a document that may have a signal in it. */
export interface SignalJobs {
  preview: { input: { file: string; choice: SignalChoice; part: PreviewPart }; output: SignalPreview }
  /** The file is null if the spec has its samples. */
  check: { input: { file: string | null; spec: SignalExperiment }; output: SignalCheck }
  document: { input: { file: string; resourcesDir: string }; output: OpenedDocument }
  read: { input: { file: string; task: SignalSpec }; output: ReadFields }
}
export type SignalJobName = keyof SignalJobs
export type SignalJob = { [Name in SignalJobName]: { name: Name; input: SignalJobs[Name]['input'] } }[SignalJobName]

export type FromSignal =
  | { kind: 'progress'; share: number }
  | { kind: 'done'; output: SignalJobs[SignalJobName]['output'] }
  | { kind: 'failed'; error: SentError }
