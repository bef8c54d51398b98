import type { Numbers } from '../kernels/kernels.ts'
import { Stream } from '../random/stream.ts'
import type { DeviceSpec } from '../spec/spec.ts'
import { clamp } from './device-array.ts'

/** What a RESET, or a device before its first pulse, has at least, µS, and its deviation as a share of its mean. */
export const rest = { floor: 0.01, deviation: 0.1 } as const

/**
 * Conductances before the first pulse, N(G0, 0.1·G0) µS, whatever noises are off: they tell one device from the next,
 * and a network whose weights are all exactly 0 could not learn.
 * @param array tells the draws of one crossbar from those of another.
 */
export function startConductances(into: Numbers, spec: DeviceSpec, seed: number, array: number): void {
  const start = new Stream(seed, 'initial conductance', array)
  const mean = spec.initialConductance
  const deviation = rest.deviation * mean
  for (let device = 0; device < into.length; device++) {
    into[device] = clamp(mean + deviation * start.normal(device, 0), rest.floor, spec.maxConductance)
  }
}
