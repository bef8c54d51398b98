// Compiles the engine's kernels from AssemblyScript to WebAssembly, where they are not compiled yet from what is there now.
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { engineDigest } from './engine-digest.ts'

const root = fileURLToPath(new URL('../', import.meta.url))
const sources = 'src-engine/kernels/assembly'
const folder = join(root, 'out/kernels')
const binary = join(folder, 'kernels.wasm')
/** What the binary was compiled from. */
const origin = join(folder, 'origin.txt')

/** Never relaxed SIMD: its results depend on the machine. */
const options = ['--enable', 'simd', '-O3', '--noAssert', '--runtime', 'stub', '--importMemory']

/** The path of the compiled kernels. @throws Error with the compiler's words where the sources do not compile. */
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
  if (error || !compiled) throw new Error(`The kernels in ${sources} do not compile.\n${stderr.toString()}`, { cause: error })
  return compiled
}

/** At once or not at all, also where two processes compile at the same time. */
function replace(file: string, contents: string | Uint8Array): void {
  const partial = `${file}.${process.pid}`
  writeFileSync(partial, contents)
  renameSync(partial, file)
}

function compilerVersion(): string {
  return (JSON.parse(readFileSync(join(root, 'node_modules/assemblyscript/package.json'), 'utf8')) as { version: string }).version
}
