import * as z from 'zod'
import { real, whole } from './quantity.ts'
import { sources } from './sources.ts'

const smallestJump = real({
  title: 'Smallest jump ε', unit: 'µS', min: 1e-3, max: 12, default: 0.75, slider: [0.05, 3],
  help: 'Estimated conductance change of one SET. It converts a weight change to a number of pulses.',
  equation: 'pulses = trunc(|ΔW|·scale/ε)', source: sources.paper,
})
const accumulatorStep = real({
  title: 'Accumulator step δ', min: 1e-6, max: 2, default: 0.125, logarithmic: true, slider: [1e-3, 1],
  help: 'The digital accumulator applies whole multiples of this weight change.',
  equation: 'χ ← χ + η·gradient, q = trunc(χ/δ)·δ, χ ← χ − q', source: sources.paper,
})

const layerFactor = (title: string, layer: string) => real({
  title, min: 0, max: 1000, default: 1, slider: [0, 10], advanced: true,
  help: `The stop-learning threshold of the ${layer} weights is θ times this factor.`,
  equation: 'SET G⁺ if gradient < −factor·θ, G⁻ if gradient > factor·θ', source: `${sources.paper}, where it is 1`,
})

const refresh = (above: number, below: number) => z.strictObject({
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

/** arXiv 2108.01804, section "weight updates". The identifiers are those of documents and the command line. */
export const schemeSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('fp32') })
    .meta({ title: 'FP32', help: 'Digital weights without quantisation: the baseline for e-prop itself.' }),
  z.strictObject({ kind: z.literal('accumulator'), accumulatorStep })
    .meta({ title: 'Accumulator', help: 'Digital weights that change in whole steps δ of an accumulated gradient. It uses no devices.' }),
  z.strictObject({
    kind: z.literal('sign'),
    stopThreshold: real({
      title: 'Stop-learning threshold θ', min: 0, max: 100, default: 0,
      help: 'A gradient below −θ fires one SET on G⁺. A gradient above θ fires one SET on G⁻.',
      equation: 'SET G⁺ if gradient < −θ, G⁻ if gradient > θ', source: sources.paper,
    }),
    thresholdRecurrent: layerFactor('Recurrent threshold factor', 'recurrent'),
    thresholdOutput: layerFactor('Readout threshold factor', 'readout'),
    refresh: refresh(9, 2.25),
  }).meta({ title: 'Sign', help: 'One SET per synapse and update, against the gradient.' }),
  z.strictObject({
    kind: z.literal('stochastic'),
    probabilityScale: real({
      title: 'Probability scale', unit: 'µS', min: 1e-6, max: 1e6, default: 1, logarithmic: true, slider: [0.01, 100],
      help: 'A SET is fired with the probability |ΔW|·scale/p, where p is this value.',
      equation: 'P(SET) = |ΔW|·scale/p', source: sources.paper,
    }),
    refresh: refresh(9, 2.25),
  }).meta({ title: 'Stochastic', help: 'One SET, with a probability proportional to the weight change.' }),
  z.strictObject({
    kind: z.literal('multi-memristor'),
    pairs: whole({
      title: 'Pairs per synapse', min: 1, max: 64, default: 4, slider: [1, 16],
      help: 'Number N of differential pairs in one synapse. A counter distributes the pulses to them in turn.',
      equation: 'w = Σ_n (G⁺_n − G⁻_n)/scale', source: sources.paper,
    }),
    smallestJump,
    refresh: refresh(9, 4.5),
  }).meta({ title: 'Multi-memristor', help: 'Several pairs per synapse receive the pulses in turn, so their noise averages out.' }),
  z.strictObject({ kind: z.literal('mixed-precision'), accumulatorStep, smallestJump, refresh: refresh(6, 1.5) })
    .meta({ title: 'Mixed precision', help: 'A digital accumulator collects gradients and fires pulses when it reaches a whole step δ.' }),
  z.strictObject({
    kind: z.literal('update-ready'),
    accumulatorStep,
    smallestJump,
    limit: real({
      title: 'Reachable conductance', unit: 'µS', min: 0.1, max: 25, default: 10, slider: [1, 12],
      help: 'If the change would raise one device of a pair above this, the other device is RESET first. '
        + 'What is then missing is programmed, up or down.',
      equation: 'RESET the opposite device if |ΔG| > limit − G', source: sources.paper,
    }),
  }).meta({ title: 'Update-ready', help: 'Mixed precision, but where a device cannot take the whole change, the opposite device of its pair is RESET first.' }),
]).prefault({ kind: 'fp32' }).meta({ title: 'Update scheme', help: 'How a gradient is converted to pulses.' })

export type SchemeSpec = z.output<typeof schemeSchema>
export type SchemeKind = SchemeSpec['kind']
export type SchemeOf<Kind extends SchemeKind> = Extract<SchemeSpec, { kind: Kind }>
export type RefreshSpec = SchemeOf<'sign'>['refresh']

/** In the order of legends, tables and series colours. */
export const schemeKinds = ['fp32', 'accumulator', 'sign', 'stochastic', 'multi-memristor', 'mixed-precision', 'update-ready'] as const satisfies SchemeKind[]

/** Stop-learning threshold θ of a layer in the sign scheme. */
export const stopThresholdOf = ({ stopThreshold, thresholdRecurrent, thresholdOutput }: SchemeOf<'sign'>, layer: string): number =>
  stopThreshold * (layer === 'recurrent' ? thresholdRecurrent : layer === 'output' ? thresholdOutput : 1)

/** Whether the scheme's weights live in a crossbar. */
export const usesDevices = (scheme: Pick<SchemeSpec, 'kind'>) => scheme.kind !== 'fp32' && scheme.kind !== 'accumulator'

/** Whether the scheme converts a weight change to a number of pulses. The other schemes on devices fire at most one pulse. */
export const countsPulses = (scheme: SchemeSpec) => 'smallestJump' in scheme

/** Number of differential pairs per synapse; 0 for digital weights. */
export const pairsOf = (scheme: SchemeSpec) => (scheme.kind === 'multi-memristor' ? scheme.pairs : usesDevices(scheme) ? 1 : 0)
