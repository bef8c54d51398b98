import { sources } from '../sources.ts'
import type { DeviceDocument } from './document.ts'
import type { DeviceModel } from './model.ts'
import type { DeviceSettings } from './settings.ts'
import { startOf } from './start.ts'

/**
 * Constants of the phase-change memory (PCM) model of Nandakumar et al., J. Appl. Phys. 124, 152135 (2018).
 * Conductances are in µS, times in s.
 */
const published = {
  /** SET: ΔG ~ N(μ, σ), equations 1 and 2. */
  setMean: { slope: -0.084, offset: 0.88, memory: 1.4 },
  setDeviation: { slope: 0.091, offset: 0.26, memory: 2.15 },
  memoryPulses: 2.6,
  /** Estimated smallest jump ε of a SET (arXiv 2108.01804). */
  smallestJump: 0.75,
  readDeviation: { slope: 0.03, offset: 0.13 },
  /** Age at which the drift law gives the programmed conductance (equation 3). */
  referenceAge: 38.6,
  /** Age at the first READ of the public code. */
  youngest: 5e-4,
  smallest: 0.1,
} as const

const none = { slope: 0, offset: 0, memory: 0 } as const
const constant = (step: number) => ({ ...none, offset: step })

function document(settings: DeviceSettings): DeviceDocument {
  const { setMean, setDeviation, memoryPulses, smallestJump, readDeviation, referenceAge, youngest, smallest } = published
  const mean = settings.resetConductance
  const isNoisy = settings.readNoise !== 'off'
  return {
    start: startOf(settings),
    set: {
      mean: settings.nonlinearity ? setMean : constant(smallestJump),
      deviation: settings.writeNoise ? setDeviation : none,
      memoryPulses,
      smallestJump,
    },
    reset: { mean, deviation: settings.writeNoise ? 0.1 * mean : 0, smallest: 0.01 },
    read: { ...(isNoisy ? readDeviation : { slope: 0, offset: 0 }), summed: settings.readNoise === 'summed' },
    drift: { exponent: settings.drift ? settings.driftExponent : 0, referenceAge, youngest },
    bounds: { smallest, largest: settings.maxConductance },
  }
}

export const pcm = {
  kind: 'pcm',
  title: 'PCM model',
  meaning: 'Phase-change memory, J. Appl. Phys. 124, 152135 (2018)',
  equation: 'SET: ΔG ~ N(μ, σ), μ = −0.084·G + 0.880 + 1.40·P',
  source: sources.device,
  nonIdealities: ['writeNoise', 'nonlinearity', 'readNoise', 'drift'],
  shownWith: null,
  document,
} as const satisfies DeviceModel
