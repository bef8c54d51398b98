import { crc32, deflateRawSync } from 'node:zlib'

/** An entry with arbitrary headers. */
export interface RawEntry {
  name: string | Buffer
  content: Uint8Array
  /** Compression method: 8 (default) deflates; 0 and any other store the content unpacked. */
  method?: number
  /** Packed bytes, if they differ from the packed content. */
  data?: Uint8Array
  flags?: number
  /** External attributes. The upper half is a Unix mode. */
  attributes?: number
  /** False sizes in the directory. */
  unpacked?: number
  packed?: number
  /** False offset; the entry itself is then not written. */
  offset?: number
  /** Extra fields in the directory. */
  extra?: Buffer
  comment?: Buffer
}

const u16 = (value: number) => Buffer.from(Uint16Array.of(value).buffer)
const u32 = (value: number) => Buffer.from(Uint32Array.of(value).buffer)
const u64 = (value: bigint) => Buffer.from(BigUint64Array.of(value).buffer)

interface End {
  /** False number of entries in the end record. */
  count?: number
  /** ZIP64 values: 64-bit number of entries, offset of the directory, and offset of the record with both. */
  zip64?: { count?: bigint; table?: bigint; record?: bigint }
}

/** A ZIP file, APPNOTE.TXT 4.3. */
export function rawZip(entries: readonly RawEntry[], { count = entries.length, zip64 }: End = {}): Buffer {
  const local: Buffer[] = []
  const table: Buffer[] = []
  let offset = 0
  for (const entry of entries) {
    const data = Buffer.from(entry.data ?? ((entry.method ?? 8) === 8 ? deflateRawSync(entry.content) : entry.content))
    const name = Buffer.from(entry.name)
    const shared = Buffer.concat([
      u16(entry.flags ?? 0x800), u16(entry.method ?? 8), u32(0), u32(crc32(entry.content)),
      u32(entry.packed ?? data.length), u32(entry.unpacked ?? entry.content.length), u16(name.length),
    ])
    const head = Buffer.concat([u32(0x04034b50), u16(20), shared, u16(0), name])
    const { extra = Buffer.alloc(0), comment = Buffer.alloc(0), attributes = 0o100644 << 16 } = entry
    table.push(Buffer.concat([
      u32(0x02014b50), u16(0x33f), u16(20), shared, u16(extra.length), u16(comment.length), u16(0), u16(0),
      u32(attributes >>> 0), u32(entry.offset ?? offset), name, extra, comment,
    ]))
    if (entry.offset !== undefined) continue
    local.push(head, data)
    offset += head.length + data.length
  }
  const all = Buffer.concat(table)
  const end = Buffer.concat([u32(0x06054b50), u16(0), u16(0), u16(count), u16(count), u32(all.length), u32(offset), u16(0)])
  return Buffer.concat([...local, all, ...(zip64 ? zip64Records(zip64, entries.length, all.length, offset) : []), end])
}

function zip64Records({ count, table, record }: NonNullable<End['zip64']>, entries: number, size: number, offset: number): Buffer[] {
  const total = count ?? BigInt(entries)
  return [
    u32(0x06064b50), u64(44n), u16(45), u16(45), u32(0), u32(0), u64(total), u64(total), u64(BigInt(size)),
    u64(table ?? BigInt(offset)),
    u32(0x07064b50), u32(0), u64(record ?? BigInt(offset + size)), u32(1),
  ]
}

/** ZIP64 extra field with the sizes and the offset of an entry whose 32-bit fields are full. */
export const zip64Extra = (...fields: bigint[]): Buffer => Buffer.concat([u16(1), u16(8 * fields.length), ...fields.map(u64)])
