import { readFileSync } from 'node:fs'
import type { Spec } from '../../src-engine/experiment/spec.ts'
import { kernelsFor } from '../../src-engine/training/kernels-for.ts'
import { Trainer } from '../../src-engine/training/trainer.ts'

/** Task message for the process. */
export interface BareTask {
  spec: Spec
  /** Path of the compiled kernels. */
  kernels: string
}

// A process that only trains. It sends true when it is ready for its task, and again when it has finished training.
process.once('message', ({ spec, kernels }: BareTask) => {
  const trainer = new Trainer(spec, kernelsFor(spec, new WebAssembly.Module(readFileSync(kernels))))
  while (!trainer.done) trainer.step()
  process.send!(true, () => process.disconnect())
})
process.send!(true)
