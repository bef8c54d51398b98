import * as z from 'zod'
import { durationSchema, energySchema } from '../experiment/sweep.ts'
import { dashes, numberScales } from '../figure/figure.ts'
import { type Centre, type Spread, spreadsOf } from '../statistics/centre.ts'
import { pairings } from '../statistics/group-tests.ts'

/** How runs of equal value are joined: into replicates of one spec, not at all, or by the value of a parameter, such as scheme.kind. */
const grouping = z.string().max(200).default('spec')
/** What decides a colour or a dash: 'group', or the path of a parameter. */
const decider = z.string().max(200)

/** Keys of groups: an id of one of its runs, or 'path=value'. */
const key = z.string().max(400)

const lookSchema = z.strictObject({
  key,
  colour: z.string().regex(/^#[0-9a-f]{6}$/, 'must be a colour as #rrggbb, in small letters').optional(),
  dash: z.enum(dashes).optional(),
})
export type GroupLook = z.output<typeof lookSchema>

export const horizontals = ['epoch', 'sequence', 'computed', 'device', 'pulses', 'write-energy', 'read-energy', 'energy'] as const
export type Horizontal = typeof horizontals[number]

/** The most epochs that a run can have. */
export const MOST_EPOCHS = 1_000_000

/** Longest moving mean, epochs. */
export const MOST_SMOOTHED = 1000

const spreads = [...new Set(Object.values(spreadsOf).flat())] as [Spread, ...Spread[]]

/** How compared runs are shown: all choices of the Compare screen, apart from which runs they are. Plain data, so it can be kept and sent. */
export const comparisonViewSchema = z.strictObject({
  show: z.enum(['curves', 'final']).default('curves'),
  /** Id of a metric; the loss if empty. */
  metric: z.string().max(40).default(''),
  x: z.enum(horizontals).default('epoch'),
  /** Scale of the metric; null for log where the metric is a loss, and linear elsewhere. */
  scale: z.enum(numberScales).nullable().default(null),
  /** Epochs of the moving mean; 1 for none. */
  smoothing: z.int().min(1).max(MOST_SMOOTHED).default(1),
  group: grouping,
  centre: z.enum(['mean', 'median']).default('mean'),
  spread: z.enum(spreads).default('range'),
  /** Whether each run is drawn, too. */
  hasRuns: z.boolean().default(false),
  colour: decider.default('scheme.kind'),
  dash: decider.default('group'),
  /** Colours and dashes that the user fixed. */
  looks: z.array(lookSchema).max(1000).default([]),
  hidden: z.array(key).max(1000).default([]),
  /** Groups in this order come first. */
  order: z.array(key).max(1000).default([]),
  /** The group that others are compared with; the first if there is none with this key. */
  base: key.default(''),
  final: z.enum(['points', 'box', 'bar']).default('points'),
  /** What of a run is its final value: its end, over which the view may smooth, its best epoch, or one epoch. */
  value: z.enum(['end', 'best', 'epoch']).default('end'),
  /** The epoch that is the final value, if one is. */
  epoch: z.int().min(1).max(MOST_EPOCHS).default(100),
  pairing: z.enum(pairings).default('paired'),
  energy: energySchema,
  duration: durationSchema,
}).superRefine(({ centre, spread }, context) => {
  if (isSpreadOf(centre, spread)) return
  context.addIssue({ code: 'custom', path: ['spread'], message: `must be one of ${spreadsOf[centre].join(', ')} for the ${centre}` })
})
export type ComparisonView = z.output<typeof comparisonViewSchema>

export const isSpreadOf = (centre: Centre, spread: Spread) => (spreadsOf[centre] as readonly Spread[]).includes(spread)

export const defaultView: ComparisonView = comparisonViewSchema.parse({})

/** The parts of a view that differ from the default. The schema makes the whole of them again. */
export function changedFromDefault(view: ComparisonView): Partial<ComparisonView> {
  const names = Object.keys(view) as (keyof ComparisonView)[]
  const changed = names.filter((name) => JSON.stringify(view[name]) !== JSON.stringify(defaultView[name]))
  return Object.fromEntries(changed.map((name) => [name, view[name]]))
}
