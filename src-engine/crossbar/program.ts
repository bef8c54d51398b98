import { pcm } from '../device/pcm.ts'
import type { RefreshSpec } from '../spec/scheme.ts'
import type { Crossbar } from './crossbar.ts'

/** When an update happens and what it may know of the devices. */
export interface UpdateTime {
  /** s since the experiment began. */
  now: number
  /** Sequences presented so far, from 1. */
  sequence: number
  estimate: 'stored' | 'read'
}

/** µS; estimated smallest jump of one SET, where a scheme does not set its own. */
export const SMALLEST_JUMP = pcm.smallestJump

/** Which device of a pair raises its difference in the direction of `change`: 0 is G⁺, 1 is G⁻. */
export const polarityOf = (change: number) => (change > 0 ? 0 : 1)

/** SETs on the device of `pair` that moves the difference in the direction of `change`; of a fraction the last one is a share. */
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
 * SETs one device of a freshly RESET pair, looking after each pulse, until the pair holds `difference` (µS)
 * to within half of the smallest jump.
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
 * Refresh: a pair with a device above `above` and a difference below `below` (µS) is RESET,
 * and its difference is written back to one device (arXiv 2108.01804).
 */
export function refresh(crossbar: Crossbar, spec: RefreshSpec, smallestJump: number, at: UpdateTime): void {
  if (spec.every === 0 || at.sequence % spec.every !== 0) return
  const { conductance, ledger } = crossbar.devices
  for (let pair = 0; 2 * pair < conductance.length; pair++) {
    const plus = 2 * pair
    if (conductance[plus] <= spec.above && conductance[plus + 1] <= spec.above) continue
    if (!crossbar.connected(Math.floor(pair / crossbar.pairs))) continue
    const difference = crossbar.estimateDifference(pair, at.now, at.estimate)
    if (Math.abs(difference) >= spec.below) continue
    resetPair(crossbar, pair, at.now)
    ledger.refresh[plus] += 1
    ledger.refresh[plus + 1] += 1
    writeDifference(crossbar, pair, difference, smallestJump, at)
  }
}
