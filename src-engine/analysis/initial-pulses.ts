import { PcmArray } from '../device/pcm.ts'
import { PerformanceArray } from '../device/performance.ts'
import { pairsOf, usesDevices } from '../experiment/scheme.ts'
import { type DeviceSpec, OUTPUT_NEURONS, type Spec } from '../experiment/spec.ts'

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

function devicesOf({ task, network, scheme, conventions }: Spec): number {
  if (!usesDevices(scheme)) return 0
  const neurons = network.recurrentNeurons
  const absent = conventions.selfConnections === 'masked' ? neurons : 0
  return 2 * pairsOf(scheme) * (neurons * (task.inputChannels + neurons + OUTPUT_NEURONS) - absent)
}

function setsToStart(device: DeviceSpec): number {
  const Devices = device.model === 'pcm' ? PcmArray : PerformanceArray
  const one = new Devices(1, { ...device, writeNoise: false }, 0, 0, { Numbers: Float64Array })
  one.conductance[0] = device.resetConductance
  for (let count = 0; count < MOST_SETS; count++) {
    if (one.conductance[0] >= device.initialConductance) return count
    one.set(0, 0)
  }
  return Infinity
}
