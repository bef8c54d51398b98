import type { SchemeKind } from '../../spec/scheme.ts'
import type { SpecInput } from '../../spec/spec.ts'

/** No devices, noiseless devices, or the full model of phase-change memory. */
export type PaperMode = 'digital' | 'performance' | 'full'

/** A weight-update scheme on one kind of synapse, as compared in arXiv 2108.01804. */
export interface PaperScheme {
  /** Id of its preset, which has the settings that the search found. */
  preset: string
  label: string
  mode: PaperMode
  scheme: SchemeKind
  /** The settings that define this scheme. All others are searched or have their defaults. */
  spec: SpecInput
  /** The search space: the two ends of a logarithmic range for each parameter. */
  box: Box
}

export type Box = Readonly<Record<string, readonly [from: number, to: number]>>

const digitalBox: Box = {
  'learning.rateInput': [1e-5, 4e-4],
  'learning.rateRecurrent': [1e-4, 1e-3],
  'learning.rateOutput': [1e-5, 1e-4],
  'learning.regularisation': [3e-5, 1e-3],
  'network.threshold': [0.08, 0.4],
  'network.feedbackGain': [0.1, 0.8],
  'network.weightGain': [0.1, 0.5],
}

const accumulatingBox: Box = {
  'learning.regularisation': [1e-4, 8e-4],
  'network.threshold': [0.3, 1],
  'network.feedbackGain': [0.1, 0.5],
  'device.initialConductance': [0.2, 1],
  'learning.rateInput': [4e-4, 2e-3],
  'learning.rateRecurrent': [5e-5, 2.5e-4],
  'learning.rateOutput': [1.5e-5, 8e-5],
  'device.scale': [25, 80],
  'scheme.accumulatorStep': [0.04, 0.15],
}

const stochasticBox: Box = {
  'learning.regularisation': [1e-4, 8e-4],
  'network.threshold': [0.2, 0.8],
  'network.feedbackGain': [0.1, 0.5],
  'device.initialConductance': [0.2, 1],
  'learning.rateInput': [1e-4, 1e-3],
  'learning.rateRecurrent': [5e-5, 2.5e-4],
  'learning.rateOutput': [1.5e-5, 8e-5],
  'device.scale': [25, 80],
}

/** Schemes that lose updates below one pulse cannot wake up a silent network. In these ranges the network fires from the start. */
const firingBox: Box = {
  'learning.regularisation': [1e-4, 8e-4],
  'network.threshold': [0.04, 0.3],
  'network.feedbackGain': [0.1, 0.8],
  'device.initialConductance': [0.3, 3],
}

/** N pairs at N times the scale have the weight range of one pair. */
const pairsBox = (pairs: number): Box => ({
  ...firingBox,
  'learning.rateInput': [5e-5, 4e-4],
  'learning.rateRecurrent': [2e-5, 4e-4],
  'learning.rateOutput': [1e-4, 1e-3],
  'device.scale': [12 * pairs, 60 * pairs],
})

/** The size of a gradient does not matter. The change by one SET matters, and which gradients are large enough for one. */
const signBox: Box = { ...firingBox, 'device.scale': [50, 400], 'scheme.stopThreshold': [1, 100] }

interface OnDevices {
  name: string
  label: string
  scheme: Exclude<SpecInput['scheme'], undefined> & { kind: SchemeKind }
  box: Box
}

const onDevices: readonly OnDevices[] = [
  { name: 'sign', label: 'Sign', scheme: { kind: 'sign' }, box: signBox },
  { name: 'stochastic', label: 'Stochastic', scheme: { kind: 'stochastic' }, box: stochasticBox },
  { name: 'multi-memristor', label: 'Multi-memristor, 4 pairs', scheme: { kind: 'multi-memristor', pairs: 4 }, box: pairsBox(4) },
  { name: 'multi-memristor-8', label: 'Multi-memristor, 8 pairs', scheme: { kind: 'multi-memristor', pairs: 8 }, box: pairsBox(8) },
  { name: 'mixed-precision', label: 'Mixed precision', scheme: { kind: 'mixed-precision' }, box: accumulatingBox },
  { name: 'update-ready', label: 'Update-ready', scheme: { kind: 'update-ready' }, box: accumulatingBox },
]

const PERFORMANCE_BITS = 3
/** Change of a noiseless device by one pulse, G_max/2^bits, µS. Its schemes must plan with it. */
const PERFORMANCE_JUMP = 12 / 2 ** PERFORMANCE_BITS

const digital = (preset: string, label: string, scheme: 'fp32' | 'accumulator', box: Box): PaperScheme =>
  ({ preset: `pattern-generation/${preset}`, label, mode: 'digital', scheme, spec: { scheme: { kind: scheme } }, box })

const full = ({ name, label, scheme, box }: OnDevices): PaperScheme =>
  ({ preset: `pattern-generation/${name}`, label, mode: 'full', scheme: scheme.kind, spec: { scheme }, box })

function performance({ name, label, scheme, box }: OnDevices): PaperScheme {
  const countsPulses = scheme.kind !== 'sign' && scheme.kind !== 'stochastic'
  return {
    preset: `performance-mode/${name}`,
    label,
    mode: 'performance',
    scheme: scheme.kind,
    spec: {
      device: { model: 'performance', bits: PERFORMANCE_BITS },
      scheme: (countsPulses ? { ...scheme, smallestJump: PERFORMANCE_JUMP } : scheme) as SpecInput['scheme'],
    },
    box,
  }
}

/** All schemes of the paper: digital baselines, then every scheme on noiseless and on realistic devices. */
export const paperSchemes: readonly PaperScheme[] = [
  digital('fp32', 'FP32', 'fp32', digitalBox),
  digital('accumulator', 'Accumulator', 'accumulator', { ...digitalBox, 'scheme.accumulatorStep': [1e-3, 0.1] }),
  ...onDevices.map(performance),
  ...onDevices.map(full),
]

/** Epochs of divergence after which a run ends. Networks that never stop firing would take longer than all others together. */
export const giveUpAfter = 20

/** 'Mixed precision, full PCM model' */
export const nameOf = ({ label, mode }: Pick<PaperScheme, 'label' | 'mode'>) =>
  ({ digital: label, performance: `${label}, performance mode, ${PERFORMANCE_BITS} bits`, full: `${label}, full PCM model` })[mode]
