/**
 * Parameter block: 32 float32 numbers, then 8 32-bit integers. The engine writes laws here, and what changes at every step, because
 * JavaScript would allocate each fraction that it passes as an argument. Each law has its place (see ../laws.ts).
 */
const block = memory.data(160, 16)

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
  return load<i32>(block + 128 + (k << 2))
}
