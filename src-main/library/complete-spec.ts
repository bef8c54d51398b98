import type { Spec } from '../../src-engine/experiment/spec.ts'
import { areKept, importedNumbers, withImportedNumbers } from '../../src-engine/experiment/task.ts'
import type { Client } from './operations.ts'

/** A spec with the samples that it refers to, as the engine needs them. @throws LibraryError no-samples, damaged */
export async function completeSpec(library: Pick<Client, 'samples'>, spec: Spec): Promise<Spec> {
  const numbers = importedNumbers(spec.task)
  if (numbers === undefined || !areKept(numbers)) return spec
  return { ...spec, task: withImportedNumbers(spec.task, await library.samples(numbers.sha256)) }
}
