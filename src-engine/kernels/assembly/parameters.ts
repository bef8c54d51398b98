/**
 * Parameter block for calls at every step: 16 float32 numbers, then 8 32-bit integers. The engine writes them here because
 * JavaScript would allocate each fraction that it passes as an argument.
 */
const block = memory.data(96, 16)

export function parameters(): usize {
  return block
}

// @ts-ignore: decorator
@inline
export function real(k: usize): f32 {
  return load<f32>(block + (k << 2))
}

// @ts-ignore: decorator
@inline
export function whole(k: usize): i32 {
  return load<i32>(block + 64 + (k << 2))
}
