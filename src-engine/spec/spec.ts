import * as z from 'zod'
import { conventionsSchema } from './conventions.ts'
import { choice, flag, group, real, whole } from './quantity.ts'
import { schemeSchema } from './scheme.ts'
import { taskSchema } from './task.ts'

const networkSchema = group({
  recurrentNeurons: whole({ title: 'Recurrent neurons', min: 1, max: 4096, default: 100, help: 'Leaky integrate-and-fire neurons, each connected to all others.' }),
  tauRecurrent: real({ title: 'Membrane time constant', unit: 'ms', min: 0.1, max: 10_000, default: 30, help: 'τ of the recurrent neurons: α = exp(−dt/τ).' }),
  tauOutput: real({ title: 'Readout time constant', unit: 'ms', min: 0.1, max: 10_000, default: 30, help: 'τ of the leaky readout and of the eligibility filter: κ = exp(−dt/τ).' }),
  threshold: real({ title: 'Firing threshold', min: 1e-4, max: 1000, default: 0.1, logarithmic: true, help: 'A neuron spikes when its membrane potential is above; the potential is then lowered by as much.' }),
  surrogateHeight: real({ title: 'Surrogate height γ', min: 0, max: 10, default: 0.3, help: 'ψ = γ·max(0, 1 − |v − v_th|/v_th), the pseudo-derivative of the spike (Bellec et al. 2020).', advanced: true }),
  weightGain: real({ title: 'Initial weight gain', min: 0, max: 100, default: 0.1, help: 'Digital weights start at gain × N(0, 2/fan-in); crossbars start at their initial conductance instead.' }),
  feedbackGain: real({ title: 'Feedback gain', min: 0, max: 100, default: 0.1, help: 'The fixed random feedback B is gain × N(0, 2/neurons).' }),
}, { title: 'Network', help: 'A recurrent layer of spiking neurons and one leaky readout.' })

const learningSchema = group({
  rateInput: real({ title: 'Learning rate, input', min: 0, max: 1000, default: 2e-5, logarithmic: true, help: 'η of the input weights: ΔW = −η·gradient.' }),
  rateRecurrent: real({ title: 'Learning rate, recurrent', min: 0, max: 1000, default: 5e-5, logarithmic: true, help: 'η of the recurrent weights.' }),
  rateOutput: real({ title: 'Learning rate, readout', min: 0, max: 1000, default: 2e-5, logarithmic: true, help: 'η of the readout weights.' }),
  regularisation: real({ title: 'Rate regularisation', min: 0, max: 1e6, default: 1e-4, logarithmic: true, help: 'c_reg: adds c_reg·(f − f₀) to the learning signal, f the neuron\'s rate over the sequence.' }),
  targetRate: real({ title: 'Target rate', unit: 'Hz', min: 0, max: 1000, default: 12, help: 'f₀ of the rate regularisation.' }),
  gradientClip: real({ title: 'Gradient clip', min: 0, max: 1e12, default: 100, help: 'Each summed gradient is clipped to ± this.', advanced: true }),
  weightClip: real({ title: 'Weight clip', min: 0, max: 1e12, default: 1, help: 'Digital weights are clipped to ± this.', advanced: true }),
  gradientForm: choice(
    { filtered: 'the learning signal is filtered backwards: the same sums in a tenth of the time', running: 'one eligibility trace per synapse, as an online chip keeps it' },
    { title: 'Gradient form', default: 'filtered', help: 'Two ways to the same sum over time; they differ in the last bits.', advanced: true },
  ),
}, { title: 'Learning', help: 'e-prop with random feedback, one update after each sequence.' })

