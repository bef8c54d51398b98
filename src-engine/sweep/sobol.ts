/**
 * Primitive polynomials and first direction numbers of dimensions 2 to 16: Joe and Kuo, SIAM J. Sci. Comput. 30, 2635 (2008), table
 * new-joe-kuo-6. Each row has the polynomial's inner coefficients as bits, then m₁, m₂, …, as many as its degree.
 */
const DIRECTIONS: readonly (readonly [coefficients: number, ...starts: number[]])[] = [
  [0, 1],
  [1, 1, 3],
  [1, 1, 3, 1],
  [2, 1, 1, 1],
  [1, 1, 1, 3, 3],
  [4, 1, 3, 5, 13],
  [2, 1, 1, 5, 5, 17],
  [4, 1, 1, 5, 5, 5],
  [7, 1, 1, 7, 11, 19],
  [11, 1, 1, 5, 1, 1],
  [13, 1, 1, 1, 3, 11],
  [14, 1, 3, 5, 5, 31],
  [1, 1, 3, 3, 9, 7, 49],
  [13, 1, 1, 1, 15, 21, 21],
  [16, 1, 3, 1, 13, 27, 49],
]

const BITS = 32

export const MOST_DIMENSIONS = DIRECTIONS.length + 1

/** Point `index` of the Sobol sequence in one dimension, as 32 bits after the binary point. Both are counted from 0. */
export function sobol(index: number, dimension: number): number {
  const directions = directionsOf(dimension)
  let gray = index ^ (index >>> 1)
  let bits = 0
  for (let bit = 0; gray !== 0; bit++, gray >>>= 1) if (gray & 1) bits ^= directions[bit]!
  return bits >>> 0
}

/** Direction numbers v₁ … v₃₂ of one dimension. */
function directionsOf(dimension: number): Uint32Array {
  const directions = new Uint32Array(BITS)
  if (dimension === 0) return directions.map((_, bit) => 2 ** (BITS - 1 - bit))
  const [coefficients, ...starts] = DIRECTIONS[dimension - 1]!
  const degree = starts.length
  for (let bit = 0; bit < BITS; bit++) {
    if (bit < degree) directions[bit] = starts[bit]! * 2 ** (BITS - 1 - bit)
    else directions[bit] = next(directions, bit, degree, coefficients)
  }
  return directions
}

function next(directions: Uint32Array, bit: number, degree: number, coefficients: number): number {
  const last = directions[bit - degree]!
  let value = last ^ (last >>> degree)
  for (let k = 1; k < degree; k++) {
    if ((coefficients >>> (degree - 1 - k)) & 1) value ^= directions[bit - k]!
  }
  return value >>> 0
}
