import type { Kernels, MakeKernels } from '../kernels/kernels.ts'
import { referenceKernels } from '../kernels/reference.ts'
import { webAssemblyKernels } from '../kernels/webassembly.ts'
import type { Spec } from '../experiment/spec.ts'
import { kernelBytes } from './memory.ts'

export type Arithmetic = Spec['training']['arithmetic']

/** Constructors of both sets of kernels. @param module compiled WebAssembly kernels */
export const kernelsByArithmetic = (module: WebAssembly.Module): Record<Arithmetic, MakeKernels> => ({
  float64: () => referenceKernels,
  float32: (bytes) => webAssemblyKernels(module, bytes),
})

/** Kernels in the arithmetic of a spec, with the memory that it needs. */
export const kernelsFor = (spec: Spec, module: WebAssembly.Module): Kernels =>
  kernelsByArithmetic(module)[spec.training.arithmetic](kernelBytes(spec))
