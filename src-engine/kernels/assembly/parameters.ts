/**
 * Numbers of a call that comes at every step, written here by the engine: JavaScript would allocate each fraction that
 * it hands over as an argument. 16 float32, then 8 whole numbers of 32 bits.
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
