import * as z from 'zod'
import { real, whole } from './quantity.ts'
import { sources } from './sources.ts'

const smallestJump = real({
  title: 'Smallest jump ε', unit: 'µS', min: 1e-3, max: 12, default: 0.75, slider: [0.05, 3],
  help: 'Estimated conductance change of one SET, by which a wanted change is turned into a number of pulses.',
  equation: 'pulses = trunc(|ΔW|·scale/ε)', source: sources.paper,
})
const accumulatorStep = real({
  title: 'Accumulator step δ', min: 1e-6, max: 2, default: 0.125, logarithmic: true, slider: [1e-3, 1],
  help: 'The digital accumulator passes on whole multiples of this weight.',
  equation: 'χ ← χ + η·gradient, q = trunc(χ/δ)·δ, χ ← χ − q', source: sources.paper,
})

const refresh = (above: number, below: number) => z.strictObject({
  every: whole({ title: 'Every', unit: 'sequences', min: 0, max: 1_000_000, default: 1, help: 'How often saturated pairs are looked for; 0 switches the refresh off.' }),
  above: real({
    title: 'Above', unit: 'µS', min: 0, max: 25, default: above, slider: [0, 12],
    help: 'A pair is saturated when one of its devices is above this…',
    equation: 'max(G⁺, G⁻) > above and |G⁺ − G⁻| < below', source: sources.paper,
  }),
  below: real({
    title: 'Difference below', unit: 'µS', min: 0, max: 25, default: below, slider: [0, 12],
    help: '…while |G⁺ − G⁻| is below this. Both are RESET and the difference is written back to one.',
    equation: 'max(G⁺, G⁻) > above and |G⁺ − G⁻| < below', source: sources.paper,
  }),
}).prefault({}).meta({ title: 'Refresh', help: 'Frees pairs whose two devices are both near their largest conductance.' })

/** arXiv 2108.01804, section "weight updates"; the names are those of the command line and the figures. */
export const schemeSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('fp32') })
    .meta({ title: 'FP32', help: 'Digital weights without quantisation: the baseline of e-prop itself.' }),
  z.strictObject({ kind: z.literal('accumulator'), accumulatorStep })
    .meta({ title: 'Accumulator', help: 'Digital weights that move in whole steps δ of an accumulated gradient; no devices.' }),
  z.strictObject({
    kind: z.literal('sign'),
    stopThreshold: real({
      title: 'Stop-learning threshold θ', min: 0, max: 100, default: 0,
      help: 'One SET on G⁺ where the gradient is below −θ, on G⁻ where it is above θ.',
      equation: 'SET G⁺ where gradient < −θ, G⁻ where gradient > θ', source: sources.paper,
    }),
    refresh: refresh(9, 2.25),
  }).meta({ title: 'Sign', help: 'One SET per synapse and update, in the direction of the gradient.' }),
  z.strictObject({
    kind: z.literal('stochastic'),
    probabilityScale: real({
      title: 'Probability scale', unit: 'µS', min: 1e-6, max: 1e6, default: 1, logarithmic: true, slider: [0.01, 100],
      help: 'A SET is fired with probability |ΔW|·scale / this.',
      equation: 'P(SET) = |ΔW|·scale/p', source: sources.paper,
    }),
    refresh: refresh(9, 2.25),
  }).meta({ title: 'Stochastic', help: 'One SET with a probability proportional to the wanted change.' }),
  z.strictObject({
    kind: z.literal('multi-memristor'),
    pairs: whole({
      title: 'Pairs per synapse', min: 1, max: 64, default: 4, slider: [1, 16],
      help: 'Differential pairs N of one synapse; a counter deals the pulses to them in turn.',
      equation: 'w = Σ_n (G⁺_n − G⁻_n)/scale', source: sources.paper,
    }),
    smallestJump,
    refresh: refresh(9, 4.5),
  }).meta({ title: 'Multi-memristor', help: 'Several pairs per synapse take the pulses in turn, so their noise averages out.' }),
  z.strictObject({ kind: z.literal('mixed-precision'), accumulatorStep, smallestJump, refresh: refresh(6, 1.5) })
    .meta({ title: 'Mixed precision', help: 'A digital accumulator collects gradients and fires pulses once a whole step δ is due.' }),
  z.strictObject({
    kind: z.literal('update-ready'),
    accumulatorStep,
    smallestJump,
    limit: real({ title: 'Reachable conductance', unit: 'µS', min: 0.1, max: 25, default: 10, slider: [1, 12], help: 'A device that the wanted change would take above this is RESET first.' }),
  }).meta({ title: 'Update-ready', help: 'As mixed precision, but a device that could not take the change in one go is RESET before it is programmed.' }),
]).prefault({ kind: 'fp32' }).meta({ title: 'Update scheme', help: 'How a gradient becomes pulses.' })

export type SchemeSpec = z.output<typeof schemeSchema>
export type SchemeKind = SchemeSpec['kind']
export type SchemeOf<Kind extends SchemeKind> = Extract<SchemeSpec, { kind: Kind }>
export type RefreshSpec = SchemeOf<'sign'>['refresh']

/** In the order of legends, tables and series colours. */
export const schemeKinds = ['fp32', 'accumulator', 'sign', 'stochastic', 'multi-memristor', 'mixed-precision', 'update-ready'] as const satisfies SchemeKind[]

/** Whether the scheme's weights live in a crossbar. */
export const usesDevices = (scheme: SchemeSpec) => scheme.kind !== 'fp32' && scheme.kind !== 'accumulator'

/** Whether the scheme turns a change into a number of pulses; the others on devices fire one, whatever the change. */
export const countsPulses = (scheme: SchemeSpec) => 'smallestJump' in scheme

/** Differential pairs of a synapse; 0 for digital weights. */
export const pairsOf = (scheme: SchemeSpec) => (scheme.kind === 'multi-memristor' ? scheme.pairs : usesDevices(scheme) ? 1 : 0)
