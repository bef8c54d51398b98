// Compiles the engine's kernels from AssemblyScript to WebAssembly if the sources have changed since the last time.
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { engineDigest } from './engine-digest.ts'

const root = fileURLToPath(new URL('../', import.meta.url))
const sources = 'src-engine/kernels/assembly'
const folder = join(root, 'out/kernels')
const binary = join(folder, 'kernels.wasm')
/** Records the sources, compiler and options of the binary. */
const origin = join(folder, 'origin.txt')

/** Do not enable relaxed SIMD, because its results depend on the machine. */
const options = ['--enable', 'simd', '-O3', '--noAssert', '--runtime', 'stub', '--importMemory']

/** Path of the compiled kernels. Compiles them if needed. @throws Error with the compiler's message if the sources do not compile */
export async function ensureKernels(): Promise<string> {
  const now = [engineDigest(join(root, sources)), compilerVersion(), ...options].join(' ')
  if (existsSync(binary) && existsSync(origin) && readFileSync(origin, 'utf8') === now) return binary
  mkdirSync(folder, { recursive: true })
  const compiled = await compile()
  replace(binary, compiled)
  replace(origin, now)
  return binary
}

async function compile(): Promise<Uint8Array> {
  const { main } = await import('assemblyscript/asc')
  let compiled: Uint8Array | null = null
  const { error, stderr } = await main([`${sources}/index.ts`, '--baseDir', root, '--outFile', 'kernels.wasm', ...options], {
    writeFile: (name, contents) => { if (name === 'kernels.wasm') compiled = contents as Uint8Array },
  })
  if (error || !compiled) throw new Error(`Could not compile the kernels in ${sources}.\n${stderr.toString()}`, { cause: error })
  return compiled
}

/** Replaces a file atomically, also if two processes compile at the same time. */
function replace(file: string, contents: string | Uint8Array): void {
  const partial = `${file}.${process.pid}`
  writeFileSync(partial, contents)
  renameSync(partial, file)
}

function compilerVersion(): string {
  return (JSON.parse(readFileSync(join(root, 'node_modules/assemblyscript/package.json'), 'utf8')) as { version: string }).version
}
