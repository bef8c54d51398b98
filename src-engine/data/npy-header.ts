import { MISSING, oneOf } from '../experiment/problem.ts'
import { type ElementType, elementTypes } from './element-types.ts'
import { type Literal, parseLiteral } from './python-literal.ts'
import { type Refusal, refused } from './refused.ts'

/** One number in every element of an array. */
export interface ElementField {
  /** Name of the field of a record, or of a part of a complex number. Empty if an element is one number. */
  name: string
  type: ElementType
  littleEndian: boolean
  /** Bytes from the start of the element. */
  offset: number
  /** 1 for the imaginary part. */
  part: number
}

export interface NpyHeader {
  /** One or two lengths. */
  shape: number[]
  fields: ElementField[]
  /** Bytes of one element. */
  size: number
  /** The first index varies fastest. */
  fortranOrder: boolean
  dataOffset: number
}

type Parsed = { ok: true; header: NpyHeader } | Refusal

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59]
/** Magic, major and minor version. */
const PREFIX_BYTES = 8
/** Far more than numpy writes for records of many fields. */
const MOST_HEADER_BYTES = 2 ** 20

export const isNpy = (bytes: Uint8Array): boolean => MAGIC.every((byte, index) => bytes[index] === byte)

export function parseNpyHeader(bytes: Uint8Array): Parsed {
  if (!isNpy(bytes)) return refused('', 'must be an NPY file', 'a file that does not begin with \\x93NUMPY')
  const version = bytes[6]
  if (version !== 1 && version !== 2 && version !== 3) return refused('version', 'must be 1, 2 or 3', String(version))
  const lengthBytes = version === 1 ? 2 : 4
  const textOffset = PREFIX_BYTES + lengthBytes
  if (bytes.length < textOffset) return refused('header', 'must be complete', 'a file that ends inside it')
  const view = new DataView(bytes.buffer, bytes.byteOffset)
  const length = version === 1 ? view.getUint16(PREFIX_BYTES, true) : view.getUint32(PREFIX_BYTES, true)
  const dataOffset = textOffset + length
  if (bytes.length < dataOffset) return refused('header', 'must be complete', 'a file that ends inside it')
  if (length > MOST_HEADER_BYTES) return refused('header', `must be at most ${MOST_HEADER_BYTES} bytes`, `${length} bytes`)
  const text = new TextDecoder(version === 3 ? 'utf-8' : 'latin1').decode(bytes.subarray(textOffset, dataOffset))
  return parseFields(text, dataOffset)
}

function parseFields(text: string, dataOffset: number): Parsed {
  const literal = parseLiteral(text)
  if (typeof literal !== 'object' || literal === null || Array.isArray(literal)) {
    return refused('header', 'must be a dictionary of Python', show(text.trim()))
  }
  const types = fieldsOf(literal.descr)
  if (!Array.isArray(types)) return types
  const { fortran_order: order, shape } = literal
  if (typeof order !== 'boolean') return refused('fortran_order', 'must be True or False', MISSING)
  if (!Array.isArray(shape) || !shape.every((length) => typeof length === 'number' && length >= 0)) {
    return refused('shape', 'must have one or two lengths', MISSING)
  }
  const lengths = (shape as number[])
  // Axes of one entry, as of a column vector, are no dimensions.
  const used = lengths.length > 2 ? lengths.filter((length) => length !== 1) : lengths
  if (used.length < 1 || used.length > 2) {
    return refused('shape', 'must have 1 or 2 dimensions. Save one of them, such as x[0]', `${lengths.length} dimensions`)
  }
  const size = types.reduce((most, { offset, type }) => Math.max(most, offset + type.size), sizeOf(literal.descr))
  const fields = types.filter(({ name }) => name !== PADDING)
  return { ok: true, header: { shape: used, fields, size, fortranOrder: order, dataOffset } }
}

/** Name of what a record has between its fields. */
const PADDING = '\0'

/** The numbers of an element: one, the two of a complex number, or the fields of a record. */
function fieldsOf(descr: Literal | undefined): ElementField[] | Refusal {
  if (!Array.isArray(descr)) {
    const type = typeOf(descr)
    return type ? partsOf('', type, 0) : refusedType(descr)
  }
  const fields: ElementField[] = []
  let offset = 0
  for (const entry of descr) {
    const [title, code, inner] = Array.isArray(entry) ? entry : []
    const name = Array.isArray(title) ? title.at(-1) : title
    const bytes = sizeOf(code)
    if (typeof name !== 'string' || bytes === 0) return refusedType(descr)
    const type = typeOf(code)
    const repeats = Array.isArray(inner) ? (inner as number[]).reduce((product, length) => product * length, 1) : 1
    // Texts and arrays inside a record are no columns, but the others are.
    if (type && repeats === 1) fields.push(...partsOf(name, type, offset))
    offset += bytes * repeats
  }
  const end = { name: PADDING, type: { size: 0, read: () => 0 }, littleEndian: true, offset, part: 0 }
  return fields.length > 0 ? [...fields, end] : refusedType(descr)
}

const DTYPE = /^([<>|=]?)([a-zA-Z])(\d*)(?:\[[^\]]*\])?$/

interface KnownType { type: ElementType; littleEndian: boolean }

function typeOf(descr: Literal | undefined): KnownType | null {
  const match = typeof descr === 'string' ? DTYPE.exec(descr) : null
  const type = match && elementTypes.get(`${match[2]}${match[3]}`)
  return type ? { type, littleEndian: match[1] !== '>' } : null
}

/** Bytes of one value of a simple type; 0 if it is none. */
function sizeOf(descr: Literal | undefined): number {
  const match = typeof descr === 'string' ? DTYPE.exec(descr) : null
  return match === null ? 0 : Number(match[3]) * (match[2] === 'U' ? 4 : 1)
}

const partsOf = (name: string, { type, littleEndian }: KnownType, offset: number): ElementField[] =>
  (type.parts ?? ['']).map((part, index) =>
    ({ name: [name, part].filter(Boolean).join(' '), type, littleEndian, offset, part: index }))

const refusedType = (descr: Literal | undefined) => refused(
  'descr', `must be ${oneOf([...elementTypes.keys()])}, or a record of them. Convert the array with x.astype(float)`,
  descr === undefined ? MISSING : show(typeof descr === 'string' ? `'${descr}'` : pythonText(descr)),
)

function pythonText(literal: Literal): string {
  if (Array.isArray(literal)) return `(${literal.map(pythonText).join(', ')})`
  return typeof literal === 'string' ? `'${literal}'` : String(literal)
}

const LONGEST = 60

const show = (text: string) => (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text)
