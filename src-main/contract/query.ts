import * as z from 'zod'
import { nameOf } from '../../src-engine/query/names.ts'
import { runIdSchema, shelfSchema } from './run.ts'

/** Allows NaN and ±Infinity, as runs have them. */
const number = z.custom<number>((value) => typeof value === 'number')

/** Most rows or groups of one answer. */
export const MOST_ROWS = 100_000

/** A name of the query language, in any case or by its path. Parses to the name as it is written. */
export const queryNameSchema = z.string().max(200).refine((text) => nameOf(text) !== null, 'must be a name of the query language')
  .transform((text) => nameOf(text)!.name)

const names = z.array(queryNameSchema).max(100)

/** Which runs: those of a shelf that a query finds. */
export const whichRunsSchema = z.strictObject({
  /** An empty query finds every run. */
  query: z.string().max(10_000),
  /** Null for every shelf. */
  shelf: shelfSchema.nullable(),
})
export type WhichRuns = z.output<typeof whichRunsSchema>

export const runQuerySchema = whichRunsSchema.extend({
  /** Values of each run, or of each group. */
  columns: names,
  /** First by the first of them, and last by the time: newest first. Missing values are last. With groups, by their own values or means. */
  sort: z.array(z.strictObject({ name: queryNameSchema, descending: z.boolean() })).max(10),
  /** One group for each combination of their values; no groups if empty. */
  groupBy: names,
  offset: z.int().min(0),
  limit: z.int().min(0).max(MOST_ROWS),
})
export type RunQuery = z.output<typeof runQuerySchema>

/** The value of a name: an identifier of a choice, a time in ISO 8601 (UTC), the texts of a list; null if there is none. NaN is a value. */
const cellSchema = z.union([number, z.string(), z.boolean(), z.array(z.string()), z.null()])
export type Cell = z.output<typeof cellSchema>

const rowSchema = z.strictObject({ runId: runIdSchema, cells: z.array(cellSchema) })
export type RunRow = z.output<typeof rowSchema>

/** A column of a group: mean and sample SD of its numbers, which are NaN if one of them is, or how many values it has. */
const summaryCellSchema = z.discriminatedUnion('kind', [
  /** `n` runs have a number. The SD is null for fewer than two. */
  z.strictObject({ kind: z.literal('number'), n: z.int(), mean: number, sd: number.nullable() }),
  /** The value that all runs of the group share, or null, and the number of different ones. In a list, of times the latest. */
  z.strictObject({ kind: z.literal('value'), value: cellSchema, different: z.int() }),
])
export type SummaryCell = z.output<typeof summaryCellSchema>

const groupSchema = z.strictObject({
  /** Values of `groupBy`. */
  keys: z.array(cellSchema),
  runIds: z.array(runIdSchema),
  cells: z.array(summaryCellSchema),
})
export type RunGroupRow = z.output<typeof groupSchema>

/** How the list of runs is sorted and divided. */
const listing = whichRunsSchema.extend({
  /** One group for each combination of their values; no groups if empty. */
  groupBy: names,
  /** Without `groupBy`: whether runs that differ only in seed, name and preset are a group. */
  replicates: z.boolean(),
})

export const runOrderSchema = listing.extend({
  /** As a list shows the values. Missing values are last in both directions, and equal runs newest first. Groups: by their key or mean. */
  sort: z.strictObject({ name: queryNameSchema, descending: z.boolean() }),
})
export type RunOrder = z.output<typeof runOrderSchema>

const storedValuesSchema = z.array(z.union([z.string(), z.number(), z.null()]))

/** What a group shares, as the library has stored it: JSON of a list of texts, numbers and nulls. */
const groupKeySchema = z.string().max(10_000).refine((text) => storedValuesIn(text) !== null, 'must be the key of a group')

/** Null if the text is no key. */
export function storedValuesIn(key: string): (string | number | null)[] | null {
  try {
    return storedValuesSchema.safeParse(JSON.parse(key)).data ?? null
  } catch {
    return null
  }
}

/** Most runs and groups whose values are read at once. */
export const MOST_SHOWN = 2000

export const listedGroupsSchema = listing.extend({ columns: names, keys: z.array(groupKeySchema).max(MOST_SHOWN) })
export type ListedGroups = z.output<typeof listedGroupsSchema>

export const runCellsSchema = z.strictObject({ runIds: z.array(runIdSchema).max(MOST_SHOWN), columns: names })
export type RunCells = z.output<typeof runCellsSchema>
export const runRowsSchema = z.array(rowSchema)

const listedGroupSchema = groupSchema.omit({ runIds: true }).extend({ key: z.string(), runs: z.int() })
export type ListedGroup = z.output<typeof listedGroupSchema>

/** What is wrong with a query: characters from 0, whole sentences, and what to write there instead if that is known. */
export const queryErrorSchema = z.strictObject({
  from: z.int(), length: z.int(), message: z.string(), suggestion: z.string().nullable(),
})
export type QueryError = z.output<typeof queryErrorSchema>

const refused = z.strictObject({ ok: z.literal(false), error: queryErrorSchema })
const orRefused = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z.discriminatedUnion('ok', [z.strictObject({ ok: z.literal(true), ...shape }), refused])

const counts = {
  /** Runs that the query finds. */
  total: z.int(),
  /** Runs whose parameters the library has yet to index, so that a query cannot find them by these. Usually 0. */
  notIndexed: z.int(),
}

export const foundRunsSchema = orRefused({ ...counts, /** Newest first. */ runIds: z.array(runIdSchema) })
export const countedRunsSchema = orRefused(counts)

export const queriedRunsSchema = orRefused({
  ...counts,
  /** Number of all groups; 0 without `groupBy`. */
  totalGroups: z.int(),
  /** From `offset` on; empty with `groupBy`. */
  rows: z.array(rowSchema),
  groups: z.array(groupSchema),
})

export const orderedRunsSchema = orRefused({
  ...counts,
  /** All ids in order, with a space between two. Electron copies one text in a fraction of the time of a list. */
  runIds: z.string(),
  /** Runs [from, from + size) are a group, and all others alone. Only groups of several replicates are told. */
  groups: z.array(z.strictObject({ key: z.string(), from: z.int(), size: z.int() })),
  /** Tasks of the runs. */
  tasks: z.array(z.string()),
  /** Largest values among the runs, which the columns must fit; 0 without a run. */
  largest: z.strictObject({ seed: z.number(), epochs: z.number() }),
})
export const groupsOfListSchema = orRefused({ ...counts, groups: z.array(listedGroupSchema) })
export type OrderedRuns = z.output<typeof orderedRunsSchema>
export type GroupsOfList = z.output<typeof groupsOfListSchema>
export type FoundRuns = z.output<typeof foundRunsSchema>
export type CountedRuns = z.output<typeof countedRunsSchema>
export type QueriedRuns = z.output<typeof queriedRunsSchema>

export const completionSchema = z.strictObject({
  /** Characters of the query that a suggestion replaces. */
  from: z.int(),
  to: z.int(),
  suggestions: z.array(z.strictObject({ text: z.string(), title: z.string(), kind: z.enum(['name', 'operator', 'value', 'unit', 'word']) })),
})
