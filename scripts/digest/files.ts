import { createHash } from 'node:crypto'
import { globSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** SHA-256 (hex) of the names and contents of the TypeScript files in a folder. It is the same on every platform. */
export function filesDigest(folder: string): string {
  const hash = createHash('sha256')
  for (const file of globSync('**/*.ts', { cwd: folder }).map(slashes).sort()) {
    hash.update(`${file}\0`).update(readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n')).update('\0')
  }
  return hash.digest('hex')
}

/** Replaces a file atomically, also if two processes do it at the same time. */
export function replaceFile(file: string, contents: string | Uint8Array): void {
  const partial = `${file}.${process.pid}`
  writeFileSync(partial, contents)
  renameSync(partial, file)
}

/** Whether an error says that this user may not write there. */
export const isNotWritable = (error: unknown): boolean => ['EACCES', 'EPERM', 'EROFS'].includes((error as NodeJS.ErrnoException).code ?? '')

const slashes = (path: string) => path.replaceAll('\\', '/')
