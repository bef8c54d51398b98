import type { EligibilityLaw, SurrogateLaw } from './kernels.ts'
import type { Numbers } from './memory.ts'
import type { Raster } from './raster.ts'

/** traces[t] = decay·traces[t−1] + gain·spike[t−delay]. traces: [steps][width] */
export function spikeTraces(spikes: Raster, width: number, decay: number, gain: number, delay: 0 | 1, traces: Numbers): void {
  for (let t = 0; t < spikes.steps; t++) {
    const now = t * width
    for (let i = 0; i < width; i++) traces[now + i] = t > 0 ? decay * traces[now - width + i]! : 0
    const from = t - delay
    if (from < 0) continue
    for (let k = spikes.offsets[from]!; k < spikes.offsets[from + 1]!; k++) traces[now + spikes.neurons[k]!]! += gain
  }
}

/** ψ = peak·max(0, 1 − |v − v_th|/width). Returns the number of elements with ψ = 0. */
export function surrogates(law: SurrogateLaw, membrane: Numbers, psi: Numbers): number {
  let zeros = 0
  for (let k = 0; k < membrane.length; k++) {
    psi[k] = surrogate(membrane[k]!, law)
    if (psi[k] === 0) zeros += 1
  }
  return zeros
}

function surrogate(v: number, { threshold, surrogatePeak, surrogateWidth }: SurrogateLaw): number {
  const height = 1 - Math.abs(v - threshold) / surrogateWidth
  return height > 0 ? surrogatePeak * height : 0
}

/** L_j[t] = base_j + Σ_o B_oj·error_o[t]. */
export function learningSignals(
  steps: number, neurons: number, outputs: number, base: Numbers, feedback: Numbers, error: Numbers, signal: Numbers,
): void {
  for (let t = 0; t < steps; t++) {
    for (let j = 0; j < neurons; j++) signal[t * neurons + j] = learningSignal(t, j, neurons, outputs, base, feedback, error)
  }
}

function learningSignal(
  t: number, j: number, neurons: number, outputs: number, base: Numbers, feedback: Numbers, error: Numbers,
): number {
  let sum = base[j]!
  for (let o = 0; o < outputs; o++) sum += feedback[o * neurons + j]! * error[t * outputs + o]!
  return sum
}

/**
 * Runs both filters of the gradient backwards: L̃[t] = gain·L[t] + κ·L̃[t+1] and A[t] = ψ[t]·(L̃[t] + pull) + α·A[t+1].
 * `weights` holds ψ, which A replaces.
 */
export function spikeWeights(
  steps: number, neurons: number, outputs: number, law: EligibilityLaw,
  base: Numbers, pull: Numbers, feedback: Numbers, error: Numbers, filtered: Numbers, weights: Numbers,
): void {
  filtered.fill(0)
  for (let t = steps - 1; t >= 0; t--) {
    for (let j = 0, k = t * neurons; j < neurons; j++, k++) {
      const signal = learningSignal(t, j, neurons, outputs, base, feedback, error)
      filtered[j] = law.filterGain * signal + law.kappa * filtered[j]!
      const later = t + 1 < steps ? law.alpha * weights[k + neurons]! : 0
      weights[k] = weights[k]! * (filtered[j]! + pull[j]!) + later
    }
  }
}
