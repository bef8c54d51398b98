import * as z from 'zod'
import { layoutSchema } from '../../src-engine/experiment/tasks/layout.ts'

/** Names of columns are as long as in a spec. */
const columnName = z.string().max(256)

/** What the user has chosen of a signal file. What is absent is guessed. */
export const signalChoiceSchema = z.strictObject({
  /** Empty for the first column that seems to be a signal. */
  column: columnName.default(''),
  /** Several columns, which replace the single one. */
  columns: z.array(columnName.min(1)).min(1).max(64).optional(),
  /** Empty if no column has times. */
  time: columnName.optional(),
  layout: layoutSchema.default({}),
  gaps: z.enum(['interpolate', 'drop', 'refuse']).optional(),
})
export type SignalChoice = z.output<typeof signalChoiceSchema>

const problem = z.strictObject({ path: z.string(), rule: z.string(), found: z.string() })

const columnSchema = z.strictObject({
  name: z.string(),
  /** Empty if unknown. */
  unit: z.string(),
  content: z.enum(['number', 'time', 'text']),
  role: z.enum(['signal', 'time', 'index', 'identifier', 'constant', 'label']),
  /** Why it has this role: 'is a time'. Empty for a signal. */
  why: z.string(),
  length: z.int(),
  gaps: z.int(),
  firstGap: z.int(),
  /** Why it cannot be used; null if it can. */
  problem: z.string().nullable(),
})
export type SignalColumn = z.output<typeof columnSchema>

const rowSchema = z.strictObject({
  line: z.int(),
  kind: z.enum(['names', 'units', 'numbers', 'left out']),
  cells: z.array(z.string()),
})

/** How a file was read, before it is used: its first rows, what was guessed, and what would become the signal. */
export const signalPreviewSchema = z.strictObject({
  file: z.string(),
  bytes: z.int(),
  /** Whether all of the file was read, or only its beginning. */
  isWhole: z.boolean(),
  /** Whether it is a text. Of an array, only the order of axes can be chosen. */
  isText: z.boolean(),
  rows: z.array(rowSchema),
  columns: z.array(columnSchema),
  /** What the file was read with, complete; what was asked for if it could not be read. */
  layout: layoutSchema,
  /** Null if nothing was guessed. */
  confidence: z.enum(['certain', 'likely']).nullable(),
  why: z.array(z.string()),
  alternatives: z.array(z.strictObject({ layout: layoutSchema, title: z.string() })),
  /** Columns that would be the signal. */
  chosen: z.array(z.string()),
  /** Column of the times; empty if there is none. */
  time: z.string(),
  /** Samples of each column, without what is dropped; 0 while there is a problem. */
  samples: z.int(),
  notes: z.array(z.string()),
  /** Why the signal cannot be used as it is. */
  problems: z.array(problem),
})
export type SignalPreview = z.output<typeof signalPreviewSchema>

/** The signal of an experiment as it will be used, and what is to be known of it before the start. */
export const signalCheckSchema = z.strictObject({
  problems: z.array(problem),
  warnings: z.array(z.strictObject({ path: z.string(), message: z.string() })),
  /** How the file was read. */
  notes: z.array(z.string()),
  /** Bytes that the samples add to the estimates of a run. */
  extra: z.strictObject({ memory: z.number(), disk: z.number() }),
  drawing: z.strictObject({
    /** Samples of each column. */
    count: z.int(),
    /** Of the x axis: its name with the unit, the value at the first sample, and the step to the next. */
    axis: z.strictObject({ name: z.string(), start: z.number(), step: z.number() }),
    /** Outline of each column: positions of samples, and their values in the unit of the file. */
    columns: z.array(z.strictObject({
      name: z.string(), unit: z.string(), at: z.custom<Float64Array>(), values: z.custom<Float64Array>(),
    })),
    /** Positions of samples that were interpolated, of which the first are sent, and the number of all. */
    filled: z.custom<Float64Array>(),
    filledCount: z.int(),
    /** Targets [steps][outputs] of the first patterns. */
    targets: z.array(z.custom<Float64Array>()),
  }).nullable(),
})
export type SignalCheck = z.output<typeof signalCheckSchema>
