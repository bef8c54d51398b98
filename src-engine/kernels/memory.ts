/** Numbers in one of the two precisions: float64 in the reference, float32 on the fast path. */
export type Numbers = Float64Array | Float32Array

/** Neurons of a column or current are padded to whole pairs of vectors; what lies beyond is never looked at. */
export const strideOf = (neurons: number) => (neurons + 7) & ~7

/** SIMD loads are fastest where they do not straddle cache lines. */
export const ALIGNMENT = 64

/** Bytes of the kernels' memory that an array takes; of float32 or 32-bit counts by default. */
export const bytesOf = (length: number, bytesPerElement = 4) => Math.ceil((length * bytesPerElement) / ALIGNMENT) * ALIGNMENT

/** Where the kernels' arrays come from. Every array is zeros. */
export interface Memory {
  /** Precision of arrays that no kernel touches. */
  readonly Numbers: Float64ArrayConstructor | Float32ArrayConstructor
  /** @throws RangeError when the memory is used up. */
  numbers(length: number): Numbers
  counts(length: number): Uint32Array<ArrayBuffer>
  indices(length: number): Uint16Array<ArrayBuffer>
}
