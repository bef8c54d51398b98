import type { Problem } from '../../../src-engine/experiment/problem.ts'
import { counted, sentence } from '../../components/format.ts'
import type { LeafField } from '../../components/spec-form/form-model.ts'
import { problemLine } from '../../components/spec-form/problems.ts'

/** The first problem and the number of others, on one line; null without problems. */
export function problemSummary([first, ...others]: readonly Problem[], fields: readonly LeafField[]): string | null {
  if (!first) return null
  const line = sentence(problemLine(first, fields))
  return others.length === 0 ? line : `${line} ${counted(others.length, 'more problem')}.`
}
