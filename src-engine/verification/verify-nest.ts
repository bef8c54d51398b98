import { arithmeticOf, type MakeKernels } from '../kernels/kernels.ts'
import { squaredError } from '../kernels/error.ts'
import { rasterOf } from '../kernels/raster.ts'
import { Eprop } from '../learning/eprop.ts'
import { Changes } from '../learning/changes.ts'
import { layerNames } from '../experiment/layers.ts'
import { equationsOf } from '../network/equations.ts'
import { present, SequenceRecord } from '../network/forward.ts'
import { DigitalWeights } from '../network/synapses.ts'
import { BadInput } from '../experiment/problem.ts'
import { meanSquaredError } from '../task/mean-squared-error.ts'
import { kernelBytesOf } from '../training/memory.ts'
import { type Check, check } from './check.ts'
import type { NestGolden } from './golden.ts'

/** NEST's losses have 15 digits. float64 must agree to the first tolerance, float32 to the second. */
const RELATIVE_TOLERANCE = { float64: 1e-9, float32: 1e-4 }

/** Trains NEST's regression task with NEST's conventions and compares every loss, ½·Σ(y − y*)². */
export function verifyNest({ parameters, ...golden }: NestGolden, source: string, makeKernels: MakeKernels): Check[] {
  const { n_in: inputs, n_rec: neurons, n_out: outputs, steps, dt_ms: dt } = parameters
  const equations = equationsOf(
    {
      tauRecurrent: parameters.tau_m_ms,
      tauOutput: parameters.tau_out_ms,
      threshold: parameters.v_th,
      refractoryTime: 0,
      surrogateHeight: parameters.gamma,
      surrogateWidth: 1,
    },
    { equations: 'nest', inputTrace: 'aligned' },
    dt,
  )
  const floats = (name: 'w_in' | 'w_rec' | 'w_out' | 'feedback', count: number) => decodeFloat32(golden[name], count, name, source)
  const size = { steps, inputs, neurons, outputs }
  const kernels = makeKernels(kernelBytesOf(size, 0, 'filtered'))
  const layers = {
    input: new DigitalWeights(neurons, inputs, floats('w_in', neurons * inputs), kernels),
    recurrent: new DigitalWeights(neurons, neurons, floats('w_rec', neurons * neurons), kernels, { selfConnected: false }),
    output: new DigitalWeights(outputs, neurons, floats('w_out', outputs * neurons), kernels),
  }
  const feedback = transposed(floats('feedback', neurons * outputs), neurons, outputs)
  const bytesPerStep = Math.ceil(inputs / 8)
  const bits = decode(golden.input_spikes, bytesPerStep * steps, 'input_spikes', source)
  const input = rasterOf(steps, inputs, (t, i) => ((bits[t * bytesPerStep + (i >> 3)]! >> (7 - (i & 7))) & 1) === 1)
  const target = new Float64Array(decode(golden.target, 8 * steps * outputs, 'target', source).buffer)
  const learning = {
    regularisation: parameters.c_reg, targetRate: parameters.f_target_hz,
    gradientClip: Infinity, gradientForm: 'filtered' as const,
  }
  const secondsPerStep = dt / 1000
  const { error: findError } = meanSquaredError
  const eprop = new Eprop({ ...size, secondsPerStep, equations, learning, feedback, findError, selfConnected: false, kernels })
  const record = new SequenceRecord(size, kernels)
  const presentation = { sequence: 1, presentedAt: 0, secondsPerStep, steps }
  const tolerance = RELATIVE_TOLERANCE[arithmeticOf(kernels)]
  return golden.losses_first_5_nest.map((expected, iteration) => {
    present(input, layers, equations, record, presentation)
    const loss = squaredError(record.output, target) / 2
    const gradients = eprop.learn(target, record)
    for (const name of layerNames) layers[name].changeAll(new Changes(gradients[name], parameters.eta))
    return check(`NEST sine regression: loss ${iteration + 1}`, loss, expected, tolerance * Math.abs(expected))
  })
}

function decode(text: string, bytes: number, path: string, source: string): Uint8Array<ArrayBuffer> {
  let decoded: string
  try {
    decoded = atob(text)
  } catch {
    throw new BadInput(source, [{ path, rule: 'must be base64, little-endian', found: 'other text' }])
  }
  if (decoded.length !== bytes) {
    throw new BadInput(source, [{ path, rule: `must have ${bytes} bytes for the sizes given`, found: `${decoded.length} bytes` }])
  }
  return Uint8Array.from(decoded, (character) => character.charCodeAt(0))
}

const decodeFloat32 = (text: string, count: number, path: string, source: string) =>
  Float64Array.from(new Float32Array(decode(text, 4 * count, path, source).buffer))

const transposed = (matrix: Float64Array, rows: number, columns: number) =>
  Float64Array.from(matrix, (_, k) => matrix[(k % rows) * columns + Math.floor(k / rows)]!)
