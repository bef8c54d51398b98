import { createHash } from 'node:crypto'
import { type FileHandle, open, stat } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { createInflateRaw } from 'node:zlib'
import { type Entry, fromRandomAccessReaderPromise, type ZipFile } from 'yauzl'
import type { Caps } from './caps.ts'
import { DEFLATED, type Directory, readDirectory } from './directory.ts'
import { bytesBetween, HandleReader } from './handle-reader.ts'
import { asRefusal, type Place, refusal } from './refusal.ts'

/** An open ZIP file. Whoever opened it closes its handle. */
export interface OpenZip {
  file: string
  handle: FileHandle
  zip: ZipFile
  directory: Directory
}

/** @throws BadInput where it cannot be read, is no ZIP file, or has an entry that an archive of ours cannot have */
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
 * The unpacked bytes of an entry, in a buffer of their own.
 * @param sha256 of them; null for the manifest, which nothing vouches for
 * @throws BadInput
 */
export async function readEntry(open: OpenZip, name: string, sha256: string | null): Promise<Uint8Array<ArrayBuffer>> {
  const place = { file: open.file, entry: name }
  try {
    const { bytes, found } = await unpack(open, open.directory.get(name)!, place)
    if (sha256 !== null && found !== sha256) throw refusal(place, `the SHA-256 ${found}`, `${sha256}, as the manifest says`)
    return bytes
  } catch (error) {
    throw asRefusal(place, error)
  }
}

/** A pipe would hold the reader up until somebody writes into it. */
async function openFile(place: Place): Promise<FileHandle> {
  try {
    if (!(await stat(place.file)).isFile()) throw refusal(place, 'something that is not a file', 'an archive of runs')
    return await open(place.file)
  } catch (error) {
    throw asRefusal(place, error)
  }
}

/** Bytes that zlib unpacks at a time: it takes no fewer than 64. */
const chunkSize = (bytes: number) => Math.min(Math.max(bytes, 64), 2 ** 18)

async function unpack({ handle, zip }: OpenZip, entry: Entry, place: Place) {
  const { fileDataStart: start } = await zip.readLocalFileHeaderPromise(entry, { minimal: true })
  const packed = bytesBetween(handle, start, start + entry.compressedSize)
  const sink = new Sink(entry.uncompressedSize, place)
  if (entry.compressionMethod === DEFLATED) {
    await pipeline(packed, createInflateRaw({ chunkSize: chunkSize(entry.uncompressedSize) }), (chunks) => sink.take(chunks))
  } else {
    await sink.take(packed)
  }
  return sink.end()
}

/** Takes what is said to come and not a byte more: what the table says of a size may be a lie. */
class Sink {
  readonly #bytes: Uint8Array<ArrayBuffer>
  readonly #hash = createHash('sha256')
  readonly #place: Place
  #filled = 0

  constructor(bytes: number, place: Place) {
    this.#bytes = new Uint8Array(bytes)
    this.#place = place
  }

  async take(chunks: AsyncIterable<Uint8Array>): Promise<void> {
    for await (const chunk of chunks) {
      if (this.#filled + chunk.length > this.#bytes.length) throw this.#wrong('more bytes, unpacked,')
      this.#bytes.set(chunk, this.#filled)
      this.#hash.update(chunk)
      this.#filled += chunk.length
    }
  }

  end(): { bytes: Uint8Array<ArrayBuffer>; found: string } {
    if (this.#filled < this.#bytes.length) throw this.#wrong(`${this.#filled} bytes, unpacked,`)
    return { bytes: this.#bytes, found: this.#hash.digest('hex') }
  }

  #wrong = (found: string) => refusal(this.#place, `${found} than the table of entries says`, `${this.#bytes.length} bytes`)
}
