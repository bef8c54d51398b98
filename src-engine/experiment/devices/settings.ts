import * as z from 'zod'
import { choice, flag, real, whole } from '../quantity.ts'
import { sources } from '../sources.ts'

/** READ noise was a switch before it could be summed. On is `exact`. */
const readNoiseName = (value: boolean | 'exact' | 'summed' | 'off' | undefined) =>
  (typeof value === 'boolean' ? value ? 'exact' : 'off' : value)

/** Settings of the devices besides their model. Each model makes its document from them. */
export const deviceSettings = {
  scale: real({
    title: 'Scale', unit: 'µS', min: 1e-3, max: 1e6, default: 12, logarithmic: true, slider: [1, 200],
    help: 'Conductance difference that represents a weight of 1: w = (ΣG⁺ − ΣG⁻)/scale.',
    equation: 'w = (ΣG⁺ − ΣG⁻)/scale', source: sources.paper,
  }),
  scaleRecurrent: real({
    title: 'Recurrent scale factor', min: 1e-3, max: 1000, default: 1, logarithmic: true, slider: [0.1, 10], advanced: true,
    help: 'The scale of the recurrent crossbar is the scale times this factor.',
    equation: 'w = (ΣG⁺ − ΣG⁻)/(factor·scale)', source: `${sources.paper}, where it is 1`,
  }),
  scaleOutput: real({
    title: 'Readout scale factor', min: 1e-3, max: 1000, default: 1, logarithmic: true, slider: [0.1, 10], advanced: true,
    help: 'The scale of the readout crossbar is the scale times this factor.',
    equation: 'w = (ΣG⁺ − ΣG⁻)/(factor·scale)', source: `${sources.paper}, where it is 1`,
  }),
  initialConductance: real({
    title: 'Initial conductance', unit: 'µS', min: 0.01, max: 12, default: 0.1, slider: [0.01, 2],
    help: 'Devices start at N(G0, 0.1·G0), so weights start near 0 and can learn. This holds in performance mode and without write noise too.',
    equation: 'G ~ N(G0, 0.1·G0)', source: sources.code,
  }),
  resetConductance: real({
    title: 'RESET conductance', unit: 'µS', min: 0.01, max: 12, default: 0.1, slider: [0.01, 2], advanced: true,
    help: 'A RESET sets the conductance to N(G0, 0.1·G0), or to G0 exactly in performance mode and without write noise.',
    equation: 'G ~ N(G0, 0.1·G0), P ← 1', source: sources.code,
  }),
  maxConductance: real({ title: 'Largest conductance', unit: 'µS', min: 1, max: 100, default: 12, slider: [5, 25], help: 'G_max. Figure 5 of the device paper uses 20 µS.', advanced: true }),
  bits: whole({
    title: 'Bits', min: 1, max: 24, default: 3, slider: [1, 8],
    help: 'Performance mode only: a pulse changes G by G_max/2^bits. At 3 bits that is 1.5 µS, coarser than most SETs of the PCM model.',
    equation: 'ΔG = G_max/2^bits', source: sources.code,
  }),
  driftExponent: real({
    title: 'Drift exponent ν', min: 0, max: 1, default: 0.04, slider: [0, 0.2], advanced: true,
    help: 'G(t) = G·((t − t_p)/38.6 s)^−ν.',
    equation: 'G(t) = G·((t − t_p)/38.6 s)^−ν', source: sources.device,
  }),
  writeNoise: flag({
    title: 'Write noise', default: true,
    help: 'A SET changes G by N(μ, σ). Off: by μ.',
    equation: 'σ = 0.091·G + 0.260 + 2.15·P, P ← P·exp(−1/2.6) with each SET', source: sources.device,
  }),
  nonlinearity: flag({
    title: 'Nonlinearity', default: true,
    help: 'The mean change by a SET decreases with G and with the number of SETs since the last RESET. '
      + 'Off: it is 0.75 µS, with the same deviation. Performance mode has no nonlinearity.',
    equation: 'μ = −0.084·G + 0.880 + 1.40·P. Off: μ = 0.75 µS', source: `${sources.device}; ${sources.paper}`,
  }),
  granularity: flag({
    title: 'Granularity', default: true,
    help: 'A change is a whole number of SETs. Off: its last SET is a fraction f of a pulse and counts as one SET, in performance mode too. '
      + 'Schemes that fire at most one pulse, and the refresh, always fire whole pulses.',
    equation: 'Off: pulses = |ΔW|·scale/ε, ΔG ~ N(f·μ, √f·σ), P ← P·exp(−f/2.6)',
    source: `${sources.device}; fractions of a pulse are this program\'s own`,
  }),
  readNoise: z.preprocess(
    readNoiseName,
    choice(
      {
        exact: { title: 'Exact', meaning: 'One draw for every device and READ' },
        summed: { title: 'Summed', meaning: 'Faster: one draw per neuron and step, with the mean and variance of the READs it sums' },
        off: { title: 'Off', meaning: 'A READ shows the conductance, with drift' },
      },
      {
        title: 'READ noise', default: 'exact',
        help: 'Every READ adds N(0, 0.03·G + 0.13 µS) and is clipped to the range of a READ. '
          + 'Summed replaces the clipped draws by one normal draw of equal mean and variance. Use it for searches.',
        equation: 'READ = clip(G(t) + N(0, 0.03·G(t) + 0.13 µS), 0.1 µS, G_max)', source: sources.device,
      },
    ),
  ),
  drift: flag({
    title: 'Drift', default: true,
    help: 'The conductance decreases with the time since the device was last programmed.',
    equation: 'G(t) = G·((t − t_p)/38.6 s)^−ν', source: sources.device,
  }),
}

export type DeviceSettings = z.output<z.ZodObject<typeof deviceSettings>>
