import { Crossbar } from '../crossbar/crossbar.ts'
import { DeviceArray } from '../device/device-array.ts'
import { bytesOf, type MakeKernels, type Numbers, strideOf } from '../kernels/kernels.ts'
import { Raster } from '../kernels/raster.ts'
import { documentOf } from '../experiment/devices/registry.ts'
import { type DeviceSpec, specSchema } from '../experiment/spec.ts'
import { type Check, check } from './check.ts'
import type { PcmGolden } from './golden.ts'

/** Devices in our sample. A golden row has at least half a million. */
const DEVICES = 200_000
const GOLDEN_DEVICES = 500_000
const STANDARD_ERRORS = 4
const SEED = 1

/** The golden tables have six digits of float32 results. */
const ROUNDING = 1e-5

/** Compares G after each SET, and a READ at each conductance and age, with Monte-Carlo tables, within four standard errors. */
export function verifyPcm(golden: PcmGolden, makeKernels: MakeKernels): Check[] {
  const device: DeviceSpec = { ...specSchema.parse({}).device, driftExponent: golden.nu }
  return [
    ...verifySets(golden, device, makeKernels),
    ...verifyReads(golden, device, makeKernels),
    ...verifyColumns(golden, device, makeKernels),
  ]
}

function verifySets({ set_pulses_gmax_12: { rows } }: PcmGolden, device: DeviceSpec, makeKernels: MakeKernels): Check[] {
  const document = documentOf(device)
  const array = new DeviceArray(DEVICES, document, SEED, 0, makeKernels(0))
  let pulses = 0
  return rows.flatMap(([pulse, mean, deviation, atLargest, atSmallest]) => {
    for (; pulses < pulse; pulses++) for (let d = 0; d < DEVICES; d++) array.set(d, 0)
    const name = `PCM: G after ${pulse} SET`
    return [
      ...compareMoments(name, array.conductance, mean, deviation),
      compareShare(`${name}, share at the largest conductance`, array.conductance, device.maxConductance, atLargest),
      compareShare(`${name}, share at the floor`, array.conductance, document.bounds.smallest, atSmallest),
    ]
  })
}

function verifyReads({ single_read_gmax_12: { rows } }: PcmGolden, device: DeviceSpec, makeKernels: MakeKernels): Check[] {
  const array = new DeviceArray(DEVICES, documentOf(device), SEED, 1, makeKernels(0))
  const sample = new Float64Array(DEVICES)
  return rows.flatMap(([conductance, age, mean, deviation], row) => {
    array.conductance.fill(conductance)
    array.state.programmedAt!.fill(0)
    for (let pair = 0; 2 * pair < DEVICES; pair++) {
      array.readPair(pair, age, row, sample.subarray(2 * pair, 2 * pair + 2))
    }
    return compareMoments(`PCM: READ of ${conductance} µS after ${age} s`, sample, mean, deviation)
  })
}

/** The same READs as in a network: column by column, as the difference of a pair that holds two rows of the table. */
function verifyColumns(
  { single_read_gmax_12: { rows } }: PcmGolden, device: DeviceSpec, makeKernels: MakeKernels,
): Check[] {
  const post = DEVICES / 2
  const kernels = makeKernels(Crossbar.bytes(post, 1, 1) + Raster.bytes(1, 1) + bytesOf(strideOf(post)))
  const crossbar = new Crossbar({
    post, pre: 1, pairs: 1, device: { ...device, scale: 1 }, seed: SEED, array: 2, selfConnected: true, kernels,
  })
  const spike = Raster.within(kernels, 1, 1)
  spike.offsets[1] = 1
  const current = kernels.numbers(strideOf(post))
  const now = Math.max(...rows.map(([, age]) => age))
  return rows.flatMap(([plus, plusAge, plusMean, plusDeviation], row) => {
    const [minus, minusAge, minusMean, minusDeviation] = rows[(row + 1) % rows.length]!
    for (let device = 0; device < DEVICES; device++) {
      crossbar.devices.conductance[device] = device % 2 === 0 ? plus : minus
      crossbar.devices.state.programmedAt![device] = now - (device % 2 === 0 ? plusAge : minusAge)
    }
    crossbar.beginSequence({ sequence: row, presentedAt: now, secondsPerStep: 1e-3, steps: 1 })
    current.fill(0)
    crossbar.addSpikes(spike, 0, 0, current)
    const name = `PCM: column of ${plus} µS after ${plusAge} s less ${minus} µS after ${minusAge} s`
    const deviation = Math.sqrt(plusDeviation * plusDeviation + minusDeviation * minusDeviation)
    return compareMoments(name, current.subarray(0, post), plusMean - minusMean, deviation)
  })
}

function compareMoments(name: string, sample: Numbers, mean: number, deviation: number): Check[] {
  const own = moments(sample)
  const perDevice = 1 / sample.length + 1 / GOLDEN_DEVICES
  const meanError = Math.sqrt(own.variance * perDevice)
  const spread = Math.max(own.fourth - own.variance * own.variance, 0)
  const deviationError = own.variance > 0 ? Math.sqrt((spread * perDevice) / (4 * own.variance)) : 0
  return [
    check(`${name}, mean`, own.mean, mean, STANDARD_ERRORS * meanError + ROUNDING),
    check(`${name}, deviation`, Math.sqrt(own.variance), deviation, STANDARD_ERRORS * deviationError + ROUNDING),
  ]
}

/** The standard error is that of the expected share, which counts as at least one device. */
function compareShare(name: string, sample: Numbers, value: number, expected: number): Check {
  const kept = Math.fround(value)
  let count = 0
  for (const g of sample) if (Math.fround(g) === kept) count += 1
  const share = count / sample.length
  const variance = Math.max(expected, 1 / DEVICES) * (1 - expected)
  return check(name, share, expected, STANDARD_ERRORS * Math.sqrt(variance * (1 / DEVICES + 1 / GOLDEN_DEVICES)) + ROUNDING)
}

function moments(sample: Numbers): { mean: number; variance: number; fourth: number } {
  let sum = 0
  for (const x of sample) sum += x
  const mean = sum / sample.length
  let second = 0
  let fourth = 0
  for (const x of sample) {
    const square = (x - mean) * (x - mean)
    second += square
    fourth += square * square
  }
  return { mean, variance: second / sample.length, fourth: fourth / sample.length }
}
