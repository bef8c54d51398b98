/** Array of numbers in one of the two precisions: float64 in the reference, float32 on the fast path. */
export type Numbers = Float64Array | Float32Array

/** Padded length of a column or current: a multiple of eight, which is two SIMD vectors. The padding is never used. */
export const strideOf = (neurons: number) => (neurons + 7) & ~7

/** Alignment of arrays, bytes: SIMD loads are fastest if they do not cross cache lines. */
export const ALIGNMENT = 64

/** Bytes of kernel memory that an array needs. The default element is float32 or a 32-bit count. */
export const bytesOf = (length: number, bytesPerElement = 4) => Math.ceil((length * bytesPerElement) / ALIGNMENT) * ALIGNMENT

/** Allocator of the kernels' arrays. Every new array is filled with zeros. */
export interface Memory {
  /** Array type for arrays that no kernel uses, in the precision of the kernels. */
  readonly Numbers: Float64ArrayConstructor | Float32ArrayConstructor
  /** @throws RangeError if the memory is used up */
  numbers(length: number): Numbers
  /** @throws RangeError if the memory is used up */
  counts(length: number): Uint32Array<ArrayBuffer>
  /** @throws RangeError if the memory is used up */
  indices(length: number): Uint16Array<ArrayBuffer>
}
