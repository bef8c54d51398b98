import type { Spec } from '../../src-engine/experiment/spec.ts'
import { keptNumbers, withImportedNumbers } from '../../src-engine/experiment/task.ts'
import type { Client } from './operations.ts'

/** A spec with the samples that it refers to, as the engine needs them. @throws LibraryError no-samples, damaged */
export async function completeSpec(library: Pick<Client, 'samples'>, spec: Spec): Promise<Spec> {
  const kept = keptNumbers(spec.task)
  return kept === null ? spec : { ...spec, task: withImportedNumbers(spec.task, await library.samples(kept.sha256)) }
}
