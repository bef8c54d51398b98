import type { SignalSpec } from '../../src-engine/experiment/task.ts'
import type { SignalCheck, SignalChoice, SignalPreview } from '../contract/signal.ts'
import type { ReadFields } from './prepare.ts'
import type { SignalExperiment } from './signal-check.ts'
import type { PreviewPart } from './signal-preview.ts'

/** What the thread does with a signal file. */
export type SignalJobs = {
  preview: { input: { file: string; choice: SignalChoice; part: PreviewPart }; output: SignalPreview }
  /** The file is null if the spec has its samples. */
  check: { input: { file: string | null; spec: SignalExperiment }; output: SignalCheck }
  read: { input: { file: string; task: SignalSpec }; output: ReadFields }
}
