import { EXAMPLE } from '../../src-engine/experiment/tasks/signal.ts'
import type { StoredOverview } from '../contract/run.ts'
import type { RunSource } from './run-source.ts'

/** The same runs, for files that others get: of a signal's file only the name, since its folders tell of the user and the machine. */
export const withoutFolders = <Source extends RunSource>(source: Source): Source =>
  ({ ...source, overview: async (runId: string) => withoutFolder(await source.overview(runId)) })

function withoutFolder(run: StoredOverview): StoredOverview {
  if ('texts' in run || run.spec.task.kind !== 'signal' || run.spec.task.file.startsWith(EXAMPLE)) return run
  const { task } = run.spec
  return { ...run, spec: { ...run.spec, task: { ...task, file: baseName(task.file) } } }
}

/** The name of a file of any system. */
const baseName = (file: string) => file.split(/[\\/]/).findLast((part) => part !== '') ?? file
