import { real } from './parameters'

/** See `addColumns` in ../network.ts. */
export function addColumns(
  offsets: usize, spikes: usize, step: i32, stride: i32, columns: usize, current: usize,
): void {
  const last = load<u32>(offsets + (<usize>(step + 1) << 2))
  for (let k = load<u32>(offsets + (<usize>step << 2)); k < last; k++) {
    const column = columns + ((<usize>load<u16>(spikes + (<usize>k << 1)) * stride) << 2)
    for (let j: usize = 0; j < <usize>stride << 2; j += 16) {
      v128.store(current + j, f32x4.add(v128.load(current + j), v128.load(column + j)))
    }
  }
}

/** See `stepMembranes` in ../network.ts; decay, gain and threshold come as parameters. */
export function stepMembranes(
  step: i32, neurons: i32, atThreshold: bool,
  current: usize, membrane: usize, offsets: usize, spikes: usize, counts: usize,
): void {
  const alpha = real(0)
  const gain = real(1)
  const threshold = real(2)
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
  fire(step, neurons, threshold, atThreshold, now, offsets, spikes, counts)
}

function subtractThreshold(step: i32, threshold: f32, now: usize, offsets: usize, spikes: usize): void {
  const last = load<u32>(offsets + (<usize>step << 2))
  for (let k = load<u32>(offsets + (<usize>(step - 1) << 2)); k < last; k++) {
    const own = now + (<usize>load<u16>(spikes + (<usize>k << 1)) << 2)
    store<f32>(own, load<f32>(own) - threshold)
  }
}

function fire(
  step: i32, neurons: i32, threshold: f32, atThreshold: bool, now: usize, offsets: usize, spikes: usize, counts: usize,
): void {
  let count = load<u32>(offsets + (<usize>step << 2))
  let j = 0
  const level = f32x4.splat(threshold)
  for (; j + 4 <= neurons; j += 4) {
    const v = v128.load(now + (<usize>j << 2))
    let above = i32x4.bitmask(atThreshold ? f32x4.ge(v, level) : f32x4.gt(v, level))
    for (; above != 0; above &= above - 1) count = spike(j + ctz(above), count, spikes, counts)
  }
  for (; j < neurons; j++) {
    const v = load<f32>(now + (<usize>j << 2))
    if (v > threshold || (atThreshold && v == threshold)) count = spike(j, count, spikes, counts)
  }
  store<u32>(offsets + (<usize>(step + 1) << 2), count)
}

// @ts-ignore: decorator
@inline
function spike(neuron: i32, count: u32, spikes: usize, counts: usize): u32 {
  store<u16>(spikes + (<usize>count << 1), <u16>neuron)
  const own = counts + (<usize>neuron << 2)
  store<u32>(own, load<u32>(own) + 1)
  return count + 1
}
