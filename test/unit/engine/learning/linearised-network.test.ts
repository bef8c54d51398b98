import { describe, expect, it } from 'vitest'
import { referenceKernels } from '../../../../src-engine/kernels/reference.ts'
import { rasterOf } from '../../../../src-engine/kernels/raster.ts'
import { Eprop } from '../../../../src-engine/learning/eprop.ts'
import { equationsOf } from '../../../../src-engine/network/equations.ts'
import { present, SequenceRecord } from '../../../../src-engine/network/forward.ts'
import { DigitalWeights } from '../../../../src-engine/network/synapses.ts'
import { Stream } from '../../../../src-engine/random/stream.ts'
import { specSchema } from '../../../../src-engine/experiment/spec.ts'
import { arithmetics, roomyKernels } from '../../../fixtures/kernels.ts'
import { meanSquaredError } from '../../../../src-engine/task/mean-squared-error.ts'

const size = { steps: 60, inputs: 4, neurons: 5, outputs: 2 }
const { steps, inputs, neurons, outputs } = size
const [threshold, gamma, tauRecurrent, tauOutput] = [0.5, 0.3, 8, 12]
const alpha = Math.exp(-1 / tauRecurrent)
const kappa = Math.exp(-1 / tauOutput)

const draws = new Stream(21, 'initial weight')
const matrix = (rows: number, columns: number, layer: number) =>
  Array.from({ length: rows }, (_, j) => Array.from({ length: columns }, (_, i) => 0.6 * draws.normal(j * columns + i, layer)))
const weights = {
  input: matrix(neurons, inputs, 0),
  recurrent: matrix(neurons, neurons, 1).map((row, j) => row.map((w, i) => (i === j ? 0 : w))),
  output: matrix(outputs, neurons, 2),
}
type Weights = typeof weights
/** [steps][inputs] */
const x = Array.from({ length: steps }, (_, t) =>
  Array.from({ length: inputs }, (_, i) => Number(draws.uniform(t, 100 + i) < 0.3)))
/** [steps][outputs] */
const target = matrix(steps, outputs, 3)

const at = (rows: number[][], t: number, index: number) => (t < 0 ? 0 : rows[t]![index]!)

/** The network by its equations, one neuron and step after the other. */
function simulate({ input, recurrent }: Weights, refractorySteps: number) {
  const zeros = () => Array.from({ length: steps }, () => new Array<number>(neurons).fill(0))
  const [v, z] = [zeros(), zeros()]
  const refractory = Array.from({ length: steps }, () => new Array<boolean>(neurons).fill(false))
  for (let t = 0; t < steps; t++) {
    for (let j = 0; j < neurons; j++) {
      v[t]![j] = alpha * at(v, t - 1, j) - threshold * at(z, t - 1, j)
      for (let i = 0; i < inputs; i++) v[t]![j]! += input[j]![i]! * at(x, t - 1, i)
      for (let i = 0; i < neurons; i++) v[t]![j]! += recurrent[j]![i]! * at(z, t - 1, i)
      refractory[t]![j] = z.slice(Math.max(t - refractorySteps, 0), t).some((step) => step[j] === 1)
      z[t]![j] = Number(v[t]![j]! > threshold && !refractory[t]![j])
    }
  }
  return { v, z, refractory }
}

/**
 * Loss ½·Σ(y − y*)² of the linearised network: the spikes of the unchanged weights, each with ψ times the change of its potential.
 * Spikes that arrive stay as they were, which is what e-prop neglects.
 */
function linearisedLoss(changed: Weights, width: number, refractorySteps: number): number {
  const { v, z, refractory } = simulate(weights, refractorySteps)
  const moved = new Array<number>(neurons).fill(0)
  const y = new Array<number>(outputs).fill(0)
  let loss = 0
  for (let t = 0; t < steps; t++) {
    const soft = moved.map((before, j) => {
      moved[j] = alpha * before
      for (let i = 0; i < inputs; i++) moved[j] += (changed.input[j]![i]! - weights.input[j]![i]!) * at(x, t - 1, i)
      for (let i = 0; i < neurons; i++) moved[j] += (changed.recurrent[j]![i]! - weights.recurrent[j]![i]!) * at(z, t - 1, i)
      const psi = refractory[t]![j] ? 0 : gamma * Math.max(0, 1 - Math.abs(v[t]![j]! - threshold) / (width * threshold))
      return z[t]![j]! + psi * moved[j]
    })
    for (let o = 0; o < outputs; o++) {
      y[o] = kappa * y[o]! + soft.reduce((sum, value, j) => sum + changed.output[o]![j]! * value, 0)
      loss += (y[o]! - target[t]![o]!) ** 2 / 2
    }
  }
  return loss
}

