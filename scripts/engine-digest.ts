import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { filesDigest, isNotWritable, replaceFile } from './digest/files.ts'
import { kernelOptions } from './kernels.ts'

const root = fileURLToPath(new URL('../', import.meta.url))
const engine = join(root, 'src-engine')
/** Records the sources and the digest that was computed from them. */
const record = join(root, 'out/engine-digest.txt')

/**
 * Digest (SHA-256, hex) of what decides a result's bits; see digest/engine.ts. It is the same on every platform.
 * It is computed only when a source has changed, since loading the compiler takes half a second.
 */
export async function engineDigest(): Promise<string> {
  const sources = [filesDigest(engine), filesDigest(join(root, 'scripts/digest')), ...kernelOptions].join(' ')
  const [known, digest] = existsSync(record) ? readFileSync(record, 'utf8').split('\n') : []
  if (known === sources) return digest!
  const { digestOfEngine } = await import('./digest/engine.ts')
  const computed = digestOfEngine((file) => readFileSync(join(engine, file), 'utf8'), kernelOptions)
  remember(`${sources}\n${computed}`)
  return computed
}

/** A clone that another user owns may be read-only. Then the digest is computed each time. */
function remember(text: string): void {
  try {
    mkdirSync(dirname(record), { recursive: true })
    replaceFile(record, text)
  } catch (error) {
    if (!isNotWritable(error)) throw error
  }
}

/** For programs that run the command line from its sources: the digest that a build puts in. */
export async function provideEngineDigest(): Promise<void> {
  Object.assign(globalThis, { __ENGINE_DIGEST__: await engineDigest() })
}
