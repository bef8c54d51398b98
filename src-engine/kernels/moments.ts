import { exp } from './elementary.ts'
import type { DeviceColumns, Reading, ReadLaw, ReadMoments } from './kernels.ts'
import type { Numbers } from './memory.ts'
import { boxMuller, normalCdf } from './normal.ts'
import type { Raster } from './raster.ts'
import { driftFactor } from './read.ts'
import { threefry } from './threefry.ts'

const PER_ROOT_TWO_PI = 0.3989422804014327

const block = { first: 0, second: 0 }
const normals = new Float64Array(2)

/** Mean (µS) and variance (µS²) of a READ, and their derivatives by the conductance. */
export interface Moments {
  mean: number
  variance: number
  meanSlope: number
  varianceSlope: number
}

/**
 * Moments of a READ Y = clip(G + σ·X, smallest, largest) with a standard normal X and σ = noiseSlope·G + noiseOffset.
 * With W = clip(X, a, −c): Y = G + σ·W, E[W] = e(a) − e(c) and E[W²] = 1 − q(a) − q(c), where
 * e(z) = E[max(z − X, 0)] = z·Φ(z) + φ(z) and q(z) = E[X² − z²; X < z] = (1 − z²)·Φ(z) − z·φ(z).
 * Only the part of Y that is not clipped changes with G: dE[Y]/dG = E[1 + slope·X; a < X < −c], and alike for E[Y²].
 * @param drifted G, µS
 */
export function readMoments(drifted: number, { noiseSlope, noiseOffset, smallest, largest }: ReadLaw, into: Moments): void {
  const deviation = noiseSlope * drifted + noiseOffset
  const a = (smallest - drifted) / deviation
  const c = (drifted - largest) / deviation
  const [ofA, ofC] = [normalCdf(a), normalCdf(c)]
  const [densityA, densityC] = [density(a), density(c)]
  const shift = (a * ofA + densityA) - (c * ofC + densityC)
  const within = 1 - ofA - ofC
  const first = densityA - densityC
  const second = within + a * densityA + c * densityC
  const square = second + a * a * ofA + c * c * ofC
  into.mean = drifted + deviation * shift
  into.variance = deviation * deviation * Math.max(square - shift * shift, 0)
  into.meanSlope = within + noiseSlope * first
  into.varianceSlope = 2 * deviation * (first + noiseSlope * second - shift * into.meanSlope)
}

const density = (z: number) => PER_ROOT_TWO_PI * exp(-0.5 * z * z)

const ofDevice: Moments = { mean: 0, variance: 0, meanSlope: 0, varianceSlope: 0 }
const ofSynapse: Moments = { mean: 0, variance: 0, meanSlope: 0, varianceSlope: 0 }

/** See `Kernels.sumMoments`. */
export function sumMoments(
  column: number, columns: DeviceColumns, law: ReadLaw, from: number, until: number, _settled: boolean, moments: ReadMoments,
): void {
  const { post, stride, masked } = columns
  for (let j = 0; j < post; j++) {
    if (masked && column === j) continue
    momentsOfSynapse(column, j, columns, law, from, until)
    const at = column * stride + j
    moments.mean[at] = ofSynapse.mean - ofSynapse.meanSlope / 2
    moments.meanChange[at] = ofSynapse.meanSlope
    moments.variance[at] = ofSynapse.variance - ofSynapse.varianceSlope / 2
    moments.varianceChange[at] = ofSynapse.varianceSlope
  }
}

/** Moments of ΣG⁺ − ΣG⁻ in the middle of the interval, and their changes over it in place of the slopes. */
function momentsOfSynapse(
  i: number, j: number, { conductance, perAge, pairs, stride }: DeviceColumns, law: ReadLaw, from: number, until: number,
): void {
  ofSynapse.mean = ofSynapse.variance = ofSynapse.meanSlope = ofSynapse.varianceSlope = 0
  for (let row = 0; row < 2 * pairs; row++) {
    const device = (2 * i * pairs + row) * stride + j
    const begin = driftedAfter(from, conductance[device]!, perAge[device]!, law)
    const end = driftedAfter(until, conductance[device]!, perAge[device]!, law)
    readMoments((begin + end) / 2, law, ofDevice)
    const sign = row % 2 === 0 ? 1 : -1
    ofSynapse.mean += sign * ofDevice.mean
    ofSynapse.meanSlope += sign * ofDevice.meanSlope * (end - begin)
    ofSynapse.variance += ofDevice.variance
    ofSynapse.varianceSlope += ofDevice.varianceSlope * (end - begin)
  }
}

const driftedAfter = (seconds: number, conductance: number, perAge: number, { exponent }: ReadLaw) =>
  (exponent === 0 ? conductance : conductance * driftFactor(1 + seconds * perAge, exponent))

/** See `Kernels.readSums`. */
export function readSums(
  spikes: Raster, step: number, columns: DeviceColumns, moments: ReadMoments, reading: Reading, current: Numbers,
): void {
  const [from, to] = [spikes.offsets[step]!, spikes.offsets[step + 1]!]
  for (let k = from; k < to; k++) columns.reads[spikes.neurons[k]!]! += 1
  for (let j = 0; j < columns.post; j++) {
    if (j % 2 === 0) {
      threefry(reading.key0, reading.key1, j / 2, reading.readIndex, block)
      boxMuller(block, normals)
    }
    let [mean, variance] = [0, 0]
    for (let k = from; k < to; k++) {
      const synapse = spikes.neurons[k]! * columns.stride + j
      mean += moments.mean[synapse]! + moments.passed * moments.meanChange[synapse]!
      variance += moments.variance[synapse]! + moments.passed * moments.varianceChange[synapse]!
    }
    current[j]! += (mean + Math.sqrt(Math.max(variance, 0)) * normals[j % 2]!) * reading.perConductance
  }
}
