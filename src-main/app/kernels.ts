import { readFile } from 'node:fs/promises'

/** The file of the engine's compiled kernels, or how to make it. */
export type KernelsFile = string | (() => Promise<string>)

/** Path of the compiled kernels, which are compiled first if needed. */
export const kernelsPath = async (file: KernelsFile): Promise<string> => (typeof file === 'string' ? file : file())

/** Compile the engine's kernels once for all engine workers. @throws Error if the file is missing or not WebAssembly with SIMD */
export const compileKernels = async (file: KernelsFile): Promise<WebAssembly.Module> =>
  WebAssembly.compile(await readFile(await kernelsPath(file)))

/** Compile the kernels when they are first needed, because most commands train nothing. */
export function lazyKernels(file: KernelsFile): () => Promise<WebAssembly.Module> {
  let compiled: Promise<WebAssembly.Module> | null = null
  return () => (compiled ??= compileKernels(file))
}
