import type { Kernels } from '../kernels/kernels.ts'
import { referenceKernels } from '../kernels/reference.ts'
import { webAssemblyKernels } from '../kernels/webassembly.ts'
import type { Spec } from '../spec/spec.ts'
import { kernelBytes } from './memory.ts'

/** The kernels in which a spec is to be computed, with the memory that it needs. */
export const kernelsFor = (spec: Spec, module: WebAssembly.Module): Kernels =>
  (spec.training.arithmetic === 'float64' ? referenceKernels : webAssemblyKernels(module, kernelBytes(spec)))
