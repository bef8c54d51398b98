import type { Conventions } from '../experiment/conventions.ts'

/**
 * Digital accumulator χ of mixed precision (arXiv 2108.01804). It sums η·gradient and releases whole steps δ.
 */
export class Accumulator {
  /** χ of every synapse, in units of weight. */
  readonly values: Float64Array
  readonly #step: number
  readonly #round: (x: number) => number

  constructor(synapses: number, step: number, rounding: Conventions['rounding']) {
    this.values = new Float64Array(synapses)
    this.#step = step
    this.#round = rounding === 'floor' ? Math.floor : Math.trunc
  }

  /** Adds `amount` to χ of one synapse. Subtracts the whole steps that are now due and returns them, in units of weight. */
  add(synapse: number, amount: number): number {
    const total = this.values[synapse]! + amount
    const due = this.#round(total / this.#step) * this.#step
    this.values[synapse] = total - due
    return due
  }
}

export interface PulseRule {
  /** Smallest jump ε, µS. */
  smallestJump: number
  counts: Conventions['pulseCounts']
  /** False if devices accept fractions of a pulse, so that nothing is rounded. */
  granular: boolean
}

/** Number of SETs for a wanted conductance change ≥ 0 (µS): one per smallest jump ε. */
export function pulsesFor(change: number, { smallestJump, counts, granular }: PulseRule): number {
  const pulses = change / smallestJump
  if (!granular) return pulses
  return counts === 'round-up' ? Math.ceil(pulses) : Math.trunc(pulses)
}
