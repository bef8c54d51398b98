import { DeviceArray } from '../device/device-array.ts'
import { documentOf } from '../experiment/devices/registry.ts'
import type { DeviceSpec } from '../experiment/spec.ts'
import { sampleOf } from '../statistics/samples.ts'

/** Mean conductance of a group of devices with a band of ± one standard deviation, over SETs or time. All arrays have equal length. */
export interface DeviceCurve {
  x: Float64Array
  /** µS */
  mean: Float64Array
  low: Float64Array
  high: Float64Array
}

/** The standard error of the mean is then 1/14 of the band, and the preview takes a few milliseconds. */
export const PREVIEW_DEVICES = 200
const MOST_SETS = 20
/** SETs before the drift curve starts: they bring the devices to the middle of their range. */
export const SETS_BEFORE_DRIFT = 8
const DECADES = [1, 10, 100, 1000, 10_000]
/** Ages at which the drift curve is READ, s. */
const ages = Float64Array.from([...DECADES.flatMap((decade) => [1, 1.5, 2, 3, 5, 7].map((age) => age * decade)), 100_000])

/** Programmed conductance over the number of SETs; at 0 SETs it is the initial conductance. */
export function pulseResponse(device: DeviceSpec, seed: number): DeviceCurve {
  const devices = newDevices(device, seed)
  const sets = Float64Array.from({ length: MOST_SETS + 1 }, (_, count) => count)
  return curveOf(sets, (count) => {
    if (count > 0) setAll(devices)
    return devices.conductance
  })
}

/** READ conductance over the time since the last SET, from 1 s to 100 000 s. */
export function driftCurve(device: DeviceSpec, seed: number): DeviceCurve {
  const devices = newDevices(device, seed)
  for (let count = 0; count < SETS_BEFORE_DRIFT; count++) setAll(devices)
  return curveOf(ages, (age, index) => readAll(devices, age, index))
}

const newDevices = (device: DeviceSpec, seed: number) =>
  new DeviceArray(PREVIEW_DEVICES, documentOf(device), seed, 0, { Numbers: Float64Array })

function setAll(devices: DeviceArray): void {
  for (let device = 0; device < PREVIEW_DEVICES; device++) devices.set(device, 0)
}

function readAll(devices: DeviceArray, now: number, readIndex: number): Float64Array {
  const shown = new Float64Array(PREVIEW_DEVICES)
  for (let plus = 0; plus < PREVIEW_DEVICES; plus += 2) devices.readPair(plus / 2, now, readIndex, shown.subarray(plus, plus + 2))
  return shown
}

function curveOf(x: Float64Array, conductances: (x: number, index: number) => ArrayLike<number>): DeviceCurve {
  const values = () => new Float64Array(x.length)
  const [mean, low, high] = [values(), values(), values()]
  for (let index = 0; index < x.length; index++) {
    const sample = sampleOf(conductances(x[index]!, index))
    const sd = sample.sd ?? 0
    mean[index] = sample.mean
    low[index] = sample.mean - sd
    high[index] = sample.mean + sd
  }
  return { x, mean, low, high }
}
