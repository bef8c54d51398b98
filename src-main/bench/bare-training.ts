import { readFileSync } from 'node:fs'
import type { Spec } from '../../src-engine/spec/spec.ts'
import { kernelsFor } from '../../src-engine/training/kernels-for.ts'
import { Trainer } from '../../src-engine/training/trainer.ts'

/** What the process is sent. */
export interface BareTask {
  spec: Spec
  /** Where the compiled kernels lie. */
  kernels: string
}

// A process that trains and does nothing else. It says true once it can be sent its task, and again when it has trained.
process.once('message', ({ spec, kernels }: BareTask) => {
  const trainer = new Trainer(spec, kernelsFor(spec, new WebAssembly.Module(readFileSync(kernels))))
  while (!trainer.done) trainer.step()
  process.send!(true, () => process.disconnect())
})
process.send!(true)
