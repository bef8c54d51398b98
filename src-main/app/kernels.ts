import { readFile } from 'node:fs/promises'

/** Compile the engine's kernels once for all engine workers. @throws Error if the file is missing or not WebAssembly with SIMD */
export const compileKernels = async (file: string): Promise<WebAssembly.Module> => WebAssembly.compile(await readFile(file))

/** Compile the kernels when they are first needed, because most commands train nothing. */
export function lazyKernels(file: string): () => Promise<WebAssembly.Module> {
  let compiled: Promise<WebAssembly.Module> | null = null
  return () => (compiled ??= compileKernels(file))
}
