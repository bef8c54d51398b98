import type { DeviceDocument } from './document.ts'
import type { DeviceModel } from './model.ts'
import type { DeviceSettings } from './settings.ts'
import { startOf } from './start.ts'

/** Every SET moves G by G_max/2^bits. Nothing is noisy but the start, and a READ shows G. */
function document(settings: DeviceSettings): DeviceDocument {
  const { maxConductance, resetConductance, bits } = settings
  const none = { slope: 0, offset: 0, memory: 0 }
  return {
    start: startOf(settings),
    set: {
      mean: { ...none, offset: maxConductance / 2 ** bits },
      deviation: none,
      memoryPulses: null,
      // The public code estimates jumps as on PCM devices, whatever the step is.
      smallestJump: 0.75,
    },
    reset: { mean: resetConductance, deviation: 0, smallest: 0.01 },
    read: { slope: 0, offset: 0, summed: false },
    drift: null,
    bounds: { smallest: 0.1, largest: maxConductance },
  }
}

export const performance = {
  kind: 'performance',
  title: 'Performance mode',
  meaning: 'Noiseless devices of a few bits: every pulse changes G by G_max/2^bits. No drift',
  nonIdealities: [],
  shownWith: { setting: 'bits', noun: 'bit' },
  document,
} as const satisfies DeviceModel
