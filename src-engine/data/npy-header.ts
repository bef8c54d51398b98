import { MISSING, oneOf, type Problem } from '../experiment/problem.ts'
import { refused } from './column.ts'

export interface ElementType {
  /** Bytes. */
  size: number
  /** Can hold whole numbers beyond ±2^53, which float64 cannot distinguish. */
  wide?: true
  read(view: DataView, offset: number, littleEndian: boolean): number
}

export interface NpyHeader {
  /** One or two lengths. */
  shape: number[]
  type: ElementType
  littleEndian: boolean
  /** The first index varies fastest. */
  fortranOrder: boolean
  dataOffset: number
}

const types = new Map<string, ElementType>([
  ['f4', { size: 4, read: (view, offset, little) => view.getFloat32(offset, little) }],
  ['f8', { size: 8, read: (view, offset, little) => view.getFloat64(offset, little) }],
  ['i2', { size: 2, read: (view, offset, little) => view.getInt16(offset, little) }],
  ['i4', { size: 4, read: (view, offset, little) => view.getInt32(offset, little) }],
  ['i8', { size: 8, wide: true, read: (view, offset, little) => Number(view.getBigInt64(offset, little)) }],
  ['u1', { size: 1, read: (view, offset) => view.getUint8(offset) }],
])

type Parsed = { ok: true; header: NpyHeader } | { ok: false; problems: Problem[] }

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59]
/** Magic, major and minor version. */
const PREFIX_BYTES = 8

export function parseNpyHeader(bytes: Uint8Array): Parsed {
  if (!MAGIC.every((byte, index) => bytes[index] === byte)) return refused('', 'must be an NPY file', 'a file that does not begin with \\x93NUMPY')
  const version = bytes[6]
  if (version !== 1 && version !== 2 && version !== 3) return refused('version', 'must be 1, 2 or 3', String(version))
  const lengthBytes = version === 1 ? 2 : 4
  const textOffset = PREFIX_BYTES + lengthBytes
  if (bytes.length < textOffset) return refused('header', 'must be complete', 'a file that ends inside it')
  const view = new DataView(bytes.buffer, bytes.byteOffset)
  const length = version === 1 ? view.getUint16(PREFIX_BYTES, true) : view.getUint32(PREFIX_BYTES, true)
  const dataOffset = textOffset + length
  if (bytes.length < dataOffset) return refused('header', 'must be complete', 'a file that ends inside it')
  return parseFields(asText(bytes.subarray(textOffset, dataOffset)), dataOffset)
}

/** ASCII is enough: field names, which a version 3 header may have in UTF-8, are refused. */
const asText = (bytes: Uint8Array): string => {
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return text
}

function parseFields(text: string, dataOffset: number): Parsed {
  const descr = /'descr'\s*:\s*('[^']*'|\[.*?\]\s*(?=[,}]))/s.exec(text)?.[1] ?? MISSING
  const dtype = /^'([<>|=]?)([a-zA-Z]\d*)'$/.exec(descr)
  const type = types.get(dtype?.[2] ?? '')
  if (!dtype || !type) return refused('descr', `must be ${oneOf([...types.keys()])}, little-endian or big-endian`, show(descr))
  const order = /'fortran_order'\s*:\s*(True|False)/.exec(text)?.[1]
  if (!order) return refused('fortran_order', 'must be True or False', MISSING)
  const lengths = /'shape'\s*:\s*\(([\d,\s]*)\)/.exec(text)?.[1]
  if (lengths === undefined) return refused('shape', 'must have one or two lengths', MISSING)
  const shape = lengths.split(',').map((part) => part.trim()).filter((part) => part !== '').map(Number)
  if (shape.length < 1 || shape.length > 2) return refused('shape', 'must have 1 or 2 dimensions', `${shape.length} dimensions`)
  return { ok: true, header: { shape, type, littleEndian: dtype[1] !== '>', fortranOrder: order === 'True', dataOffset } }
}

const LONGEST = 60

const show = (text: string) => (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text)
