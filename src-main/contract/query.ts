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
  /** The value that all runs of the group share, or null, and the number of different ones. */
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
export type FoundRuns = z.output<typeof foundRunsSchema>
export type CountedRuns = z.output<typeof countedRunsSchema>
export type QueriedRuns = z.output<typeof queriedRunsSchema>

export const completionSchema = z.strictObject({
  /** Characters of the query that a suggestion replaces. */
  from: z.int(),
  to: z.int(),
  suggestions: z.array(z.strictObject({ text: z.string(), title: z.string(), kind: z.enum(['name', 'operator', 'value', 'unit', 'word']) })),
})
