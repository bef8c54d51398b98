import type { Conventions } from '../spec/conventions.ts'

/**
 * Digital accumulator χ of mixed precision (arXiv 2108.01804): gathers η·gradient and passes on whole steps δ.
 */
export class Accumulator {
  readonly values: Float64Array
  readonly #step: number
  readonly #round: (x: number) => number

  constructor(synapses: number, step: number, rounding: Conventions['rounding']) {
    this.values = new Float64Array(synapses)
    this.#step = step
    this.#round = rounding === 'floor' ? Math.floor : Math.trunc
  }

  /** Adds to χ of one synapse; the whole steps that are now due, as a weight, which leave χ. */
  add(synapse: number, amount: number): number {
    const gathered = this.values[synapse] + amount
    const due = this.#round(gathered / this.#step) * this.#step
    this.values[synapse] = gathered - due
    return due
  }
}

export interface PulseRule {
  /** ε, µS */
  smallestJump: number
  counts: Conventions['pulseCounts']
  /** False where devices take fractions of a pulse, so that nothing is rounded. */
  granular: boolean
}

/** SETs for a wanted conductance change ≥ 0 (µS), one per smallest jump. */
export function pulsesFor(change: number, { smallestJump, counts, granular }: PulseRule): number {
  const pulses = change / smallestJump
  if (!granular) return pulses
  return counts === 'round-up' ? Math.ceil(pulses) : Math.trunc(pulses)
}
