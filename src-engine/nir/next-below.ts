const number = new Float64Array(1)
const bits = new BigUint64Array(number.buffer)

/** The largest double below a positive number. */
export function nextBelow(positive: number): number {
  number[0] = positive
  bits[0]! -= 1n
  return number[0]
}
