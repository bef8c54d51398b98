import * as z from 'zod'
import { choice, real, whole } from './quantity.ts'

const path = z.string().min(1).max(120).meta({ title: 'Parameter', help: 'Where it stands in the spec: learning.rateInput.' })
const scale = choice(
  { linear: 'equal differences', logarithmic: 'equal ratios; both ends above 0' },
  { title: 'Scale', default: 'linear', help: 'How values lie between the ends.' },
)
const ends = { from: z.number().meta({ title: 'From' }), to: z.number().meta({ title: 'To' }) }

/** One parameter that is varied. Lists and ranges make a grid; samples share one set of points that crosses the grid. */
export const axisSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('list'), path, values: z.array(z.unknown()).min(1).max(1000) })
    .meta({ title: 'List', help: 'Each of these values.' }),
  z.strictObject({
    kind: z.literal('range'), path, ...ends, scale,
    count: whole({ title: 'Values', min: 2, max: 1000, default: 5, help: 'How many, both ends included.' }),
  }).meta({ title: 'Range', help: 'Values at equal distances or ratios.' }),
  z.strictObject({ kind: z.literal('sample'), path, ...ends, scale })
    .meta({ title: 'Sample', help: 'A value drawn for each point of the sample.' }),
])
export type Axis = z.output<typeof axisSchema>

/** One variation by name: several parameters that belong together, such as a scheme with the settings found for it. */
export const variantSchema = z.strictObject({
  label: z.string().min(1).max(80).meta({ title: 'Label', help: 'What tables and figures call it.' }),
  /** Values by their paths in the spec: { "scheme.kind": "sign" }. */
  changes: z.record(path, z.unknown()).meta({ title: 'Changes', help: 'Values by parameter.' }),
})
export type Variant = z.output<typeof variantSchema>

const cost = (title: string, fallback: number) =>
  real({ title, unit: 'pJ', min: 0, max: 1e6, default: fallback, help: `Energy of one ${title}.` })

/** Up to where a run counts when arms are compared: all of it, or as far as its pulses or their energy go. */
export const budgetSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('epochs') }).meta({ title: 'Equal epochs', help: 'Every run counts as it ended.' }),
  z.strictObject({
    kind: z.literal('set'),
    pulses: whole({ title: 'SET pulses', min: 1, max: Number.MAX_SAFE_INTEGER, default: 100_000, help: 'A run counts as it was in the last epoch that its SETs up to there reach.' }),
  }).meta({ title: 'Equal SET pulses', help: 'Every run counts as it was when it had fired so many SETs.' }),
  z.strictObject({
    kind: z.literal('energy'),
    microjoules: real({ title: 'Energy', unit: 'µJ', min: 1e-9, max: 1e12, default: 10, help: 'A run counts as it was in the last epoch that this pays for.' }),
  }).meta({ title: 'Equal energy', help: 'Every run counts as it was when its pulses had cost so much.' }),
]).prefault({ kind: 'epochs' }).meta({ title: 'Budget', help: 'What all arms are given the same of.' })
export type Budget = z.output<typeof budgetSchema>

/**
 * What a pulse costs: by default the order of magnitude of pulses of 50 ns at 0.1 mA (SET) and 0.4 mA (RESET) and READs at 0.2 V.
 * Figures differ by device, so they are the user's to set.
 */
export const energySchema = z.strictObject({
  set: cost('SET', 5),
  reset: cost('RESET', 30),
  read: cost('READ', 0.05),
}).prefault({}).meta({ title: 'Energy of a pulse', help: 'By which pulses are added up to an energy.' })
export type EnergyCosts = z.output<typeof energySchema>

/** How the arms of a finished sweep are set against each other: a tournament. */
export const comparisonSchema = z.strictObject({
  budget: budgetSchema,
  energy: energySchema,
  /** Label of the arm that all others are tested against; the first where it is empty. */
  reference: z.string().max(400).default('').meta({ title: 'Reference', help: 'The arm that all others are tested against, seed by seed.' }),
}).meta({ title: 'Tournament', help: 'Means with intervals, paired tests, pulses against loss.' })
export type ComparisonSpec = z.output<typeof comparisonSchema>

/** A comparison: one experiment, what is varied in it, and the seeds that every variation shares. */
export const sweepSchema = z.strictObject({
  name: z.string().max(160).default('').meta({ title: 'Name', help: 'For your own eyes; runs are named after it.' }),
  /** The experiment that is varied; it passes the spec's own schema. */
  spec: z.record(z.string(), z.unknown()),
  variants: z.array(variantSchema).max(200).default([]).meta({ title: 'Variants', help: 'Variations by name; each is crossed with what else is varied.' }),
  axes: z.array(axisSchema).max(16).default([]).meta({ title: 'Varied', help: 'Parameters and their values.' }),
  sampling: z.strictObject({
    sequence: choice(
      { sobol: 'fills the space evenly: Joe and Kuo, SIAM J. Sci. Comput. 30, 2635 (2008)', random: 'independent and uniform' },
      { title: 'Sequence', default: 'sobol', help: 'How the points of the sampled parameters are drawn.' },
    ),
    count: whole({ title: 'Points', min: 1, max: 4096, default: 16, help: 'How many points are drawn over all sampled parameters together.' }),
    seed: whole({ title: 'Seed of the points', min: 0, max: Number.MAX_SAFE_INTEGER, default: 1, help: 'Same seed: same points.' }),
  }).prefault({}).meta({ title: 'Sample', help: 'Points over the sampled parameters.' }),
  /** Every arm is run with each: the same patterns and the same initial draws in all arms. */
  seeds: z.array(z.int().min(0).max(Number.MAX_SAFE_INTEGER)).min(1).max(1000).default([42])
    .meta({ title: 'Seeds', help: 'Every arm runs with each of these, so that arms see the same data.' }),
  halving: z.strictObject({
    firstEpochs: whole({ title: 'First round', unit: 'epochs', min: 1, max: 1_000_000, default: 25, help: 'After these the arms are compared for the first time.' }),
    keep: real({ title: 'Kept share', min: 0.05, max: 0.95, default: 0.3333, help: 'Of the arms, the best go on, for 1/share times as many epochs; the others are stopped (Jamieson and Talwalkar 2016).' }),
  }).nullable().default(null).meta({ title: 'Early stopping', help: 'Successive halving: rounds of growing length, with ever fewer arms.' }),
  comparison: comparisonSchema.nullable().default(null),
}).meta({ title: 'Sweep', help: 'One experiment in many variations.' })

export type Sweep = z.output<typeof sweepSchema>
export type SweepInput = z.input<typeof sweepSchema>
export type Halving = NonNullable<Sweep['halving']>

/** More are refused before anything is kept. */
export const MOST_RUNS = 10_000
