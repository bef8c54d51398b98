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

/** A comparison: one experiment, what is varied in it, and the seeds that every variation shares. */
export const sweepSchema = z.strictObject({
  name: z.string().max(160).default('').meta({ title: 'Name', help: 'For your own eyes; runs are named after it.' }),
  /** The experiment that is varied; it passes the spec's own schema. */
  spec: z.record(z.string(), z.unknown()),
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
}).meta({ title: 'Sweep', help: 'One experiment in many variations.' })

export type Sweep = z.output<typeof sweepSchema>
export type SweepInput = z.input<typeof sweepSchema>
export type Halving = NonNullable<Sweep['halving']>

/** More are refused before anything is kept. */
export const MOST_RUNS = 10_000