/** Central differences, which are exact for a loss that is quadratic in one weight. */
function differences(layer: keyof Weights, width: number, refractorySteps: number): number[] {
  return weights[layer].flatMap((row, j) => row.map((_, i) => {
    const [up, down] = [1, -1].map((h) => {
      const changed = structuredClone(weights)
      changed[layer][j]![i]! += h
      return linearisedLoss(changed, width, refractorySteps)
    })
    return layer === 'recurrent' && i === j ? 0 : (up! - down!) / 2
  }))
}

/** The same sequence by the engine. */
function learned(refractoryTime: number, surrogateWidth: number, gradientForm: 'filtered' | 'running', kernels = referenceKernels) {
  const network = { ...specSchema.parse({}).network, threshold, tauRecurrent, tauOutput, refractoryTime, surrogateWidth }
  const equations = equationsOf(network, { equations: 'paper', inputTrace: 'aligned' }, 1)
  const record = new SequenceRecord(size, kernels)
  const digital = (rows: number[][]) => new DigitalWeights(rows.length, rows[0]!.length, rows.flat(), kernels)
  const layers = { input: digital(weights.input), recurrent: digital(weights.recurrent), output: digital(weights.output) }
  const presentation = { sequence: 1, presentedAt: 0, secondsPerStep: 1e-3, steps }
  present(rasterOf(steps, inputs, (t, i) => x[t]![i] === 1), layers, equations, record, presentation)
  const learning = { regularisation: 0, targetRate: 12, gradientClip: Infinity, gradientForm }
  const eprop = new Eprop({
    ...size, secondsPerStep: 1e-3, equations, learning, feedback: weights.output.flat(),
    findError: meanSquaredError.error, selfConnected: false, kernels,
  })
  const gradients = eprop.learn(target.flat(), record)
  return { gradients, record, zeroSurrogates: eprop.zeroSurrogates }
}

const cases = [0, 1, 2, 5].flatMap((refractory) => [1, 0.4, 2.5].map((width) => ({ refractory, width })))

describe.each(cases)('with a refractory time of $refractory steps and a surrogate width of $width', ({ refractory, width }) => {
  const { v, z, refractory: resting } = simulate(weights, refractory)

  it('the engine has the potentials and spikes of the equations', () => {
    const { record } = learned(refractory, width, 'filtered')
    expect([...record.membrane]).toEqual(v.flat().map((potential) => expect.closeTo(potential!, 12)))
    const expected = z.flatMap((step, t) => step.flatMap((spike, j) => (spike === 1 ? [t, j] : [])))
    expect(expected.length).toBeGreaterThan(20)
    expect([...record.spikes.toPairs()]).toEqual(expected)
    for (const arithmetic of arithmetics) {
      expect([...learned(refractory, width, 'filtered', roomyKernels(arithmetic)).record.spikes.toPairs()]).toEqual(expected)
    }
  })

  it.each(['filtered', 'running'] as const)('gradients of the form "%s" equal finite differences of the linearised network to 1e-9', (form) => {
    const { gradients } = learned(refractory, width, form)
    for (const layer of ['input', 'recurrent', 'output'] as const) {
      const expected = differences(layer, width, refractory)
      const largest = Math.max(...expected.map(Math.abs))
      expect(largest).toBeGreaterThan(0.01)
      gradients[layer].forEach((value, k) => expect(Math.abs(value - expected[k]!)).toBeLessThan(1e-9 * Math.max(largest, 1)))
    }
  })

  it('the neuron-steps with ψ = 0 are counted', () => {
    const far = v.flatMap((step, t) => step.filter((potential, j) =>
      resting[t]![j] || Math.abs(potential - threshold) >= width * threshold))
    for (const arithmetic of arithmetics) {
      expect(learned(refractory, width, 'filtered', roomyKernels(arithmetic)).zeroSurrogates).toBe(far.length)
    }
  })
})
