import type { Chance } from '../../scripts/chaos/random.ts'

const numbers = ['0', '-0', '-1', '1', '65536', '2147483648', '9007199254740993', '1e999', '-1e999', '1e-400', 'NaN', 'Infinity', '0x10', '1_000', '٣']
const texts = ['"', '""', '\'', ',', ';', '\t', '\r', '\n', '\r\n', '\0', '\ufeff', '\u202e', '\\', '{', '}', '[', ']', '(', ')', '__proto__', '../', '=1+1', 'null', 'true', ' ', '\u00a0', '−', 'é', '字']

/** One to four changes of bytes, mostly one. @param others of the same kind, parts of which are taken over */
export function mutatedBytes(bytes: Uint8Array, chance: Chance, others: readonly Uint8Array[]): Uint8Array {
  let changed = Buffer.from(bytes)
  for (let left = chance.oneOf([1, 1, 1, 2, 4]); left > 0; left--) changed = changeOf(changed, chance, others)
  return changed
}

/** Longest part that is moved, doubled or left out. */
const LONGEST = 400

function changeOf(bytes: Buffer<ArrayBuffer>, chance: Chance, others: readonly Uint8Array[]): Buffer<ArrayBuffer> {
  const at = chance.index(bytes.length + 1)
  const [before, after] = [bytes.subarray(0, at), bytes.subarray(at)]
  const length = 1 + chance.index(LONGEST)
  const inserted = (some: Uint8Array) => Buffer.concat([before, some, after])
  switch (chance.index(8)) {
    case 0: return withByte(bytes, at, (byte) => byte ^ (1 << chance.index(8)))
    case 1: return withByte(bytes, at, () => chance.oneOf([0, 0x7f, 0x80, 0xff, chance.index(256)]))
    case 2: return Buffer.concat([before, after.subarray(length)])
    case 3: return inserted(after.subarray(0, length))
    case 4: return Buffer.from(before)
    case 5: return inserted(Buffer.from(chance.oneOf(chance.index(2) === 0 ? numbers : texts)))
    case 6: return Buffer.concat([before, Buffer.from(chance.oneOf(numbers)), after.subarray(1 + chance.index(6))])
    default: {
      const other = chance.oneOf(others)
      return Buffer.concat([before, other.subarray(chance.index(other.length))])
    }
  }
}

function withByte(bytes: Buffer<ArrayBuffer>, at: number, change: (byte: number) => number): Buffer<ArrayBuffer> {
  const copy = Buffer.from(bytes)
  if (at < copy.length) copy[at] = change(copy[at]!)
  return copy
}

const deep = (levels: number): unknown => (levels === 0 ? 1 : [deep(levels - 1)])

const values = (chance: Chance): unknown => chance.oneOf([
  null, true, false, 0, -0, -1, 1, 0.1, 1e9, 2 ** 53, 1e308, -1e308, 5e-324, '', ' ', 'x', '0', 'NaN', '__proto__', 'a\nb', '\u202eb', 'é'.repeat(300), [], {}, [[]], deep(200),
  Array.from({ length: 2000 }, () => ''), Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`name${index}`, 1])), JSON.parse('{"__proto__":{"polluted":1}}'),
])

/** One to three changes of the values, lists and names of a JSON document. */
export function mutatedJson(document: unknown, chance: Chance): unknown {
  let changed = structuredClone(document)
  for (let left = 1 + chance.index(3); left > 0; left--) changed = changeOfJson(changed, chance)
  return changed
}

function changeOfJson(value: unknown, chance: Chance): unknown {
  const keys = typeof value === 'object' && value !== null ? Object.keys(value) : []
  // Deeper with each step, so that values at every depth are changed.
  if (keys.length > 0 && chance.index(6) > 0) {
    const group = value as Record<string, unknown>
    const key = chance.oneOf(keys)
    const changed = changeOfJson(group[key], chance)
    Object.defineProperty(group, key, { value: changed, enumerable: true, writable: true, configurable: true })
    return group
  }
  switch (keys.length > 0 ? chance.index(4) : 3) {
    case 0: return without(value as object, chance.oneOf(keys))
    case 1: return Array.isArray(value) ? [...value as unknown[], ...value as unknown[]] : { ...value as object, [chance.oneOf(['more', 'kind', 'version', '', '__proto__x'])]: values(chance) }
    case 2: return Array.isArray(value) ? (value as unknown[]).toReversed() : Object.fromEntries(Object.entries(value as object).map(([key, one], index) => [index === 0 ? `${key} ` : key, one]))
    default: return typeof value === 'number' && chance.index(2) === 0 ? value * chance.oneOf([-1, 0.5, 10, 1e6, 1 + 2 ** -40]) : values(chance)
  }
}

const without = (value: object, key: string): unknown =>
  (Array.isArray(value)
    ? (value as unknown[]).filter((_, index) => String(index) !== key)
    : Object.fromEntries(Object.entries(value).filter(([name]) => name !== key)))
