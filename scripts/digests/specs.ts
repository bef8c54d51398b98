import { schemeKinds } from '../../src-engine/experiment/scheme.ts'
import { Stream } from '../../src-engine/random/stream.ts'

/** A spec document and what to call it. */
export interface Named {
  name: string
  document: Record<string, unknown>
}

/** Draws that are the same on every machine. */
class Draws {
  readonly #stream: Stream
  #count = 0

  constructor(index: number) {
    this.#stream = new Stream(17, 'sweep points', index)
  }

  #next(): number {
    return this.#stream.uniform(this.#count++, 0)
  }

  of<Value>(values: readonly Value[]): Value {
    return values[Math.floor(this.#next() * values.length)]!
  }

  flag(): boolean {
    return this.#next() < 0.5
  }

  between(from: number, to: number): number {
    return from + (to - from) * this.#next()
  }

  /** A number of one of the decades from 1e`first` on. */
  inDecades(first: number, count: number): number {
    return Number(`1e${first + Math.floor(this.#next() * count)}`) * this.between(1, 10)
  }
}

/**
 * Specs of small networks over all schemes, tasks, conventions, arithmetics and devices. Their neurons spike and their devices get pulses,
 * so that a difference shows in the digest.
 */
export const randomSpecs = (count: number): Named[] => Array.from({ length: count }, (_, index) => {
  // Every scheme has the same share.
  const kind = schemeKinds[index % schemeKinds.length]!
  return { name: `random-${index} ${kind}`, document: randomSpec(new Draws(index), kind, index) }
})

function randomSpec(draws: Draws, kind: string, seed: number): Record<string, unknown> {
  return {
    seed,
    task: taskOf(draws),
    network: {
      recurrentNeurons: 8,
      threshold: draws.between(0.005, 0.1),
      refractoryTime: draws.of([0, 0, 2]),
      surrogateWidth: draws.of([1, 4]),
      weightGain: draws.between(0.2, 1),
      feedbackGain: draws.between(0.2, 1),
    },
    learning: {
      rateInput: draws.inDecades(-3, 3),
      rateRecurrent: draws.inDecades(-3, 3),
      rateOutput: draws.inDecades(-3, 3),
      regularisation: draws.inDecades(-4, 2),
      // A low limit gives gradients that are whole numbers.
      gradientClip: draws.of([100, 1]),
      gradientForm: draws.of(['filtered', 'running']),
    },
    scheme: schemeOf(draws, kind),
    device: deviceOf(draws),
    conventions: conventionsOf(draws),
    training: { epochs: 3, arithmetic: draws.of(['float32', 'float64']) },
    recording: { snapshotEvery: 0 },
  }
}

function taskOf(draws: Draws): object {
  const timing = { patterns: 2, steps: 40, inputChannels: 6, inputRate: draws.between(200, 600) }
  if (draws.flag()) return { kind: 'sinusoids', ...timing, frequencies: [5, 20] }
  const samples = Array.from({ length: 120 }, () => draws.between(-1, 2))
  return { kind: 'signal', ...timing, file: 'digests', normalise: draws.of(['centre', 'max-abs', 'standard', 'none']), samples }
}

/** Settings that only some schemes have. */
function schemeOf(draws: Draws, kind: string): object {
  const refresh = { every: draws.of([0, 1, 3]), above: draws.between(2, 6), below: draws.between(1, 4) }
  const drawn: Record<string, object> = {
    'accumulator': { accumulatorStep: draws.between(0.01, 0.2) },
    'sign': {
      stopThreshold: draws.of([0, 0.1]), thresholdRecurrent: draws.between(0, 2), thresholdOutput: draws.between(0, 2), refresh,
    },
    'stochastic': { probabilityScale: draws.between(0.1, 2), refresh },
    'multi-memristor': { pairs: draws.of([1, 2, 3]), smallestJump: draws.between(0.2, 1), refresh },
    'mixed-precision': { accumulatorStep: draws.between(0.01, 0.2), smallestJump: draws.between(0.2, 1), refresh },
    'update-ready': { accumulatorStep: draws.between(0.01, 0.2), smallestJump: draws.between(0.2, 1), limit: draws.between(2, 10) },
  }
  return { kind, ...drawn[kind] }
}

const deviceOf = (draws: Draws): object => ({
  model: draws.of(['pcm', 'performance']),
  scale: draws.between(2, 12),
  scaleRecurrent: draws.of([1, 2]),
  scaleOutput: draws.of([1, 0.5]),
  initialConductance: draws.between(0.1, 4),
  bits: draws.of([3, 5]),
  writeNoise: draws.flag(),
  nonlinearity: draws.flag(),
  granularity: draws.flag(),
  readNoise: draws.of(['exact', 'summed', 'off']),
  drift: draws.flag(),
})

const conventionsOf = (draws: Draws): object => ({
  equations: draws.of(['paper', 'nest']),
  inputTrace: draws.of(['aligned', 'early']),
  rounding: draws.of(['truncate', 'floor']),
  pulseCounts: draws.of(['per-synapse', 'round-up']),
  timeline: draws.of(['wait', 'immediate']),
  estimate: draws.of(['stored', 'read']),
  pairStep: draws.of(['sum', 'mean']),
  selfConnections: draws.of(['masked', 'noise']),
})
