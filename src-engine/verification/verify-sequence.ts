import { arithmeticOf, type Kernels, type MakeKernels } from '../kernels/kernels.ts'
import { squaredError } from '../kernels/error.ts'
import { type Raster, rasterOf } from '../kernels/raster.ts'
import { Eprop } from '../learning/eprop.ts'
import { Changes } from '../learning/changes.ts'
import { type Equations, equationsOf } from '../network/equations.ts'
import { present, SequenceRecord } from '../network/forward.ts'
import { LifNeuron, lifLaw } from '../network/neurons/lif.ts'
import type { NeuronOptions } from '../network/neurons/neuron.ts'
import { DigitalWeights } from '../network/synapses.ts'
import { meanSquaredError } from '../task/mean-squared-error.ts'
import { kernelBytesOf } from '../training/memory.ts'
import { type Check, check, largestDifference } from './check.ts'
import type { SequenceGolden } from './golden.ts'

/** The golden files have float32 results. These are the tolerances for gradients, outputs and weights. */
const GRADIENT_TOLERANCE = 1e-4
const OUTPUT_TOLERANCE = 1e-4
const WEIGHT_TOLERANCE = 1e-6

/** The golden update clips gradients at ±100 (REFERENCE 1). */
const GRADIENT_CLIP = 100

/** Presents the golden sequence with the published conventions. Spikes must be equal; readout, gradients and updated weights close. */
export function verifySequence(golden: SequenceGolden, makeKernels: MakeKernels): Check[] {
  const { n_in: inputs, n_rec: neurons, n_out: outputs, n_t: steps, name } = golden
  const settings = {
    tauRecurrent: golden.tau_rec,
    tauOutput: golden.tau_out,
    threshold: golden.threshold,
    refractoryTime: 0,
    surrogateHeight: golden.gamma,
    surrogateWidth: 1,
  }
  const conventions = { equations: 'paper', inputTrace: 'early' } as const
  const equations = equationsOf(settings, conventions, golden.dt)
  const size = { steps, inputs, neurons, outputs }
  const kernels = makeKernels(kernelBytesOf(size, 0, 'filtered'))
  const layers = {
    input: new DigitalWeights(neurons, inputs, golden.w_in, kernels),
    recurrent: new DigitalWeights(neurons, neurons, withoutDiagonal(golden.w_rec, neurons), kernels),
    output: new DigitalWeights(outputs, neurons, golden.w_out, kernels),
  }
  const record = new SequenceRecord(size, membranesInFloat32(kernels))
  const input = rasterOf(steps, inputs, (t, i) => golden.x[i * steps + t] !== 0)
  const presented = inFloat32(equations, { settings, conventions, dt: golden.dt })
  present(input, layers, presented, record, { sequence: 1, presentedAt: 0, secondsPerStep: golden.dt, steps })
  const eprop = new Eprop({
    ...size,
    secondsPerStep: golden.dt,
    equations,
    learning: { regularisation: golden.reg, targetRate: golden.f0, gradientClip: GRADIENT_CLIP, gradientForm: 'filtered' },
    feedback: golden.w_fb,
    findError: meanSquaredError.error,
    selfConnected: true,
    kernels,
  })
  const gradients = eprop.learn(golden.y, record)
  layers.input.changeAll(new Changes(gradients.input, golden.lr_in))
  layers.recurrent.changeAll(new Changes(gradients.recurrent, golden.lr_rec))
  layers.output.changeAll(new Changes(gradients.output, golden.lr_out))
  const mse = squaredError(record.output, golden.y) / golden.y.length
  return [
    check(`${name}: spikes that differ`, differingSpikes(record.spikes, neurons, golden.z), 0, 0),
    check(`${name}: readout, largest difference`, largestDifference(record.output, golden.vo), 0, OUTPUT_TOLERANCE),
    check(`${name}: mean squared error`, mse, golden.mse, 1e-5 * Math.max(1, golden.mse)),
    check(`${name}: input gradient, largest difference`, largestDifference(gradients.input, golden.grad_in), 0, GRADIENT_TOLERANCE),
    check(`${name}: recurrent gradient, largest difference`, largestDifference(gradients.recurrent, golden.grad_rec), 0, GRADIENT_TOLERANCE),
    check(`${name}: readout gradient, largest difference`, largestDifference(gradients.output, golden.grad_out), 0, GRADIENT_TOLERANCE),
    check(`${name}: input weights after the update`, largestDifference(layers.input.weights, golden.w_in_after), 0, WEIGHT_TOLERANCE),
    check(`${name}: recurrent weights after the update`, largestDifference(layers.recurrent.weights, golden.w_rec_after), 0, WEIGHT_TOLERANCE),
    check(`${name}: readout weights after the update`, largestDifference(layers.output.weights, golden.w_out_after), 0, WEIGHT_TOLERANCE),
  ]
}

/**
 * The public code has float32 membranes and membrane factors,
 * but computes its traces with float64 factors.
 */
const inFloat32 = (equations: Equations, options: NeuronOptions): Equations => {
  const law = lifLaw(options)
  const neuron = new LifNeuron({ ...law, alpha: Math.fround(law.alpha), threshold: Math.fround(law.threshold) })
  return { ...equations, neuron, kappa: Math.fround(equations.kappa) }
}

const membranesInFloat32 = (kernels: Kernels): Kernels =>
  (arithmeticOf(kernels) === 'float32' ? kernels : { ...kernels, numbers: (length) => new Float32Array(length) })

/** The public code clears self-connections before a sequence, then updates them like any other weight. */
function withoutDiagonal(weights: readonly number[], neurons: number): Float64Array {
  const cleared = Float64Array.from(weights)
  for (let j = 0; j < neurons; j++) cleared[j * neurons + j] = 0
  return cleared
}

function differingSpikes(raster: Raster, neurons: number, expected: readonly number[]): number {
  const difference = Float64Array.from(expected)
  const pairs = raster.toPairs()
  for (let k = 0; k < pairs.length; k += 2) difference[pairs[k]! * neurons + pairs[k + 1]!]! -= 1
  return difference.reduce((count, value) => count + Number(value !== 0), 0)
}
