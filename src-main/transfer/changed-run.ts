import { BadInput } from '../contract/problem.ts'

/** A run that is not as it was when the export began. */
export const changedRun = (runId: string) =>
  new BadInput(`Run ${runId}`, [{ path: '', rule: 'changed during the export. Export it again after it ends', found: '' }])
