import { readFile } from 'node:fs/promises'

/** The engine's kernels, compiled once for all engine workers. @throws Error where they are missing or no WebAssembly with SIMD */
export const compileKernels = async (file: string): Promise<WebAssembly.Module> => WebAssembly.compile(await readFile(file))
