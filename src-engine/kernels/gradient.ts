import { type Numbers, strideOf } from './memory.ts'
import type { Raster } from './raster.ts'

/**
 * Adds up the gradient of a layer spike by spike. Σ_t a_j[t]·x̄_i[t], where x̄ is the decaying trace of the spikes x, equals
 * Σ_s x_i[s]·A_j[s], where A is a filtered backwards with the same decay. weights (A): [steps][post], sums: [pre][stride]
 */
export function gatherSpikes(
  spikes: Raster, delay: 0 | 1, post: number, gain: number, weights: Numbers, sums: Numbers,
): void {
  const stride = strideOf(post)
  for (let s = 0; s + delay < spikes.steps; s++) {
    const step = (s + delay) * post
    for (let k = spikes.offsets[s]!; k < spikes.offsets[s + 1]!; k++) {
      const row = spikes.neurons[k]! * stride
      for (let j = 0; j < post; j++) sums[row + j]! += gain * weights[step + j]!
    }
  }
}

/**
 * Adds up the same gradient as an online chip would: trace ← decay·trace + gain·ψ[t]·x̄[t] for each synapse, then
 * out += L[t]·trace. psi and signal: [steps][post], presynaptic: [steps][pre], trace and out: [post][pre]
 */
export function addRunningTraces(
  steps: number, post: number, pre: number, decay: number, gain: number,
  psi: Numbers, signal: Numbers, presynaptic: Numbers, trace: Numbers, out: Numbers,
): void {
  trace.fill(0)
  for (let t = 0; t < steps; t++) {
    for (let j = 0; j < post; j++) {
      const height = gain * psi[t * post + j]!
      const learning = signal[t * post + j]!
      const row = j * pre
      for (let i = 0; i < pre; i++) {
        const eligibility = decay * trace[row + i]! + height * presynaptic[t * pre + i]!
        trace[row + i] = eligibility
        out[row + i]! += learning * eligibility
      }
    }
  }
}
