import type { Entry, ZipFile } from 'yauzl'
import type { Caps } from './caps.ts'
import { ENTRY_NAMES, isEntryName } from './layout.ts'
import { type Place, refusal, shown } from './refusal.ts'

/** Every entry by name, each of which passed every check that needs no decompression. */
export type Directory = ReadonlyMap<string, Entry>

/** Compression methods. */
export const STORED = 0
export const DEFLATED = 8
/** Bits 0, 6 and 13 of the flags: encrypted, strongly encrypted, header masked (APPNOTE.TXT 4.4.4). */
const ENCRYPTED = 0x2041
const FILE_TYPE = 0o170000
const REGULAR_FILE = 0o100000
/** MS-DOS: a volume's label or a folder. */
const DOS_NO_FILE = 0x18
/** Time stamps and ZIP64 sizes need 37 bytes; all entries are kept in memory, so none may carry much more. */
const MOST_EXTRA = 1024

/**
 * @param zip opened with neither decoded names nor checked sizes: both are looked at here, to be told in our words
 * @throws BadInput for the first entry that an archive of ours cannot have, or when a cap is exceeded
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
    if (entries.has(name)) throw refusal(place, 'the same name twice', ENTRY_NAMES)
    checkKind(entry, place)
    checkSizes(entry, place, caps)
    entries.set(name, entry)
    packed += entry.compressedSize
    unpacked += entry.uncompressedSize
    checkTotal(unpacked, archive, caps)
  }
  if (packed > zip.fileSize) throw refusal(archive, 'entries that overlap', 'entries one after the other')
  return entries
}

export function checkCount(entries: number, place: Place, caps: Caps): void {
  if (entries > caps.entries) throw refusal(place, `${entries} entries`, `at most ${caps.entries}`)
}

export function checkTotal(bytes: number, place: Place, { totalBytes }: Caps): void {
  if (bytes > totalBytes) throw refusal(place, `${bytes} bytes or more, unpacked`, `at most ${totalBytes}`)
}

/** @param place of the entry */
export function checkUnpacked(bytes: number, place: Place, { entryBytes, jsonBytes }: Caps): void {
  const most = place.entry.endsWith('.json') ? Math.min(jsonBytes, entryBytes) : entryBytes
  if (bytes > most) throw refusal(place, `${bytes} bytes, unpacked`, `at most ${most}`)
}

/** Ours are all of ASCII, where every encoding of names agrees; any other byte is refused. */
function nameOf(entry: Entry, archive: Place): string {
  const name = entry.fileNameRaw.toString('latin1')
  if (!isEntryName(name)) throw refusal(archive, `an entry named ${shown(name)}`, ENTRY_NAMES)
  return name
}

function checkKind(entry: Entry, place: Place): void {
  const { externalFileAttributes: attributes, compressionMethod: method, generalPurposeBitFlag: flags } = entry
  const type = (attributes >>> 16) & FILE_TYPE
  if ((type !== 0 && type !== REGULAR_FILE) || (attributes & DOS_NO_FILE) !== 0) {
    throw refusal(place, `a link, a folder or a device (attributes 0x${attributes.toString(16)})`, 'regular files')
  }
  if ((flags & ENCRYPTED) !== 0) throw refusal(place, 'an encrypted entry', 'entries without a password')
  if (method !== STORED && method !== DEFLATED) throw refusal(place, `compression method ${method}`, 'Deflate (8) or none (0)')
}

function checkSizes(entry: Entry, place: Place, caps: Caps): void {
  const { compressedSize: packed, uncompressedSize: unpacked } = entry
  checkUnpacked(unpacked, place, caps)
  if (unpacked > packed * caps.ratio) throw refusal(place, `${unpacked} bytes packed into ${packed}`, `at most ${caps.ratio} to 1`)
  if (entry.compressionMethod === STORED && unpacked !== packed) {
    throw refusal(place, `${packed} bytes that are said to be ${unpacked}`, 'the same number: the entry is not packed')
  }
  const extra = entry.extraFieldLength + entry.fileCommentLength
  if (extra > MOST_EXTRA) throw refusal(place, `${extra} bytes of remarks`, `at most ${MOST_EXTRA}`)
}
