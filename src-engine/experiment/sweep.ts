import * as z from 'zod'
import { choice, real, whole } from './quantity.ts'
import { requireKnownVersion } from './upgrades/require-known-version.ts'
import { upgradeSweep } from './upgrades/upgrade-sweep.ts'
import { upgrades } from './upgrades/upgrades.ts'

const path = z.string().min(1).max(120).meta({ title: 'Parameter', help: 'Its path in the experiment: learning.rateInput.' })
const scale = choice(
  {
    linear: { title: 'Linear', meaning: 'Equal differences' },
    logarithmic: { title: 'Logarithmic', meaning: 'Equal ratios. Both ends must be above 0' },
  },
  { title: 'Scale', default: 'linear', help: 'How values are spaced between the ends.' },
)
const ends = { from: z.number().meta({ title: 'From' }), to: z.number().meta({ title: 'To' }) }

/** One varied parameter. Lists and ranges form a grid. Samples share one set of points, which is crossed with the grid. */
export const axisSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('list'), path, values: z.array(z.unknown()).min(1).max(1000) })
    .meta({ title: 'List', help: 'Each of these values.' }),
  z.strictObject({
    kind: z.literal('range'), path, ...ends, scale,
    count: whole({ title: 'Values', min: 2, max: 1000, default: 5, help: 'Number of values, including both ends.' }),
  }).meta({ title: 'Range', help: 'Values with equal differences or ratios.' }),
  z.strictObject({ kind: z.literal('sample'), path, ...ends, scale })
    .meta({ title: 'Sample', help: 'One value for each point of the sample.' }),
])
export type Axis = z.output<typeof axisSchema>

/** One named variation: several parameters that belong together, such as a scheme with its tuned settings. */
export const variantSchema = z.strictObject({
  label: z.string().min(1).max(80).meta({ title: 'Label', help: 'Its name in tables and figures.' }),
  /** Values by their paths in the spec: { "scheme.kind": "sign" }. */
  changes: z.record(path, z.unknown()).meta({ title: 'Changes', help: 'Values by parameter.' }),
  /** Label of the arm in a comparison. Variants with the same one are settings from independent searches, and count as one arm. */
  group: z.string().min(1).max(80).optional(),
})
export type Variant = z.output<typeof variantSchema>

const cost = (title: string, fallback: number) =>
  real({ title, unit: 'pJ', min: 0, max: 1e6, default: fallback, help: `Energy of one ${title}.` })

const energyLimit = (title: string, help: string) => real({ title, unit: 'µJ', min: 1e-9, max: 1e12, default: 10, help })

/** Up to which epoch a run counts when arms are compared: the last one, or the last within a number of pulses or an energy. */
export const budgetSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('epochs') }).meta({ title: 'Equal epochs', help: 'Every run counts up to its last epoch.' }),
  z.strictObject({
    kind: z.literal('set'),
    pulses: whole({ title: 'SET pulses', min: 1, max: Number.MAX_SAFE_INTEGER, default: 100_000, help: 'A run counts up to the last epoch with no more SETs than this.' }),
  }).meta({ title: 'Equal SET pulses', help: 'Every run counts up to the same number of SETs.' }),
  z.strictObject({
    kind: z.literal('energy'),
    microjoules: energyLimit('Energy', 'A run counts up to the last epoch with no more energy than this.'),
  }).meta({ title: 'Equal energy', help: 'Every run counts up to the same energy of its pulses and READs.' }),
  z.strictObject({
    kind: z.literal('write-energy'),
    microjoules: energyLimit('WRITE energy', 'A run counts up to the last epoch with no more energy of SETs and RESETs than this.'),
  }).meta({ title: 'Equal WRITE energy', help: 'Every run counts up to the same energy of its SETs and RESETs.' }),
]).prefault({ kind: 'epochs' }).meta({ title: 'Budget', help: 'The resource that all arms get in equal amounts.' })
export type Budget = z.output<typeof budgetSchema>

/**
 * Energy of one pulse. The defaults are orders of magnitude for pulses of 50 ns at 0.1 mA (SET) and 0.4 mA (RESET) and READs at 0.2 V.
 * Devices differ, so the user can change them.
 */
