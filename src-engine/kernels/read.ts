import { power } from './elementary.ts'
import type { DeviceColumns, Reading, ReadLaw } from './kernels.ts'
import type { Numbers } from './memory.ts'
import { boxMuller } from './normal.ts'
import type { Raster } from './raster.ts'
import { threefry } from './threefry.ts'

const block = { first: 0, second: 0 }
const normals = new Float64Array(2)

// Devices that were written together have the same age, so the last drift factor is cached.
let lastBase = NaN
let lastExponent = NaN
let lastFactor = 1

/** Drift factor base^−exponent. */
export function driftFactor(base: number, exponent: number): number {
  if (base !== lastBase || exponent !== lastExponent) {
    lastBase = base
    lastExponent = exponent
    lastFactor = power(base, -exponent)
  }
  return lastFactor
}

/** Sets G ← G·(age/referenceAge)^−ν for every device. */
export function startDrift({ conductance, perAge }: DeviceColumns, { exponent, referenceAge }: ReadLaw): void {
  if (exponent === 0) return
  for (let k = 0; k < conductance.length; k++) {
    conductance[k]! *= driftFactor(1 / (perAge[k]! * referenceAge), exponent)
  }
}

/** Adds the weights of the spiking columns to `current`. Each device of a spiking column is READ once. */
export function readColumns(
  spikes: Raster, step: number, columns: DeviceColumns, law: ReadLaw, reading: Reading, current: Numbers,
): void {
  for (let k = spikes.offsets[step]!; k < spikes.offsets[step + 1]!; k++) {
    const i = spikes.neurons[k]!
    columns.reads[i]! += 1
    for (let j = 0; j < columns.post; j++) {
      if (!columns.masked || i !== j) current[j]! += readSynapse(i, j, columns, law, reading)
    }
  }
}

function readSynapse(i: number, j: number, columns: DeviceColumns, law: ReadLaw, reading: Reading): number {
  const { pre, pairs, stride } = columns
  const noisy = law.noiseSlope !== 0 || law.noiseOffset !== 0
  let sum = 0
  for (let p = 0; p < pairs; p++) {
    if (noisy) {
      threefry(reading.key0, reading.key1, (j * pre + i) * pairs + p, reading.readIndex, block)
      boxMuller(block, normals)
    }
    const plus = 2 * (i * pairs + p) * stride + j
    sum += observed(plus, normals[0]!, columns, law, reading.seconds)
      - observed(plus + stride, normals[1]!, columns, law, reading.seconds)
  }
  return sum * reading.perConductance
}

function observed(
  device: number, normal: number, { conductance, perAge }: DeviceColumns, law: ReadLaw, seconds: number,
): number {
  const drift = law.exponent === 0 ? 1 : driftFactor(1 + seconds * perAge[device]!, law.exponent)
  return withReadNoise(conductance[device]! * drift, normal, law)
}

/** Adds READ noise to a drifted conductance and clips it, µS. @param normal standard normal draw */
export function withReadNoise(drifted: number, normal: number, { noiseSlope, noiseOffset, smallest, largest }: ReadLaw): number {
  const shown = drifted + normal * (noiseSlope * drifted + noiseOffset)
  return shown < smallest ? smallest : shown > largest ? largest : shown
}
