import { createHash } from 'node:crypto'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** SHA-256 (hex) of the names and contents of the engine's sources. It is the same on every platform. */
export function engineDigest(folder: string): string {
  const hash = createHash('sha256')
  for (const file of globSync('**/*.ts', { cwd: folder }).map(slashes).sort()) {
    hash.update(`${file}\0`).update(readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n')).update('\0')
  }
  return hash.digest('hex')
}

const slashes = (path: string) => path.replaceAll('\\', '/')
