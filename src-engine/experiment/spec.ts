import * as z from 'zod'
import { conventionsSchema } from './conventions.ts'
import { deviceModels, documentOf } from './devices/registry.ts'
import { deviceSettings } from './devices/settings.ts'
import { membraneSettings } from './neurons/lif.ts'
import { neuronField } from './neurons/registry.ts'
import { optimiserField } from './optimiser.ts'
import { choice, flag, group, optionsOf, real, whole } from './quantity.ts'
import { tracesField, withoutEmptyTraces } from './recording-field.ts'
import { schemeSchema } from './scheme.ts'
import { sources } from './sources.ts'
import { taskSchema } from './task.ts'
import { SPEC_VERSION } from './upgrades/upgrades.ts'

const { tauRecurrent, ...membrane } = membraneSettings

const networkSchema = group({
  recurrentNeurons: whole({
    title: 'Recurrent neurons', min: 1, max: 4096, default: 100, slider: [10, 400],
    help: 'Number of leaky integrate-and-fire neurons. Each is connected to all others.',
    equation: 'v[t+1] = α·v[t] + W_rec·z[t] + W_in·x[t] − z[t]·v_th', source: sources.paper,
  }),
  tauRecurrent,
  tauOutput: real({
    title: 'Readout time constant', unit: 'ms', min: 0.1, max: 10_000, default: 30, slider: [1, 200],
    help: 'τ of the leaky readout and the eligibility filter: κ = exp(−dt/τ).',
    equation: 'κ = exp(−dt/τ), y[t+1] = κ·y[t] + W_out·z[t+1]', source: sources.paper,
  }),
  ...membrane,
  weightGain: real({
    title: 'Initial weight gain', min: 0, max: 100, default: 0.1, slider: [0, 2],
    help: 'Digital weights start at gain × N(0, 2/fan-in). Crossbars start at their initial conductance instead.',
    equation: 'W = gain·N(0, 2/fan-in)', source: sources.code,
  }),
  feedbackGain: real({
    title: 'Feedback gain', min: 0, max: 100, default: 0.1, slider: [0, 2],
    help: 'The fixed random feedback B is gain × N(0, 2/neurons).',
    equation: 'B = gain·N(0, 2/neurons)', source: sources.code,
  }),
  ...neuronField(),
}, { title: 'Network', help: 'A recurrent layer of spiking neurons and one leaky readout.' })

const learningSchema = group({
  rateInput: real({
    title: 'Input learning rate', min: 0, max: 1000, default: 2e-5, logarithmic: true, slider: [1e-6, 1e-2],
    help: 'η of the input weights: ΔW = −η·gradient.',
    equation: 'ΔW = −η·Σ_t L_j[t]·ē_ji[t]', source: sources.eprop,
  }),
  rateRecurrent: real({
    title: 'Recurrent learning rate', min: 0, max: 1000, default: 5e-5, logarithmic: true, slider: [1e-6, 1e-2],
    help: 'η of the recurrent weights.',
    equation: 'ΔW = −η·Σ_t L_j[t]·ē_ji[t]', source: sources.eprop,
  }),
  rateOutput: real({
    title: 'Readout learning rate', min: 0, max: 1000, default: 2e-5, logarithmic: true, slider: [1e-6, 1e-2],
    help: 'η of the readout weights.',
    equation: 'ΔW = −η·Σ_t (y[t] − y*[t])·z̄_j[t], z̄ filtered by κ', source: sources.eprop,
  }),
  regularisation: real({
    title: 'Rate regularisation', min: 0, max: 1e6, default: 1e-4, logarithmic: true, slider: [1e-6, 0.1],
    help: 'Factor c_reg: c_reg·(f − f₀) is added to the learning signal. f is the neuron\'s mean rate over the sequence.',
    equation: 'L_j[t] = Σ_o B_oj·(y_o[t] − y*_o[t]) + c_reg·(f_j − f₀)', source: sources.paper,
  }),
  targetRate: real({
    title: 'Target rate', unit: 'Hz', min: 0, max: 1000, default: 12, slider: [0, 100],
    help: 'f₀ in the rate regularisation.',
    equation: 'L_j[t] = Σ_o B_oj·(y_o[t] − y*_o[t]) + c_reg·(f_j − f₀)', source: sources.paper,
  }),
  gradientClip: real({ title: 'Gradient clip', min: 0, max: 1e12, default: 100, help: 'Each summed gradient is clipped to ± this value.', advanced: true }),
  weightClip: real({ title: 'Weight clip', min: 0, max: 1e12, default: 1, help: 'Digital weights are clipped to ± this value.', advanced: true }),
  gradientForm: choice(
    {
      filtered: { title: 'Filtered', meaning: 'The learning signal is filtered backwards: the same sums in a tenth of the time' },
      running: { title: 'Running traces', meaning: 'One eligibility trace per synapse, as on an online chip' },
    },
    {
      title: 'Gradient form', default: 'filtered', advanced: true,
      help: 'Two ways to compute the same sum over time. Their results differ in the last bits.',
      equation: 'Σ_t L_j[t]·ē_ji[t], ē[t] = κ·ē[t−1] + ψ_j·x̄_i', source: sources.eprop,
    },
  ),
}, { title: 'Learning', help: 'e-prop with random feedback and one update after each sequence.' })

