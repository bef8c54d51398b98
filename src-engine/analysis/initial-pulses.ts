import { DeviceArray } from '../device/device-array.ts'
import { documentOf } from '../experiment/devices/registry.ts'
import { hasSelfConnections, populationSizes, projections } from '../experiment/layers.ts'
import { pairsOf } from '../experiment/scheme.ts'
import type { DeviceSpec, Spec } from '../experiment/spec.ts'

/** A device that has not reached its initial conductance after this many SETs never does on average. */
const MOST_SETS = 1000

/** Pulses that would bring all devices of a network to their initial conductance. */
export interface InitialPulses {
  devices: number
  /** Infinity if SETs do not reach the initial conductance on average. */
  set: number
  reset: number
}

/**
 * Pulses that would bring all devices to their initial conductance: one RESET each, and then the SETs whose mean jumps reach it.
 * A run starts with these conductances without firing the pulses, so its ledger does not have them.
 */
export function initialPulsesOf(spec: Spec): InitialPulses {
  const devices = devicesOf(spec)
  return { devices, set: devices === 0 ? 0 : devices * setsToStart(spec.device), reset: devices }
}

function devicesOf(spec: Spec): number {
  const sizes = populationSizes(spec)
  const isMasked = spec.conventions.selfConnections === 'masked'
  const synapses = projections.map(({ name, from, to }) =>
    sizes[to] * sizes[from] - (isMasked && hasSelfConnections(name) ? sizes[to] : 0))
  return 2 * pairsOf(spec.scheme) * synapses.reduce((sum, count) => sum + count, 0)
}

function setsToStart(device: DeviceSpec): number {
  const one = new DeviceArray(1, documentOf({ ...device, writeNoise: false }), 0, 0, { Numbers: Float64Array })
  one.conductance[0] = device.resetConductance
  for (let count = 0; count < MOST_SETS; count++) {
    if (one.conductance[0] >= device.initialConductance) return count
    one.set(0, 0)
  }
  return Infinity
}
