import type { Numbers } from './memory.ts'
import { boxMuller } from './normal.ts'
import { threefry } from './threefry.ts'

const block = { first: 0, second: 0 }
const pair = new Float64Array(2)

/** Reference of `Kernels.normalPairs`: pairs of standard normals at the counters (start + k·stride, readIndex) under one key. */
export function normalPairs(
  key0: number, key1: number, start: number, stride: number, readIndex: number, first: Numbers, second: Numbers,
): void {
  for (let k = 0; k < first.length; k++) {
    threefry(key0, key1, start + k * stride, readIndex, block)
    boxMuller(block, pair)
    first[k] = pair[0]!
    second[k] = pair[1]!
  }
}
