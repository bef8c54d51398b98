import { createHash } from 'node:crypto'
import { type FileHandle, open, stat } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { createInflateRaw } from 'node:zlib'
import { type Entry, fromRandomAccessReaderPromise, type ZipFile } from 'yauzl'
import type { Caps } from './caps.ts'
import { DEFLATED, type Directory, readDirectory } from './directory.ts'
import { bytesBetween, HandleReader } from './handle-reader.ts'
import { asRefusal, type Place, refusal } from './refusal.ts'

/** An open ZIP file. The caller must close its handle. */
export interface OpenZip {
  file: string
  handle: FileHandle
  zip: ZipFile
  directory: Directory
}

/** Open a ZIP file. @throws BadInput if it cannot be read, is not a ZIP file, or has an entry that an archive cannot have */
export async function openZip(file: string, caps: Caps): Promise<OpenZip> {
  const place = { file, entry: '' }
  const handle = await openFile(place)
  try {
    const { size } = await handle.stat()
    const zip = await fromRandomAccessReaderPromise(new HandleReader(handle, size), size, {
      autoClose: false, decodeStrings: false, validateEntrySizes: false,
    })
    return { file, handle, zip, directory: await readDirectory(zip, file, caps) }
  } catch (error) {
    await handle.close()
    throw asRefusal(place, error)
  }
}

/**
 * Read the unpacked bytes of an entry into its own buffer.
 * @param sha256 expected hash of the bytes; null for the manifest, whose hash is not stored
 * @throws BadInput
 */
export async function readEntry(open: OpenZip, name: string, sha256: string | null): Promise<Uint8Array<ArrayBuffer>> {
  let bytes = new Uint8Array()
  await unpackTo(open, name, sha256, (chunk, at) => {
    if (at === 0) bytes = new Uint8Array(open.directory.get(name)!.uncompressedSize)
    bytes.set(chunk, at)
  })
  return bytes
}

/** Check the hash of an entry without holding it in memory. @throws BadInput */
export const checkEntry = (open: OpenZip, name: string, sha256: string): Promise<void> => unpackTo(open, name, sha256, () => {})

async function unpackTo(open: OpenZip, name: string, sha256: string | null, take: Take): Promise<void> {
  const place = { file: open.file, entry: name }
  try {
    const found = await unpack(open, open.directory.get(name)!, place, take)
    if (sha256 !== null && found !== sha256) throw refusal(place, `must have the SHA-256 ${sha256} that the manifest lists`, found)
  } catch (error) {
    throw asRefusal(place, error)
  }
}

/** Open a regular file. Opening a pipe would block until something writes to it. */
async function openFile(place: Place): Promise<FileHandle> {
  try {
    if (!(await stat(place.file)).isFile()) throw refusal(place, 'must be an archive of runs, not a folder or a device')
    return await open(place.file)
  } catch (error) {
    throw asRefusal(place, error)
  }
}

/** Output chunk size of zlib, bytes. Its minimum is 64. */
const chunkSize = (bytes: number) => Math.min(Math.max(bytes, 64), 2 ** 18)

/** @returns the SHA-256 of the unpacked bytes */
async function unpack({ handle, zip }: OpenZip, entry: Entry, place: Place, take: Take): Promise<string> {
  const { fileDataStart: start } = await zip.readLocalFileHeaderPromise(entry, { minimal: true })
  const packed = bytesBetween(handle, start, start + entry.compressedSize)
  const sink = new Sink(entry.uncompressedSize, place, take)
  if (entry.compressionMethod === DEFLATED) {
    await pipeline(packed, createInflateRaw({ chunkSize: chunkSize(entry.uncompressedSize) }), (chunks) => sink.take(chunks))
  } else {
    await sink.take(packed)
  }
  return sink.end()
}

/** Receives unpacked bytes and their place in the entry. */
type Take = (chunk: Uint8Array, at: number) => void

/** Passes on exactly the number of bytes that the directory lists, because that size may be false. */
class Sink {
  readonly #bytes: number
  readonly #hash = createHash('sha256')
  readonly #place: Place
  readonly #take: Take
  #filled = 0

  constructor(bytes: number, place: Place, take: Take) {
    this.#bytes = bytes
    this.#place = place
    this.#take = take
  }

  async take(chunks: AsyncIterable<Uint8Array>): Promise<void> {
    for await (const chunk of chunks) {
      if (this.#filled + chunk.length > this.#bytes) throw this.#wrong('more')
      this.#take(chunk, this.#filled)
      this.#hash.update(chunk)
      this.#filled += chunk.length
    }
  }

  /** @returns the SHA-256 of the bytes */
  end(): string {
    if (this.#filled < this.#bytes) throw this.#wrong(`${this.#filled} bytes`)
    return this.#hash.digest('hex')
  }

  #wrong = (found: string) => refusal(this.#place, `must have the ${this.#bytes} unpacked bytes that the directory lists`, found)
}
