import { bytesOf } from '../../library/codec.ts'

const MAGIC = [0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59, 1, 0]
/** Readers map the elements into memory if they begin at a multiple of this. */
const ALIGNMENT = 64

/**
 * Head of a file in NumPy's format, version 1.0 (numpy.org/doc/stable/reference/generated/numpy.lib.format.html).
 * @param descr type of the elements, such as '<f4'
 */
export function npyHead(descr: string, shape: readonly number[]): Buffer {
  const tuple = shape.length === 1 ? `${shape[0]},` : shape.join(', ')
  const text = `{'descr': '${descr}', 'fortran_order': False, 'shape': (${tuple}), }`
  const before = MAGIC.length + 2
  const length = Math.ceil((before + text.length + 1) / ALIGNMENT) * ALIGNMENT - before
  const head = Buffer.alloc(before + length, ' ')
  head.set(MAGIC)
  head.writeUInt16LE(length, MAGIC.length)
  head.write(text, before, 'latin1')
  head.write('\n', before + length - 1, 'latin1')
  return head
}

/** Texts as NumPy stores them: UTF-32, each filled with zeros to `points` code points. */
export function utf32(texts: readonly string[], points: number): Uint8Array {
  const codes = new Uint32Array(texts.length * points)
  for (const [row, text] of texts.entries()) {
    let at = row * points
    for (const character of text) codes[at++] = character.codePointAt(0)!
  }
  return bytesOf(codes)
}
