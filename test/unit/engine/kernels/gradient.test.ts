import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addOuterProducts, addRunningTraces, filterBackwards } from '../../../../src-engine/kernels/gradient.ts'

const sizes = fc.record({
  steps: fc.integer({ min: 1, max: 20 }),
  post: fc.integer({ min: 1, max: 7 }),
  pre: fc.integer({ min: 1, max: 9 }),
})

/** Numbers that are the same for the same index, and 0 for a share of them. */
const filled = (length: number, phase: number) =>
  Float64Array.from({ length }, (_, k) => (k % 3 === 0 ? 0 : Math.sin(phase + 1.7 * k)))

describe('the gradient over a sequence', () => {
  it('is the same sum whether traces run forward or the learning signal is filtered backwards', () => {
    fc.assert(fc.property(sizes, fc.double({ min: 0, max: 0.99, noNaN: true }), ({ steps, post, pre }, decay) => {
      const psi = filled(steps * post, 1)
      const signal = filled(steps * post, 2)
      const presynaptic = filled(steps * pre, 3)
      const running = new Float64Array(post * pre)
      addRunningTraces(steps, post, pre, decay, 0.4, psi, signal, presynaptic, new Float64Array(post * pre), running)
      filterBackwards(steps, post, decay, 0.4, signal)
      const filtered = new Float64Array(post * pre)
      addOuterProducts(steps, post, pre, psi.map((height, k) => height * signal[k]), presynaptic, filtered)
      filtered.forEach((value, k) => expect(value).toBeCloseTo(running[k], 10))
    }))
  })

  it('is what the definition says, term by term', () => {
    const [steps, decay] = [4, 0.5]
    const [psi, signal, presynaptic] = [[1, 0, 2, 1], [3, 1, 0, 2], [1, 1, 0, 4]].map((values) => Float64Array.from(values))
    const out = new Float64Array(1)
    addRunningTraces(steps, 1, 1, decay, 1, psi, signal, presynaptic, new Float64Array(1), out)
    // traces 1, 0.5, 0.25, 4.125
    expect(out[0]).toBe(3 * 1 + 1 * 0.5 + 0 * 0.25 + 2 * 4.125)
  })
})
