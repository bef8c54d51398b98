import type { Entry, ZipFile } from 'yauzl'
import type { Caps } from './caps.ts'
import { ENTRY_NAMES, isEntryName } from './layout.ts'
import { type Place, refusal, shown } from './refusal.ts'

/** Entries by name. Each has passed all checks that need no decompression. */
export type Directory = ReadonlyMap<string, Entry>

/** ZIP compression methods. */
export const STORED = 0
export const DEFLATED = 8
/** Bits 0, 6 and 13 of the flags: encrypted, strongly encrypted, header masked (APPNOTE.TXT 4.4.4). */
const ENCRYPTED = 0x2041
const FILE_TYPE = 0o170000
const REGULAR_FILE = 0o100000
/** MS-DOS attributes of a volume label or a folder. */
const DOS_NO_FILE = 0x18
/** Largest extra field. Timestamps and ZIP64 sizes need 37 bytes, and all entries are held in memory. */
const MOST_EXTRA = 1024

/**
 * Read and check the directory of an archive.
 * @param zip opened without decoding names or validating sizes, because this function checks both with clearer messages
 * @throws BadInput for the first entry that cannot be in an archive, or if a limit is exceeded
 */
export async function readDirectory(zip: ZipFile, file: string, caps: Caps): Promise<Directory> {
  const archive = { file, entry: '' }
  checkCount(zip.entryCount, archive, caps)
  const entries = new Map<string, Entry>()
  let packed = 0
  let unpacked = 0
  for await (const entry of zip.eachEntry()) {
    const name = nameOf(entry, archive)
    const place = { file, entry: name }
    if (entries.has(name)) throw refusal(place, 'must not be there twice')
    checkKind(entry, place)
    checkSizes(entry, place, caps)
    entries.set(name, entry)
    packed += entry.compressedSize
    unpacked += entry.uncompressedSize
    checkTotal(unpacked, archive, caps)
  }
  if (packed > zip.fileSize) throw refusal(archive, 'must not have entries that overlap')
  return entries
}

export function checkCount(entries: number, place: Place, caps: Caps): void {
  if (entries > caps.entries) throw refusal(place, `must have at most ${caps.entries} entries`, `${entries} entries`)
}

export function checkTotal(bytes: number, place: Place, { totalBytes }: Caps): void {
  if (bytes > totalBytes) throw refusal(place, `must have at most ${totalBytes} bytes when unpacked`, `${bytes} bytes or more`)
}

/** @param place of the entry */
export function checkUnpacked(bytes: number, place: Place, caps: Caps): void {
  const most = mostBytes(place.entry, caps)
  if (bytes > most) throw refusal(place, `must have at most ${most} bytes when unpacked`, `${bytes} bytes`)
}

/** Tables are never in memory as a whole. */
function mostBytes(name: string, { entryBytes, jsonBytes, totalBytes }: Caps): number {
  if (name.endsWith('.csv')) return totalBytes
  return name.endsWith('.json') ? Math.min(jsonBytes, entryBytes) : entryBytes
}

/** Entry names are ASCII, which is the same in every encoding. Any other byte is refused. */
function nameOf(entry: Entry, archive: Place): string {
  const name = entry.fileNameRaw.toString('latin1')
  if (!isEntryName(name)) throw refusal(archive, `must only have entries named ${ENTRY_NAMES}`, shown(name))
  return name
}

function checkKind(entry: Entry, place: Place): void {
  const { externalFileAttributes: attributes, compressionMethod: method, generalPurposeBitFlag: flags } = entry
  const type = (attributes >>> 16) & FILE_TYPE
  if ((type !== 0 && type !== REGULAR_FILE) || (attributes & DOS_NO_FILE) !== 0) {
    throw refusal(place, 'must be a regular file', `a link, a folder or a device (attributes 0x${attributes.toString(16)})`)
  }
  if ((flags & ENCRYPTED) !== 0) throw refusal(place, 'must not be encrypted')
  if (method !== STORED && method !== DEFLATED) throw refusal(place, 'must be packed by Deflate (method 8) or not at all (method 0)', `method ${method}`)
}

function checkSizes(entry: Entry, place: Place, caps: Caps): void {
  const { compressedSize: packed, uncompressedSize: unpacked } = entry
  checkUnpacked(unpacked, place, caps)
  if (unpacked > packed * caps.ratio) throw refusal(place, `must be packed by at most ${caps.ratio} to 1`, `${unpacked} bytes packed into ${packed}`)
  if (entry.compressionMethod === STORED && unpacked !== packed) {
    throw refusal(place, `must have the ${unpacked} bytes that the directory lists, because it is not packed`, `${packed} bytes`)
  }
  const extra = entry.extraFieldLength + entry.fileCommentLength
  if (extra > MOST_EXTRA) throw refusal(place, `must have at most ${MOST_EXTRA} bytes of extra fields and comments`, `${extra} bytes`)
}