const deviceSchema = group({
  model: choice(optionsOf(deviceModels), {
    title: 'Device model', default: deviceModels[0].kind,
    help: 'Statistical model of one memory device. P is its pulse memory, which is 1 after a RESET.',
    equation: deviceModels[0].equation, source: deviceModels[0].source,
  }),
  ...deviceSettings,
}, { title: 'Device', help: 'Devices of the differential crossbars. The digital baselines do not use them.' })

/**
 * Divergence threshold, as a multiple of the zero-output loss. No run was seen to recover after many epochs above it, and its many
 * spikes make it slow.
 */
export const DIVERGENCE_THRESHOLD = 1000

const trainingSchema = group({
  epochs: whole({ title: 'Epochs', min: 1, max: 1_000_000, default: 250, slider: [10, 500], help: 'Number of times that every pattern is presented.' }),
  giveUpAfter: whole({
    title: 'Divergence patience', unit: 'epochs', min: 0, max: 1_000_000, default: 0, advanced: true,
    help: `Ends a run when its loss has exceeded ${DIVERGENCE_THRESHOLD} times the loss of a zero output for this many consecutive epochs. 0 = off.`,
  }),
  arithmetic: choice(
    {
      float32: { title: 'Fast (float32)', meaning: 'SIMD kernels in WebAssembly' },
      float64: { title: 'Reference (float64)', meaning: 'Plain TypeScript, about ten times slower' },
    },
    {
      title: 'Arithmetic', default: 'float32', advanced: true,
      help: 'Both use the same random draws. Their results differ by rounding, and diverge at the first spike that rounding decides.',
    },
  ),
}, { title: 'Training', help: 'How long the network is trained.' })

const recordingSchema = group({
  snapshotEvery: whole({ title: 'Snapshot interval', unit: 'epochs', min: 0, max: 1_000_000, default: 50, help: 'Weights, conductances, pulses, outputs and spikes are kept after the first epoch and then at this interval. 0 = off.' }),
  snapshotLogarithmic: flag({ title: 'Logarithmic snapshots', default: false, help: 'Snapshots after epochs 1, 2, 5, 10, 20, 50, 100 and so on. They show early learning in detail and need little space in long runs.' }),
  snapshotBest: flag({ title: 'Best snapshot', default: false, help: 'A snapshot after each epoch with the smallest loss so far. It replaces the previous best one, unless another rule keeps that.' }),
  snapshotEnd: flag({ title: 'Final snapshot', default: true, help: 'A snapshot after the last epoch.' }),
  checkpointEvery: real({ title: 'Checkpoint interval', unit: 's', min: 0, max: 86_400, default: 30, help: 'How often the complete state is saved. An interrupted run resumes from the last checkpoint and gives the same bits. 0: only when the run is paused, stopped or interrupted by quitting.' }),
  traces: tracesField,
}, { title: 'Recording', help: 'What is kept in addition to the metrics of every epoch.' }).transform(withoutEmptyTraces)

const settings = {
  name: z.string().max(200).default('').meta({ title: 'Name', help: 'Label for your own use. It does not affect the results.' }),
  preset: z.string().max(200).default('').meta({ title: 'Preset', help: 'The preset that this experiment was made from.' }),
  seed: whole({ title: 'Seed', min: 0, max: Number.MAX_SAFE_INTEGER, default: 42, help: 'The same experiment with the same seed gives the same bits.' }),
  task: taskSchema,
  network: networkSchema,
  learning: learningSchema,
  ...optimiserField,
  scheme: schemeSchema,
  device: deviceSchema,
  conventions: conventionsSchema,
  training: trainingSchema,
  recording: recordingSchema,
}
const about = { title: 'Experiment', help: 'A spiking recurrent network that learns a task by e-prop.' }

/** Everything that a user can set: the form, the parameters of sweeps and the texts are made from it. */
export const settingsSchema = z.strictObject(settings).meta(about)

/**
 * A complete experiment. Its values and the version of the engine determine every bit of the result. Documents of older versions pass
 * through `upgradeSpec` first.
 */
export const specSchema = z.strictObject({
  version: z.literal(SPEC_VERSION).default(SPEC_VERSION)
    .meta({ title: 'Version', help: 'Version of the format of this document. Without it, the document has version 1.' }),
  ...settings,
}).meta(about)

export type Spec = z.output<typeof specSchema>

export type SpecInput = z.input<typeof specSchema>
export type NetworkSpec = Spec['network']
export type LearningSpec = Spec['learning']
export type DeviceSpec = Spec['device']
export type TrainingSpec = Spec['training']

/** Whether READ noise is drawn for sums of READs. */
export const sumsReads = (device: DeviceSpec) => documentOf(device).read.summed
