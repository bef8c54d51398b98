import type { SchemeKind } from '../../spec/scheme.ts'
import type { SpecInput } from '../../spec/spec.ts'

/** Noiseless devices, the whole model of phase-change memory, or none. */
export type PaperMode = 'digital' | 'performance' | 'full'

/** A weight-update scheme as arXiv 2108.01804 compares it, on one kind of synapse. */
export interface PaperScheme {
  /** Of its preset, in which the settings found for it are shipped. */
  preset: string
  label: string
  mode: PaperMode
  scheme: SchemeKind
  /** What makes it this scheme; everything else is searched for, or left at its default. */
  spec: SpecInput
  /** What is searched: ends on a logarithmic scale, by parameter. */
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

/** Where an update that is too small fires no pulse and is lost, a silent network stays silent: these fire from the start. */
const firingBox: Box = {
  'learning.regularisation': [1e-4, 8e-4],
  'network.threshold': [0.04, 0.3],
  'network.feedbackGain': [0.1, 0.8],
  'device.initialConductance': [0.3, 3],
}

/** The sum of N pairs at N times the scale has the range of one pair. */
const pairsBox = (pairs: number): Box => ({
  ...firingBox,
  'learning.rateInput': [5e-5, 4e-4],
  'learning.rateRecurrent': [2e-5, 4e-4],
  'learning.rateOutput': [1e-4, 1e-3],
  'device.scale': [12 * pairs, 60 * pairs],
})

/** The size of a gradient is no matter; how far one SET goes is, and which gradients are large enough. */
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

/** Every pulse moves a noiseless device by G_max/2^bits, µS: what its schemes have to reckon with. */
const PERFORMANCE_JUMP = 12 / 2 ** 3

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
      device: { model: 'performance' },
      scheme: (countsPulses ? { ...scheme, smallestJump: PERFORMANCE_JUMP } : scheme) as SpecInput['scheme'],
    },
    box,
  }
}

/** What the paper compares: digital baselines, then every scheme on noiseless and on realistic devices. */
export const paperSchemes: readonly PaperScheme[] = [
  digital('fp32', 'FP32', 'fp32', digitalBox),
  digital('accumulator', 'Accumulator', 'accumulator', { ...digitalBox, 'scheme.accumulatorStep': [1e-3, 0.1] }),
  ...onDevices.map(performance),
  ...onDevices.map(full),
]

/** Epochs: networks that fire without end would take longer than all others together. */
export const giveUpAfter = 20

/** 'Mixed precision, full PCM model' */
export const nameOf = ({ label, mode }: Pick<PaperScheme, 'label' | 'mode'>) =>
  ({ digital: label, performance: `${label}, performance mode`, full: `${label}, full PCM model` })[mode]