export const energySchema = z.strictObject({
  set: cost('SET', 5),
  reset: cost('RESET', 30),
  read: cost('READ', 0.05),
}).prefault({}).meta({ title: 'Energy of a pulse', help: 'Energies that convert pulse counts to an energy.' })
export type EnergyCosts = z.output<typeof energySchema>

const duration = (title: string) =>
  real({ title, unit: 'ns', min: 0, max: 1e9, default: 50, help: `Duration of one ${title}.` })

/** Duration of one pulse. The defaults are those of the pulses whose energies are the defaults. */
export const durationSchema = z.strictObject({
  set: duration('SET'),
  reset: duration('RESET'),
}).prefault({}).meta({ title: 'Duration of a pulse', help: 'Durations that convert pulse counts to the time of writing one device after the other.' })
export type PulseDurations = z.output<typeof durationSchema>

/** How the arms of a sweep are compared: a tournament. */
export const comparisonSchema = z.strictObject({
  budget: budgetSchema,
  energy: energySchema,
  duration: durationSchema,
  /** Label of the arm that all others are tested against; empty for the first arm. */
  reference: z.string().max(400).default('').meta({ title: 'Reference', help: 'The arm that all others are tested against, seed by seed.' }),
}).meta({ title: 'Tournament', help: 'Means with intervals, paired tests, and loss against pulses.' })
export type ComparisonSpec = z.output<typeof comparisonSchema>

/** Every arm runs with each seed, so all arms have the same patterns and the same initial draws. */
export const seedsSchema = z.array(z.int().min(0).max(Number.MAX_SAFE_INTEGER)).min(1).max(1000)
  .meta({ title: 'Seeds', help: 'Every arm runs with each of these seeds, so all arms see the same data.' })

export const halvingSchema = z.strictObject({
  firstEpochs: whole({ title: 'First round', unit: 'epochs', min: 1, max: 1_000_000, default: 25, help: 'Number of epochs before the arms are compared for the first time.' }),
  keep: real({ title: 'Kept share', min: 0.05, max: 0.95, default: 0.3333, help: 'This share of the arms, the best ones, continues to 1/share times as many epochs. The others are stopped (Jamieson and Talwalkar 2016).' }),
}).nullable().default(null).meta({ title: 'Early stopping', help: 'Successive halving: each round is longer and has fewer arms.' })

/** One experiment, its varied parameters, and the seeds that all variations share. Its spec gives the version of all of them. */
export const sweepSchema = z.strictObject({
  name: z.string().max(160).default('').meta({ title: 'Name', help: 'Label for your own use. The runs get it as part of their names.' }),
  /** The varied experiment. The spec's own schema checks it. */
  spec: z.record(z.string(), z.unknown()),
  variants: z.array(variantSchema).max(200).default([]).meta({ title: 'Variants', help: 'Named variations. Each is crossed with the varied parameters.' }),
  axes: z.array(axisSchema).max(16).default([]).meta({ title: 'Varied parameters', help: 'Parameters and their values.' }),
  sampling: z.strictObject({
    sequence: choice(
      {
        sobol: { title: 'Sobol', meaning: 'Fills the space evenly: Joe and Kuo, SIAM J. Sci. Comput. 30, 2635 (2008)' },
        random: { title: 'Random', meaning: 'Independent and uniform' },
      },
      { title: 'Sequence', default: 'sobol', help: 'How the points of the sampled parameters are drawn.' },
    ),
    count: whole({ title: 'Points', min: 1, max: 4096, default: 16, help: 'Number of points drawn over all sampled parameters together.' }),
    seed: whole({ title: 'Seed of the points', min: 0, max: Number.MAX_SAFE_INTEGER, default: 1, help: 'The same seed gives the same points.' }),
  }).prefault({}).meta({ title: 'Sample', help: 'Points over the sampled parameters.' }),
  seeds: seedsSchema.default([42]),
  halving: halvingSchema,
  comparison: comparisonSchema.nullable().default(null),
}).meta({ title: 'Sweep', help: 'One experiment in many variations.' }).superRefine(requireKnownVersion).transform((sweep) => upgradeSweep(sweep, upgrades))

export type Sweep = z.output<typeof sweepSchema>
export type SweepInput = z.input<typeof sweepSchema>
export type Halving = NonNullable<Sweep['halving']>

/** More runs are refused before anything is kept. */
export const MOST_RUNS = 10_000
