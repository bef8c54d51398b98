import type { SignalSpec } from '../../../../src-engine/experiment/task.ts'
import type { SignalChoice } from '../../../stores/signal-import.ts'
import { layoutSchema } from '../../../../src-engine/experiment/tasks/layout.ts'

/** What a task of the draft, which may be invalid, has chosen of its file. */
export function choiceOf(task: unknown): SignalChoice {
  const { column, columns, time, layout, gaps } = (task ?? {}) as Partial<SignalSpec>
  const parsed = layoutSchema.safeParse(layout ?? {})
  return {
    column: columns === undefined ? String(column ?? '') : '',
    ...(Array.isArray(columns) && { columns: columns.map(String) }),
    ...(typeof time === 'string' && { time }),
    layout: parsed.success ? parsed.data : {},
    ...(gaps !== undefined && { gaps }),
  }
}
