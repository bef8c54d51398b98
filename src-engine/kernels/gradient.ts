/**
 * out[j][i] += Σ_t a[t][j]·b[t][i]: the gradient of a whole layer as one product over time.
 * Rows where a is 0 (a neuron far from its threshold) cost nothing. a: [steps][post], b: [steps][pre], out: [post][pre].
 */
export function addOuterProducts(
  steps: number, post: number, pre: number,
  a: Float64Array, b: Float64Array, out: Float64Array,
): void {
  for (let t = 0; t < steps; t++) {
    for (let j = 0; j < post; j++) {
      const factor = a[t * post + j]
      if (factor === 0) continue
      const row = j * pre
      const trace = t * pre
      for (let i = 0; i < pre; i++) out[row + i] += factor * b[trace + i]
    }
  }
}

/** x[t] ← Σ_{s ≥ t} decay^(s−t)·gain·x[s] in place: an exponential filter that runs backwards. x: [steps][width]. */
export function filterBackwards(steps: number, width: number, decay: number, gain: number, x: Float64Array): void {
  for (let k = (steps - 1) * width; k < steps * width; k++) x[k] *= gain
  for (let k = (steps - 1) * width - 1; k >= 0; k--) x[k] = gain * x[k] + decay * x[k + width]
}

/**
 * The same sums as they are gathered online: trace ← decay·trace + gain·ψ[t]·x̄[t] for each synapse,
 * out += L[t]·trace. psi and signal: [steps][post], presynaptic: [steps][pre], trace and out: [post][pre].
 */
export function addRunningTraces(
  steps: number, post: number, pre: number, decay: number, gain: number,
  psi: Float64Array, signal: Float64Array, presynaptic: Float64Array, trace: Float64Array, out: Float64Array,
): void {
  trace.fill(0)
  for (let t = 0; t < steps; t++) {
    for (let j = 0; j < post; j++) {
      const height = gain * psi[t * post + j]
      const learning = signal[t * post + j]
      const row = j * pre
      for (let i = 0; i < pre; i++) {
        const eligibility = decay * trace[row + i] + height * presynaptic[t * pre + i]
        trace[row + i] = eligibility
        out[row + i] += learning * eligibility
      }
    }
  }
}
