import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Test files that take longest, so that no core waits for one of them at the end. */
const slow = [
  'integration/app/import', 'fault/unreadable', 'fault/library', 'integration/cli/chalcogen', 'fault/output', 'integration/cli/study',
  'integration/cli/reproduce', 'fault/kill', 'fault/moments', 'integration/cli/presets', 'integration/cli/query', 'integration/cli/sweep',
  'integration/cli/figure', 'integration/cli/signals', 'fault/disk', 'integration/cli/documents', 'fault/full-disk',
  'integration/app/maintenance', 'integration/transfer/datasets', 'integration/training/two-arithmetics', 'integration/runs/sweeps',
  'fault/engine', 'integration/library/python-module', 'fault/lint', 'integration/library/python-sweeps', 'integration/training/memory',
]

/**
 * Starts files that are alone in their process first, since one between the others would end the process that they share. Of each kind
 * the slow ones come first, and the others in Vitest's own order.
 */
export class SlowFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return (await super.sort(files)).toSorted((a, b) => Number(isShared(a)) - Number(isShared(b)) || rank(a) - rank(b))
  }
}

const isShared = ({ project }: TestSpecification) => !project.config.isolate

function rank({ moduleId }: TestSpecification): number {
  const index = slow.findIndex((name) => moduleId.endsWith(`/${name}.test.ts`))
  return index < 0 ? slow.length : index
}
