import * as z from 'zod'
import { real, whole } from '../quantity.ts'
import { sources } from '../sources.ts'

/** Settings that several schemes have. */

export const smallestJump = real({
  title: 'Smallest jump ε', unit: 'µS', min: 1e-3, max: 12, default: 0.75, slider: [0.05, 3],
  help: 'Estimated conductance change of one SET. It converts a weight change to a number of pulses.',
  equation: 'pulses = trunc(|ΔW|·scale/ε)', source: sources.paper,
})

export const accumulatorStep = real({
  title: 'Accumulator step δ', min: 1e-6, max: 2, default: 0.125, logarithmic: true, slider: [1e-3, 1],
  help: 'The digital accumulator applies whole multiples of this weight change.',
  equation: 'χ ← χ + η·gradient, q = trunc(χ/δ)·δ, χ ← χ − q', source: sources.paper,
})

/** @param above default of the saturation level, µS @param below default of the difference limit, µS */
export const refresh = (above: number, below: number) => z.strictObject({
  every: whole({ title: 'Refresh interval', unit: 'sequences', min: 0, max: 1_000_000, default: 1, help: 'How often saturated pairs are refreshed. 0 = off.' }),
  above: real({
    title: 'Saturation level', unit: 'µS', min: 0, max: 25, default: above, slider: [0, 12],
    help: 'A pair is refreshed if one of its devices is above this level and |G⁺ − G⁻| is below the difference limit.',
    equation: 'max(G⁺, G⁻) > level and |G⁺ − G⁻| < limit', source: sources.paper,
  }),
  below: real({
    title: 'Difference limit', unit: 'µS', min: 0, max: 25, default: below, slider: [0, 12],
    help: 'Upper limit of |G⁺ − G⁻| for a refresh. Both devices are RESET, and the difference is written back to one of them.',
    equation: 'max(G⁺, G⁻) > level and |G⁺ − G⁻| < limit', source: sources.paper,
  }),
}).prefault({}).meta({ title: 'Refresh', help: 'Frees pairs whose devices are both near their largest conductance.' })

export type RefreshSpec = z.output<ReturnType<typeof refresh>>
