import { addScaledRow } from './traces'

/** See `gatherSpikes` in ../gradient.ts. */
export function gatherSpikes(
  steps: i32, delay: i32, post: i32, gain: f32, offsets: usize, spikes: usize, signal: usize, sums: usize,
): void {
  const row = <usize>post << 2
  const stride = (row + 31) & ~31
  for (let s = 0; s + delay < steps; s++) {
    const weights = signal + <usize>(s + delay) * row
    const last = load<u32>(offsets + (<usize>(s + 1) << 2))
    for (let k = load<u32>(offsets + (<usize>s << 2)); k < last; k++) {
      addScaledRow(row, gain, weights, sums + <usize>load<u16>(spikes + (<usize>k << 1)) * stride)
    }
  }
}

/** See `addRunningTraces` in ../gradient.ts. */
export function addRunningTraces(
  steps: i32, post: i32, pre: i32, decay: f32, gain: f32,
  psi: usize, signal: usize, presynaptic: usize, trace: usize, out: usize,
): void {
  const row = <usize>pre << 2
  memory.fill(trace, 0, <usize>post * row)
  for (let t = 0; t < steps; t++) {
    for (let j = 0; j < post; j++) {
      const at = <usize>(t * post + j) << 2
      const synapses = <usize>j * row
      runRow(
        row, decay, gain * load<f32>(psi + at), load<f32>(signal + at),
        presynaptic + <usize>t * row, trace + synapses, out + synapses,
      )
    }
  }
}

// @ts-ignore: decorator
@inline
function runRow(row: usize, decay: f32, height: f32, learning: f32, presynaptic: usize, trace: usize, out: usize): void {
  let k: usize = 0
  for (; k + 16 <= row; k += 16) {
    const risen = f32x4.mul(f32x4.splat(height), v128.load(presynaptic + k))
    const eligibility = f32x4.add(f32x4.mul(f32x4.splat(decay), v128.load(trace + k)), risen)
    v128.store(trace + k, eligibility)
    v128.store(out + k, f32x4.add(v128.load(out + k), f32x4.mul(f32x4.splat(learning), eligibility)))
  }
  for (; k < row; k += 4) {
    const eligibility = decay * load<f32>(trace + k) + height * load<f32>(presynaptic + k)
    store<f32>(trace + k, eligibility)
    store<f32>(out + k, load<f32>(out + k) + learning * eligibility)
  }
}
