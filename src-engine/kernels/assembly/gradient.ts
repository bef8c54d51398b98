/** See `gatherSpikes` in ../gradient.ts. The weights of a step stay in registers for all its spikes. */
export function gatherSpikes(
  steps: i32, delay: i32, post: i32, gain: f32, offsets: usize, spikes: usize, signal: usize, sums: usize,
): void {
  const row = <usize>post << 2
  const stride = (row + 31) & ~31
  for (let s = 0; s + delay < steps; s++) {
    const first = spikes + (<usize>load<u32>(offsets + (<usize>s << 2)) << 1)
    const end = spikes + (<usize>load<u32>(offsets + (<usize>(s + 1) << 2)) << 1)
    if (first == end) continue
    const weights = signal + <usize>(s + delay) * row
    let j: usize = 0
    for (; j + 64 <= row; j += 64) gatherSixteen(first, end, stride, gain, weights + j, sums + j)
    for (; j + 16 <= row; j += 16) gatherFour(first, end, stride, gain, weights + j, sums + j)
    for (; j < row; j += 4) gatherOne(first, end, stride, gain, weights + j, sums + j)
  }
}

// @ts-ignore: decorator
@inline
function gatherSixteen(first: usize, end: usize, stride: usize, gain: f32, weights: usize, sums: usize): void {
  const factor = f32x4.splat(gain)
  const w0 = f32x4.mul(factor, v128.load(weights))
  const w1 = f32x4.mul(factor, v128.load(weights, 16))
  const w2 = f32x4.mul(factor, v128.load(weights, 32))
  const w3 = f32x4.mul(factor, v128.load(weights, 48))
  for (let spike = first; spike < end; spike += 2) {
    const sum = sums + <usize>load<u16>(spike) * stride
    v128.store(sum, f32x4.add(v128.load(sum), w0))
    v128.store(sum, f32x4.add(v128.load(sum, 16), w1), 16)
    v128.store(sum, f32x4.add(v128.load(sum, 32), w2), 32)
    v128.store(sum, f32x4.add(v128.load(sum, 48), w3), 48)
  }
}

// @ts-ignore: decorator
@inline
function gatherFour(first: usize, end: usize, stride: usize, gain: f32, weights: usize, sums: usize): void {
  const weight = f32x4.mul(f32x4.splat(gain), v128.load(weights))
  for (let spike = first; spike < end; spike += 2) {
    const sum = sums + <usize>load<u16>(spike) * stride
    v128.store(sum, f32x4.add(v128.load(sum), weight))
  }
}

// @ts-ignore: decorator
@inline
function gatherOne(first: usize, end: usize, stride: usize, gain: f32, weights: usize, sums: usize): void {
  const weight = gain * load<f32>(weights)
  for (let spike = first; spike < end; spike += 2) {
    const sum = sums + <usize>load<u16>(spike) * stride
    store<f32>(sum, load<f32>(sum) + weight)
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