const deviceSchema = group({
  model: choice(
    { 'pcm': 'phase-change memory, J. Appl. Phys. 124, 152135 (2018)', 'performance': 'noiseless: every pulse moves G by G_max/2^bits, no drift' },
    { title: 'Device', default: 'pcm', help: 'Statistical model of one memory device.' },
  ),
  scale: real({ title: 'Scale', unit: 'µS', min: 1e-3, max: 1e6, default: 12, logarithmic: true, help: 'Conductance difference of a weight of 1: w = (ΣG⁺ − ΣG⁻)/scale.' }),
  initialConductance: real({ title: 'Initial conductance', unit: 'µS', min: 0.01, max: 12, default: 0.1, help: 'Devices start at N(G0, 0.1·G0).' }),
  resetConductance: real({ title: 'RESET conductance', unit: 'µS', min: 0.01, max: 12, default: 0.1, help: 'A RESET leaves N(G0, 0.1·G0).', advanced: true }),
  maxConductance: real({ title: 'Largest conductance', unit: 'µS', min: 1, max: 100, default: 12, help: 'G_max; 20 for figure 5 of the device paper.', advanced: true }),
  bits: whole({ title: 'Bits', min: 1, max: 24, default: 3, help: 'Performance mode only: a pulse moves G by G_max/2^bits.', advanced: true }),
  driftExponent: real({ title: 'Drift exponent ν', min: 0, max: 1, default: 0.04, help: 'G(t) = G·((t − t_p)/38.6 s)^−ν.', advanced: true }),
  writeNoise: flag({ title: 'Write noise', default: true, help: 'A SET moves G by N(μ, σ); off: by μ.' }),
  readNoise: flag({ title: 'READ noise', default: true, help: 'Every READ adds N(0, 0.03·G + 0.13 µS).' }),
  drift: flag({ title: 'Drift', default: true, help: 'Conductance falls with the time since the last programming.' }),
}, { title: 'Device', help: 'The differential crossbars; unused by the digital baselines.' })

const trainingSchema = group({
  epochs: whole({ title: 'Epochs', min: 1, max: 1_000_000, default: 250, help: 'Presentations of every pattern.' }),
  arithmetic: choice(
    { float32: 'the fast path: SIMD kernels in WebAssembly', float64: 'the reference: plain TypeScript, about ten times slower' },
    { title: 'Arithmetic', default: 'float32', help: 'Both take the same random draws; their results part by rounding, and from the first spike that rounding decides.', advanced: true },
  ),
}, { title: 'Training', help: 'How long to train.' })

const recordingSchema = group({
  snapshotEvery: whole({ title: 'Snapshot every', unit: 'epochs', min: 0, max: 1_000_000, default: 50, help: 'Weights, conductances, pulses, outputs and spikes are kept after the first epoch and every so many; 0 keeps none regularly.' }),
  snapshotLogarithmic: flag({ title: 'Logarithmic snapshots', default: false, help: 'Also after epochs 1, 2, 5, 10, 20, 50, 100 and so on: early learning in detail, a long run at little cost.' }),
  snapshotBest: flag({ title: 'Snapshot of the best', default: false, help: 'Also after each epoch with the smallest loss so far; the one before is then dropped, unless another rule keeps it.' }),
  snapshotEnd: flag({ title: 'Snapshot at the end', default: true, help: 'Also after the last epoch.' }),
  checkpointEvery: real({ title: 'Checkpoint every', unit: 's', min: 0, max: 86_400, default: 30, help: 'How often the whole state is kept, so that a run that was cut off goes on from there, to the same bits; 0 keeps it only when the run is paused, stopped or interrupted by a quit.' }),
}, { title: 'Recording', help: 'What is kept beside the metrics of every epoch.' })

/** The whole of an experiment: what is in here and the engine's version decide every bit of the result. */
export const specSchema = z.strictObject({
  name: z.string().max(200).default('').meta({ title: 'Name', help: 'For your own eyes; it changes no result.' }),
  preset: z.string().max(200).default('').meta({ title: 'Preset', help: 'Which preset this spec was made from.' }),
  seed: whole({ title: 'Seed', min: 0, max: Number.MAX_SAFE_INTEGER, default: 42, help: 'Same spec and seed: same bits.' }),
  task: taskSchema,
  network: networkSchema,
  learning: learningSchema,
  scheme: schemeSchema,
  device: deviceSchema,
  conventions: conventionsSchema,
  training: trainingSchema,
  recording: recordingSchema,
}).meta({ title: 'Experiment', help: 'A spiking recurrent network learning a task by e-prop.' })

export type Spec = z.output<typeof specSchema>
export type SpecInput = z.input<typeof specSchema>
export type NetworkSpec = Spec['network']
export type LearningSpec = Spec['learning']
export type DeviceSpec = Spec['device']

/** The readout has one neuron per target; all shipped tasks have one target. */
export const OUTPUT_NEURONS = 1
