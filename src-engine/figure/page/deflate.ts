/** Longest run that one code repeats, and the longest short one. */
const [LONGEST, SHORT] = [258, 10]
/** Shortest run that is worth a code. */
const SHORTEST = 3
const END = 256

/** Bytes as one block of deflate with its fixed codes (RFC 1951, 3.2.6), which shortens only runs of the same byte. */
export function runsOf(bytes: Uint8Array): Uint8Array {
  const bits = bitWriter()
  bits.add(0b011, 3)
  for (let at = 0; at < bytes.length;) {
    const byte = bytes[at]!
    let end = at + 1
    while (bytes[end] === byte) end++
    addCode(bits, byte)
    addRepeats(bits, byte, end - at - 1)
    at = end
  }
  addCode(bits, END)
  return bits.bytes()
}

function addRepeats(bits: BitWriter, byte: number, count: number): void {
  let rest = count
  while (rest >= SHORTEST) {
    const length = rest >= LONGEST ? LONGEST : Math.min(SHORT, rest)
    addCode(bits, length === LONGEST ? 285 : END - 2 + length)
    // Distance 1.
    bits.add(0, 5)
    rest -= length
  }
  for (; rest > 0; rest--) addCode(bits, byte)
}

function addCode(bits: BitWriter, symbol: number): void {
  if (symbol < 144) bits.add(reversed(0b00110000 + symbol, 8), 8)
  else if (symbol < 256) bits.add(reversed(0b110010000 + symbol - 144, 9), 9)
  else if (symbol < 280) bits.add(reversed(symbol - 256, 7), 7)
  else bits.add(reversed(0b11000000 + symbol - 280, 8), 8)
}

/** Codes start with their highest bit, all else with the lowest. */
function reversed(code: number, length: number): number {
  let result = 0
  for (let bit = 0; bit < length; bit++) result |= ((code >>> bit) & 1) << (length - 1 - bit)
  return result
}

interface BitWriter {
  add(value: number, length: number): void
  bytes(): Uint8Array
}

function bitWriter(): BitWriter {
  const bytes: number[] = []
  let [held, count] = [0, 0]
  return {
    add(value, length) {
      held |= value << count
      for (count += length; count >= 8; count -= 8) {
        bytes.push(held & 0xff)
        held >>>= 8
      }
    },
    bytes: () => Uint8Array.from(count > 0 ? [...bytes, held & 0xff] : bytes),
  }
}
