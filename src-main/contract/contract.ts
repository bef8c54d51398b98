import * as z from 'zod'
import {
  arrayInfoSchema, epochMetricsSchema, liveFrameSchema, progressSchema,
  runDetailSchema, runIdSchema, runSummarySchema,
} from './run.ts'
import { specSchema } from '../../src-engine/spec/spec.ts'

const nothing = z.strictObject({})
const fileName = z.string().min(1).max(300)

export const presetSchema = z.strictObject({
  /** 'pattern-generation/fp32' */
  id: z.string(),
  title: z.string(),
  description: z.string(),
  /** Where its numbers come from: source, search, seeds, date. */
  provenance: z.string(),
  spec: specSchema,
})
export type Preset = z.output<typeof presetSchema>

/** A file that was written, or null where the person cancelled the dialog. */
const written = z.strictObject({ files: z.array(z.string()) }).nullable()

/** Where something is wrong with what a caller gave. */
export const problemSchema = z.strictObject({ path: z.string(), found: z.string(), allowed: z.string() })

/** Every call that a window can make: its input is parsed before anything happens, its output by type. */
export const calls = {
  'app.info': { input: nothing, output: z.strictObject({ version: z.string(), electron: z.string(), libraryFile: z.string(), libraryBytes: z.int(), cores: z.int() }) },
  'presets.list': { input: nothing, output: z.array(presetSchema) },
  /** Parses, resolves an imported signal, queues. The spec is unknown here: it passes the spec's own schema with its own errors. */
  'runs.start': { input: z.strictObject({ spec: z.unknown() }), output: z.discriminatedUnion('ok', [z.strictObject({ ok: z.literal(true), runId: runIdSchema }), z.strictObject({ ok: z.literal(false), problems: z.array(problemSchema) })]) },
  'runs.stop': { input: z.strictObject({ runId: runIdSchema }), output: nothing },
  'runs.list': { input: nothing, output: z.array(runSummarySchema) },
  'runs.get': { input: z.strictObject({ runId: runIdSchema }), output: runDetailSchema },
  'runs.array': { input: z.strictObject({ runId: runIdSchema, epoch: z.int().min(0), kind: z.string().max(40), name: z.string().max(80) }), output: z.strictObject({ info: arrayInfoSchema, data: z.custom<Float32Array | Uint16Array | Uint32Array>() }) },
  /** What runs now, for a window that has just opened. */
  'runs.live': { input: nothing, output: z.array(z.strictObject({ progress: progressSchema, frame: liveFrameSchema.nullable() })) },
  'runs.export': { input: z.strictObject({ runIds: z.array(runIdSchema).min(1).max(1000), format: z.enum(['csv', 'json']) }), output: written },
  /** Saves a chart under a name the person chooses. SVG as text, PNG as bytes. */
  'chart.export': { input: z.strictObject({ name: fileName, format: z.enum(['svg', 'png']), content: z.union([z.string().max(64_000_000), z.instanceof(Uint8Array)]) }), output: written },
  /** Asks for a CSV or NPY file; its columns of numbers, or null where the person cancelled. */
  'signal.choose': { input: nothing, output: z.strictObject({ file: z.string(), columns: z.array(z.strictObject({ name: z.string(), length: z.int(), problem: z.string().nullable() })) }).nullable() },
} as const

export type Calls = typeof calls
export type CallName = keyof Calls
export type CallInput<Name extends CallName> = z.input<Calls[Name]['input']>
export type CallOutput<Name extends CallName> = z.output<Calls[Name]['output']>

/** Everything the main process tells its windows without being asked. */
export const events = {
  'run.changed': z.strictObject({ summary: runSummarySchema }),
  'run.progress': progressSchema,
  /** Epochs since the last telling, in their order. */
  'run.epochs': z.strictObject({ runId: runIdSchema, metrics: z.array(epochMetricsSchema).min(1) }),
  'run.frame': liveFrameSchema,
  'library.notice': z.strictObject({ level: z.enum(['info', 'warning', 'error']), message: z.string() }),
} as const

export type Events = typeof events
export type EventName = keyof Events
export type EventPayload<Name extends EventName> = z.output<Events[Name]>

/** What the preload puts on `window.chalcogen`. Failures of a call come back as values, never as thrown strings. */
export interface Bridge {
  call(name: string, input: unknown): Promise<{ ok: true; value: unknown } | { ok: false; code: string; message: string }>
  on(name: string, listener: (payload: unknown) => void): () => void
}
