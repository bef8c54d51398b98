import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Test files that take longest, so that no core waits for one of them at the end. */
const slow = [
  'integration/training/two-arithmetics', 'integration/cli/presets', 'fault/kill', 'fault/library', 'integration/cli/reproduce',
  'integration/app/example', 'integration/runs/sweeps', 'integration/app/maintenance', 'integration/training/memory',
  'integration/runs/determinism', 'fault/lint', 'integration/cli/bench',
]

/** Starts the slow files first, and the others in Vitest's own order. */
export class SlowFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return (await super.sort(files)).toSorted((a, b) => rank(a) - rank(b))
  }
}

function rank({ moduleId }: TestSpecification): number {
  const index = slow.findIndex((name) => moduleId.endsWith(`/${name}.test.ts`))
  return index < 0 ? slow.length : index
}
