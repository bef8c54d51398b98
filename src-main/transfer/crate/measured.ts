import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import type { PlannedFile } from '../archive/pack.ts'

/** A temporary file as a file of a crate, with its size and hash. */
export async function measured(name: string, path: string): Promise<PlannedFile> {
  const hash = createHash('sha256')
  let bytes = 0
  for await (const piece of createReadStream(path) as AsyncIterable<Buffer>) {
    hash.update(piece)
    bytes += piece.length
  }
  return { name, bytes, sha256: hash.digest('hex'), bytesOf: () => createReadStream(path) }
}
