import { channelsOf } from '../colour.ts'
import { runsOf } from './deflate.ts'
import type { Image } from './scene.ts'

/** Approximate longer side of an image, in pixels. Many programs blur what they enlarge, so each value gets several pixels. */
const SIDE = 512
/** Filter of a row that stores differences from the row above. */
const UP = 2

/** An image as PNG with its palette. The same image gives the same bytes everywhere. */
export function pngOfImage(image: Image): Uint8Array {
  const { pixels, columns, palette } = image
  const rows = pixels.length / columns
  const each = Math.max(1, Math.floor(SIDE / Math.max(rows, columns)))
  const [width, height] = [columns * each, rows * each]
  const pixelAt = (x: number, y: number) => pixels[Math.floor(y / each) * columns + Math.floor(x / each)]!
  const lines = new Uint8Array(height * (width + 1))
  for (let y = 0, at = 0; y < height; y++) {
    lines[at++] = UP
    for (let x = 0; x < width; x++) lines[at++] = pixelAt(x, y) - (y > 0 ? pixelAt(x, y - 1) : 0)
  }
  const header = [...word(width), ...word(height), 8, 3, 0, 0, 0]
  return joined([
    Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
    chunk('IHDR', Uint8Array.from(header)), chunk('PLTE', Uint8Array.from(palette.flatMap(channelsOf))),
    chunk('IDAT', compressed(lines)), chunk('IEND', new Uint8Array()),
  ])
}

/** A chunk of a PNG: length, name, data and checksum. */
export function chunk(name: string, data: Uint8Array): Uint8Array {
  const body = joined([Uint8Array.from(name, (character) => character.charCodeAt(0)), data])
  return joined([word(data.length), body, word(crc32(body))])
}

/** Bytes in the format of zlib (RFC 1950). */
const compressed = (bytes: Uint8Array): Uint8Array => joined([Uint8Array.of(0x78, 0x01), runsOf(bytes), word(adler32(bytes))])

const word = (value: number) => Uint8Array.of(value >>> 24, (value >>> 16) & 0xff, (value >>> 8) & 0xff, value & 0xff)

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}

const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1
  return value
})

function crc32(bytes: Uint8Array): number {
  let value = 0xffffffff
  for (const byte of bytes) value = table[(value ^ byte) & 0xff]! ^ (value >>> 8)
  return (value ^ 0xffffffff) >>> 0
}

function adler32(bytes: Uint8Array): number {
  let [low, high] = [1, 0]
  for (const byte of bytes) {
    low = (low + byte) % 65521
    high = (high + low) % 65521
  }
  return ((high << 16) | low) >>> 0
}

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

export function base64(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += 3) {
    const [first, second = 0, third = 0] = bytes.subarray(at, at + 3)
    const four = [first! >>> 2, ((first! & 3) << 4) | (second >>> 4), ((second & 15) << 2) | (third >>> 6), third & 63]
    text += four.map((digit) => DIGITS[digit]!).join('')
  }
  const missing = (3 - (bytes.length % 3)) % 3
  return missing === 0 ? text : text.slice(0, -missing) + '='.repeat(missing)
}
