import type { Crossbar } from '../../crossbar/crossbar.ts'
import { polarityOf, program, type UpdateMoment } from '../../crossbar/program.ts'
import type { Conventions } from '../../spec/conventions.ts'
import type { SchemeOf } from '../../spec/scheme.ts'
import { Accumulator, pulsesFor } from '../quantise.ts'
import type { UpdateScheme } from '../scheme.ts'

/**
 * Update-ready (arXiv 2108.01804): changes gather as in mixed precision; a device that the change would take
 * beyond its reach is RESET first, and the pair is then programmed to the difference that was wanted.
 */
export class UpdateReadyScheme implements UpdateScheme {
  readonly state
  readonly #crossbar: Crossbar
  readonly #rate: number
  readonly #spec: SchemeOf<'update-ready'>
  readonly #counts: Conventions['pulseCounts']
  readonly #accumulator: Accumulator

  constructor(crossbar: Crossbar, rate: number, spec: SchemeOf<'update-ready'>, conventions: Conventions) {
    this.#crossbar = crossbar
    this.#rate = rate
    this.#spec = spec
    this.#counts = conventions.pulseCounts
    this.#accumulator = new Accumulator(crossbar.post * crossbar.pre, spec.accumulatorStep, conventions.rounding)
    this.state = { accumulator: this.#accumulator.values }
  }

  update(gradient: Float64Array, at: UpdateMoment): void {
    for (let synapse = 0; synapse < gradient.length; synapse++) {
      const due = this.#accumulator.add(synapse, this.#rate * gradient[synapse])
      if (due !== 0 && this.#crossbar.connected(synapse)) this.#move(synapse, -due * this.#crossbar.scale, at)
    }
  }

  #move(pair: number, change: number, at: UpdateMoment): void {
    const missing = this.#makeReady(pair, change, at)
    const pulses = pulsesFor(Math.abs(missing), this.#spec.smallestJump, this.#counts)
    program(this.#crossbar, pair, missing, pulses, at.now)
  }

  /** RESETs the device that could not take `change` (µS); what is then missing to the wanted difference. */
  #makeReady(pair: number, change: number, at: UpdateMoment): number {
    const device = 2 * pair + polarityOf(change)
    const { devices } = this.#crossbar
    if (devices.conductance[device] + Math.abs(change) <= this.#spec.limit) return change
    const wanted = this.#crossbar.estimateDifference(pair, at.now, at.estimate) + change
    devices.reset(device, at.now)
    return wanted - this.#crossbar.estimateDifference(pair, at.now, at.estimate)
  }
}
