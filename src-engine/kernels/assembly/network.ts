import { real } from './parameters'

/** See `addColumns` in ../network.ts. The sums stay in registers from the first spike to the last. */
export function addColumns(
  offsets: usize, spikes: usize, step: i32, stride: i32, columns: usize, current: usize,
): void {
  const first = spikes + (<usize>load<u32>(offsets + (<usize>step << 2)) << 1)
  const end = spikes + (<usize>load<u32>(offsets + (<usize>(step + 1) << 2)) << 1)
  if (first == end) return
  const row = <usize>stride << 2
  let j: usize = 0
  for (; j + 64 <= row; j += 64) addSixteen(first, end, row, columns + j, current + j)
  for (; j < row; j += 32) addEight(first, end, row, columns + j, current + j)
}

// @ts-ignore: decorator
@inline
function addSixteen(first: usize, end: usize, row: usize, columns: usize, current: usize): void {
  let s0 = v128.load(current)
  let s1 = v128.load(current, 16)
  let s2 = v128.load(current, 32)
  let s3 = v128.load(current, 48)
  for (let spike = first; spike < end; spike += 2) {
    const column = columns + <usize>load<u16>(spike) * row
    s0 = f32x4.add(s0, v128.load(column))
    s1 = f32x4.add(s1, v128.load(column, 16))
    s2 = f32x4.add(s2, v128.load(column, 32))
    s3 = f32x4.add(s3, v128.load(column, 48))
  }
  v128.store(current, s0)
  v128.store(current, s1, 16)
  v128.store(current, s2, 32)
  v128.store(current, s3, 48)
}

// @ts-ignore: decorator
@inline
function addEight(first: usize, end: usize, row: usize, columns: usize, current: usize): void {
  let s0 = v128.load(current)
  let s1 = v128.load(current, 16)
  for (let spike = first; spike < end; spike += 2) {
    const column = columns + <usize>load<u16>(spike) * row
    s0 = f32x4.add(s0, v128.load(column))
    s1 = f32x4.add(s1, v128.load(column, 16))
  }
  v128.store(current, s0)
  v128.store(current, s1, 16)
}

/** See `stepMembranes` in ../network.ts. The law is in the parameter block. */
export function stepMembranes(
  step: i32, neurons: i32,
  current: usize, membrane: usize, offsets: usize, spikes: usize, counts: usize, readyAt: usize,
): void {
  const alpha = real(8)
  const gain = real(9)
  const threshold = real(10)
  const atThreshold = real(11) != 0
  const refractory = <i32>real(12)
  const now = membrane + ((<usize>step * neurons) << 2)
  const before = now - (<usize>neurons << 2)
  let j: usize = 0
  const whole = (<usize>neurons << 2) & ~15
  const end = <usize>neurons << 2
  if (step == 0) {
    for (; j < end; j += 4) store<f32>(now + j, gain * load<f32>(current + j))
  } else {
    for (; j < whole; j += 16) {
      const decayed = f32x4.mul(f32x4.splat(alpha), v128.load(before + j))
      v128.store(now + j, f32x4.add(f32x4.mul(f32x4.splat(gain), v128.load(current + j)), decayed))
    }
    for (; j < end; j += 4) store<f32>(now + j, gain * load<f32>(current + j) + alpha * load<f32>(before + j))
    subtractThreshold(step, threshold, now, offsets, spikes)
  }
  memory.fill(current, 0, end)
  fire(step, neurons, threshold, atThreshold, refractory, now, offsets, spikes, counts, readyAt)
}

function subtractThreshold(step: i32, threshold: f32, now: usize, offsets: usize, spikes: usize): void {
  const last = load<u32>(offsets + (<usize>step << 2))
  for (let k = load<u32>(offsets + (<usize>(step - 1) << 2)); k < last; k++) {
    const own = now + (<usize>load<u16>(spikes + (<usize>k << 1)) << 2)
    store<f32>(own, load<f32>(own) - threshold)
  }
}

function fire(
  step: i32, neurons: i32, threshold: f32, atThreshold: bool, refractory: i32,
  now: usize, offsets: usize, spikes: usize, counts: usize, readyAt: usize,
): void {
  let count = load<u32>(offsets + (<usize>step << 2))
  let j = 0
  const level = f32x4.splat(threshold)
  for (; j + 4 <= neurons; j += 4) {
    const v = v128.load(now + (<usize>j << 2))
    let above = i32x4.bitmask(atThreshold ? f32x4.ge(v, level) : f32x4.gt(v, level))
    for (; above != 0; above &= above - 1) count = spike(step, refractory, j + ctz(above), count, spikes, counts, readyAt)
  }
  for (; j < neurons; j++) {
    const v = load<f32>(now + (<usize>j << 2))
    if (v > threshold || (atThreshold && v == threshold)) count = spike(step, refractory, j, count, spikes, counts, readyAt)
  }
  store<u32>(offsets + (<usize>(step + 1) << 2), count)
}

/** Adds a spike unless the neuron is refractory. Returns the number of spikes so far. */
// @ts-ignore: decorator
@inline
function spike(step: i32, refractory: i32, neuron: i32, count: u32, spikes: usize, counts: usize, readyAt: usize): u32 {
  const ready = readyAt + (<usize>neuron << 2)
  if (<u32>step < load<u32>(ready)) return count
  store<u32>(ready, step + refractory + 1)
  store<u16>(spikes + (<usize>count << 1), <u16>neuron)
  const own = counts + (<usize>neuron << 2)
  store<u32>(own, load<u32>(own) + 1)
  return count + 1
}
