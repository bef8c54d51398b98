import type { EligibilityLaw } from './kernels.ts'
import type { Numbers } from './memory.ts'
import type { Raster } from './raster.ts'

/** traces[t] = decay·traces[t−1] + gain·spike[t−delay]. traces: [steps][width] */
export function spikeTraces(spikes: Raster, width: number, decay: number, gain: number, delay: 0 | 1, traces: Numbers): void {
  for (let t = 0; t < spikes.steps; t++) {
    const now = t * width
    for (let i = 0; i < width; i++) traces[now + i] = t > 0 ? decay * traces[now - width + i] : 0
    const from = t - delay
    if (from < 0) continue
    for (let k = spikes.offsets[from]; k < spikes.offsets[from + 1]; k++) traces[now + spikes.neurons[k]] += gain
  }
}

/** ψ = peak·max(0, 1 − |v − v_th|/v_th). */
export function surrogates(threshold: number, peak: number, membrane: Numbers, psi: Numbers): void {
  for (let k = 0; k < membrane.length; k++) psi[k] = surrogate(membrane[k], threshold, peak)
}

function surrogate(v: number, threshold: number, peak: number): number {
  const height = 1 - Math.abs(v - threshold) / threshold
  return height > 0 ? peak * height : 0
}

/** L_j[t] = base_j + Σ_o B_oj·error_o[t]. */
export function learningSignals(
  steps: number, neurons: number, outputs: number, base: Numbers, feedback: Numbers, error: Numbers, signal: Numbers,
): void {
  for (let t = 0; t < steps; t++) {
    for (let j = 0; j < neurons; j++) {
      let sum = base[j]
      for (let o = 0; o < outputs; o++) sum += feedback[o * neurons + j] * error[t * outputs + o]
      signal[t * neurons + j] = sum
    }
  }
}

/** Runs both filters of the gradient backwards: L̃[t] = gain·L[t] + κ·L̃[t+1] and A[t] = ψ[t]·(L̃[t] + pull) + α·A[t+1]. */
export function spikeWeights(
  steps: number, neurons: number, outputs: number, law: EligibilityLaw,
  base: Numbers, pull: Numbers, feedback: Numbers, error: Numbers, membrane: Numbers, filtered: Numbers, weights: Numbers,
): void {
  filtered.fill(0)
  learningSignals(steps, neurons, outputs, base, feedback, error, weights)
  for (let t = steps - 1; t >= 0; t--) {
    for (let j = 0, k = t * neurons; j < neurons; j++, k++) {
      filtered[j] = law.filterGain * weights[k] + law.kappa * filtered[j]
      const later = t + 1 < steps ? law.alpha * weights[k + neurons] : 0
      weights[k] = surrogate(membrane[k], law.threshold, law.surrogatePeak) * (filtered[j] + pull[j]) + later
    }
  }
}
