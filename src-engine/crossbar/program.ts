import type { RefreshSpec } from '../experiment/schemes/settings.ts'
import type { Crossbar } from './crossbar.ts'

/** Time of an update and how it estimates the conductances. */
export interface UpdateTime {
  /** Time since the experiment began, s. */
  now: number
  /** Number of the sequence that the update belongs to, from 1. */
  sequence: number
  /** From the stored conductances (free of drift and noise), or from a READ. */
  estimate: 'stored' | 'read'
}

/** Device of a pair whose SET moves G⁺ − G⁻ in the direction of `change`: 0 for G⁺, 1 for G⁻. */
export const polarityOf = (change: number) => (change > 0 ? 0 : 1)

/**
 * Fires SETs at the device of `pair` that moves G⁺ − G⁻ in the direction of `change`.
 * @param change only its sign counts
 * @param pulses number of SETs; if it is not whole, the last SET is a fraction of a pulse
 * @param now s
 */
export function program(crossbar: Crossbar, pair: number, change: number, pulses: number, now: number): void {
  const device = 2 * pair + polarityOf(change)
  for (let k = 0; k < pulses; k++) crossbar.devices.set(device, now, Math.min(pulses - k, 1))
}

/** RESETs both devices of a pair. */
function resetPair(crossbar: Crossbar, pair: number, now: number): void {
  crossbar.devices.reset(2 * pair, now)
  crossbar.devices.reset(2 * pair + 1, now)
}

/**
 * Fires SETs at one device of a newly RESET pair until G⁺ − G⁻ is within half of the smallest jump of `difference` (µS).
 * The difference is estimated before each pulse.
 */
function writeDifference(
  crossbar: Crossbar, pair: number, difference: number, smallestJump: number, at: UpdateTime,
): void {
  const most = Math.ceil(Math.abs(difference) / smallestJump)
  for (let k = 0; k < most; k++) {
    const missing = difference - crossbar.estimateDifference(pair, at.now, at.estimate)
    if (missing * Math.sign(difference) < smallestJump / 2) return
    program(crossbar, pair, difference, 1, at.now)
  }
}

/**
 * Refreshes saturated pairs (arXiv 2108.01804), every `spec.every` sequences. If a device is above `spec.above` and |G⁺ − G⁻| is
 * below `spec.below` (µS), the pair is RESET and its difference is written back to one device.
 */
export function refresh(crossbar: Crossbar, spec: RefreshSpec, smallestJump: number, at: UpdateTime): void {
  if (spec.every === 0 || at.sequence % spec.every !== 0) return
  const { conductance, ledger } = crossbar.devices
  for (let pair = 0; 2 * pair < conductance.length; pair++) {
    const plus = 2 * pair
    if (conductance[plus]! <= spec.above && conductance[plus + 1]! <= spec.above) continue
    if (!crossbar.connected(Math.floor(pair / crossbar.pairs))) continue
    const difference = crossbar.estimateDifference(pair, at.now, at.estimate)
    if (Math.abs(difference) >= spec.below) continue
    resetPair(crossbar, pair, at.now)
    ledger.refresh[plus]! += 1
    ledger.refresh[plus + 1]! += 1
    writeDifference(crossbar, pair, difference, smallestJump, at)
  }
}
