import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addRunningTraces, gatherSpikes } from '../../../../src-engine/kernels/gradient.ts'
import { strideOf } from '../../../../src-engine/kernels/kernels.ts'
import { rasterOf } from '../../../../src-engine/kernels/raster.ts'
import { learningSignals, spikeTraces, spikeWeights, surrogates } from '../../../../src-engine/kernels/traces.ts'

const sizes = fc.record({
  steps: fc.integer({ min: 1, max: 20 }),
  post: fc.integer({ min: 1, max: 7 }),
  pre: fc.integer({ min: 1, max: 9 }),
  delay: fc.constantFrom(0 as const, 1 as const),
})
const decay = fc.double({ min: 0, max: 0.99, noNaN: true })

/** Numbers that depend only on index and phase; every third one is 0. */
const filled = (length: number, phase: number) =>
  Float64Array.from({ length }, (_, k) => (k % 3 === 0 ? 0 : Math.sin(phase + 1.7 * k)))

describe('the gradient over a sequence', () => {
  it('is the same for traces run forwards and for the learning signal filtered backwards', () => {
    fc.assert(fc.property(sizes, decay, decay, ({ steps, post, pre, delay }, kappa, alpha) => {
      const spikes = rasterOf(steps, pre, (t, i) => Math.sin(13 * t + 7 * i) > 0.3)
      const law = { threshold: 0.5, surrogatePeak: 0.3, surrogateWidth: 0.7, alpha, kappa, filterGain: 0.4 }
      const [membrane, error] = [filled(steps * post, 1), filled(steps, 2)]
      const [base, feedback] = [filled(post, 3), filled(post, 4)]
      const [nothing, scratch] = [new Float64Array(post), new Float64Array(post)]
      const zeros = () => new Float64Array(steps * post)
      const [psi, signal, weights] = [zeros(), zeros(), zeros()]
      surrogates(law, membrane, psi)
      weights.set(psi)
      learningSignals(steps, post, 1, base, feedback, error, signal)
      const presynaptic = new Float64Array(steps * pre)
      spikeTraces(spikes, pre, alpha, 0.6, delay, presynaptic)
      const running = new Float64Array(post * pre)
      addRunningTraces(steps, post, pre, kappa, 0.4, psi, signal, presynaptic, new Float64Array(post * pre), running)
      spikeWeights(steps, post, 1, law, base, nothing, feedback, error, scratch, weights)
      const filtered = new Float64Array(pre * strideOf(post))
      gatherSpikes(spikes, delay, post, 0.6, weights, filtered)
      running.forEach((value, k) => {
        const [j, i] = [Math.floor(k / pre), k % pre]
        expect(filtered[i * strideOf(post) + j]).toBeCloseTo(value, 9)
      })
    }))
  })

  it('matches the definition term by term', () => {
    const [steps, decay] = [4, 0.5]
    const [psi, signal, presynaptic] = [Float64Array.of(1, 0, 2, 1), Float64Array.of(3, 1, 0, 2), Float64Array.of(1, 1, 0, 4)]
    const out = new Float64Array(1)
    addRunningTraces(steps, 1, 1, decay, 1, psi, signal, presynaptic, new Float64Array(1), out)
    // Traces: 1, 0.5, 0.25, 4.125.
    expect(out[0]).toBe(3 * 1 + 1 * 0.5 + 0 * 0.25 + 2 * 4.125)
  })
})
