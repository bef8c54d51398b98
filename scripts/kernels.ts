// Compiles the engine's kernels from AssemblyScript to WebAssembly if the sources have changed since the last time.
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { filesDigest, replaceFile } from './digest/files.ts'

const root = fileURLToPath(new URL('../', import.meta.url))
const sources = 'src-engine/kernels/assembly'
const folder = join(root, 'out/kernels')
const binary = join(folder, 'kernels.wasm')
/** Records the sources, compiler and options of the binary. */
const origin = join(folder, 'origin.txt')

/** Compiler options. Do not enable relaxed SIMD, because its results depend on the machine. */
export const kernelOptions = ['--enable', 'simd', '-O3', '--noAssert', '--runtime', 'stub', '--importMemory']

/** Path of the compiled kernels. Compiles them if needed. @throws Error with the compiler's message if the sources do not compile */
export async function ensureKernels(): Promise<string> {
  const now = [filesDigest(join(root, sources)), compilerVersion(), ...kernelOptions].join(' ')
  if (existsSync(binary) && existsSync(origin) && readFileSync(origin, 'utf8') === now) return binary
  mkdirSync(folder, { recursive: true })
  const compiled = await compile()
  replaceFile(binary, compiled)
  replaceFile(origin, now)
  return binary
}

async function compile(): Promise<Uint8Array> {
  const { main } = await import('assemblyscript/asc')
  let compiled: Uint8Array | null = null
  const { error, stderr } = await main([`${sources}/index.ts`, '--baseDir', root, '--outFile', 'kernels.wasm', ...kernelOptions], {
    writeFile: (name, contents) => { if (name === 'kernels.wasm') compiled = contents as Uint8Array },
  })
  if (error || !compiled) throw new Error(`Could not compile the kernels in ${sources}.\n${stderr.toString()}`, { cause: error })
  return compiled
}

function compilerVersion(): string {
  return (JSON.parse(readFileSync(join(root, 'node_modules/assemblyscript/package.json'), 'utf8')) as { version: string }).version
}
