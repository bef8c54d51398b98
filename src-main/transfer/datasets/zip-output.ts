import { constants, crc32, deflateRawSync } from 'node:zlib'
import type { FileOutput } from './file-output.ts'

/** Marks a number that is in the extra field of ZIP64 instead. */
const ELSEWHERE = 0xFFFF_FFFF
const MANY = 0xFFFF
const STORED = 0
const DEFLATED = 8
/** Names are in UTF-8. */
const UTF8 = 0x800
/** Version of the format that a reader must know. */
const ZIP64 = 45
/** 1 January 1980, so that the same runs give the same bytes. */
const DATE = 0x21

const LOCAL_HEAD = 0x04034B50
const DIRECTORY_ENTRY = 0x02014B50
const ZIP64_END = 0x06064B50
const ZIP64_LOCATOR = 0x07064B50
const END = 0x06054B50

interface Entry {
  name: Buffer
  method: number
  crc: number
  packed: number
  size: number
  /** Where its head is in the file. */
  at: number
}

/**
 * A ZIP file that is written entry by entry (PKWARE's APPNOTE 6.3). Its directory grows in a file of its own, so the memory does not depend
 * on the number of entries. An entry is complete when `add` resolves, and its content may then be reused.
 */
export class ZipOutput {
  readonly #output: FileOutput
  readonly #directory: FileOutput
  #entries = 0

  /** @param directory an empty temporary file */
  constructor(output: FileOutput, directory: FileOutput) {
    this.#output = output
    this.#directory = directory
  }

  /** @param level of deflate; 0 to store the content as it is */
  async add(name: string, level: number, content: Iterable<Uint8Array> | AsyncIterable<Uint8Array>): Promise<void> {
    const method = level === 0 ? STORED : DEFLATED
    const entry: Entry = { name: Buffer.from(name), method, crc: 0, packed: 0, size: 0, at: this.#output.size }
    await this.#output.write(localHead(entry))
    const begin = this.#output.size
    for await (const piece of content) {
      entry.crc = crc32(piece, entry.crc)
      entry.size += piece.length
      await this.#output.write(level === 0 ? piece : deflateRawSync(piece, { level, finishFlush: constants.Z_SYNC_FLUSH }))
    }
    if (level > 0) await this.#output.write(deflateRawSync(new Uint8Array()))
    entry.packed = this.#output.size - begin
    await this.#output.rewrite(localHead(entry), entry.at)
    await this.#directory.write(directoryEntry(entry))
    this.#entries += 1
  }

  /** Write the directory. */
  async finish(): Promise<void> {
    const at = this.#output.size
    const { size } = this.#directory
    for (let from = 0; from < size; from += SLICE) {
      await this.#output.write(await this.#directory.read(from, Math.min(SLICE, size - from)))
    }
    await this.#output.write(endOf(this.#entries, at, size))
  }
}

const SLICE = 2 ** 18

/** Both sizes are always in an extra field, so that the head can be rewritten once they are known. */
function localHead({ name, method, crc, packed, size }: Entry): Buffer {
  const fixed = Buffer.alloc(30)
  fixed.writeUInt32LE(LOCAL_HEAD, 0)
  fixed.writeUInt16LE(ZIP64, 4)
  writeCommon(fixed, 6, method, crc)
  fixed.writeUInt32LE(ELSEWHERE, 18)
  fixed.writeUInt32LE(ELSEWHERE, 22)
  fixed.writeUInt16LE(name.length, 26)
  const extra = zip64Extra([size, packed])
  fixed.writeUInt16LE(extra.length, 28)
  return Buffer.concat([fixed, name, extra])
}

function directoryEntry({ name, method, crc, packed, size, at }: Entry): Buffer {
  const fixed = Buffer.alloc(46)
  fixed.writeUInt32LE(DIRECTORY_ENTRY, 0)
  fixed.writeUInt16LE(ZIP64, 4)
  fixed.writeUInt16LE(ZIP64, 6)
  writeCommon(fixed, 8, method, crc)
  fixed.writeUInt32LE(Math.min(packed, ELSEWHERE), 20)
  fixed.writeUInt32LE(Math.min(size, ELSEWHERE), 24)
  fixed.writeUInt16LE(name.length, 28)
  const extra = zip64Extra([size, packed, at].filter((number) => number >= ELSEWHERE))
  fixed.writeUInt16LE(extra.length, 30)
  fixed.writeUInt32LE(Math.min(at, ELSEWHERE), 42)
  return Buffer.concat([fixed, name, extra])
}

/** Flags, method, time, date and checksum. */
function writeCommon(to: Buffer, at: number, method: number, crc: number): void {
  to.writeUInt16LE(UTF8, at)
  to.writeUInt16LE(method, at + 2)
  to.writeUInt16LE(DATE, at + 6)
  to.writeUInt32LE(crc, at + 8)
}

function zip64Extra(numbers: readonly number[]): Buffer {
  if (numbers.length === 0) return Buffer.alloc(0)
  const extra = Buffer.alloc(4 + 8 * numbers.length)
  extra.writeUInt16LE(1, 0)
  extra.writeUInt16LE(8 * numbers.length, 2)
  for (const [index, number] of numbers.entries()) extra.writeBigUInt64LE(BigInt(number), 4 + 8 * index)
  return extra
}

/** @param at where the directory begins @param size of the directory, bytes */
function endOf(entries: number, at: number, size: number): Buffer {
  const isLarge = entries >= MANY || at + size >= ELSEWHERE
  const end = Buffer.alloc(22)
  end.writeUInt32LE(END, 0)
  end.writeUInt16LE(Math.min(entries, MANY), 8)
  end.writeUInt16LE(Math.min(entries, MANY), 10)
  end.writeUInt32LE(Math.min(size, ELSEWHERE), 12)
  end.writeUInt32LE(Math.min(at, ELSEWHERE), 16)
  return isLarge ? Buffer.concat([zip64End(entries, at, size), end]) : end
}

function zip64End(entries: number, at: number, size: number): Buffer {
  const large = Buffer.alloc(76)
  large.writeUInt32LE(ZIP64_END, 0)
  large.writeBigUInt64LE(44n, 4)
  large.writeUInt16LE(ZIP64, 12)
  large.writeUInt16LE(ZIP64, 14)
  for (const [index, number] of [entries, entries, size, at].entries()) large.writeBigUInt64LE(BigInt(number), 24 + 8 * index)
  large.writeUInt32LE(ZIP64_LOCATOR, 56)
  large.writeBigUInt64LE(BigInt(at + size), 64)
  large.writeUInt32LE(1, 72)
  return large
}
