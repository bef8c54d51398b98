import type { Numbers } from '../kernels/kernels.ts'
import { Stream } from '../random/stream.ts'
import type { DeviceSpec } from '../experiment/spec.ts'
import { clamp } from './device-array.ts'

/**
 * Distribution of G after a RESET and before the first pulse: N(mean, deviation·mean), at least `floor` µS.
 * `deviation` is relative to the mean.
 */
export const resetDistribution = { floor: 0.01, deviation: 0.1 } as const

/**
 * Draws the conductances before the first pulse, N(G0, 0.1·G0) µS. They vary even if write noise is off, because a network whose
 * weights are all exactly 0 cannot learn.
 * @param into receives the conductances, [devices]
 * @param array index of the crossbar; it gives each crossbar its own random streams
 */
export function startConductances(into: Numbers, spec: DeviceSpec, seed: number, array: number): void {
  const start = new Stream(seed, 'initial conductance', array)
  const mean = spec.initialConductance
  const deviation = resetDistribution.deviation * mean
  for (let device = 0; device < into.length; device++) {
    into[device] = clamp(mean + deviation * start.normal(device, 0), resetDistribution.floor, spec.maxConductance)
  }
}
