import * as z from 'zod'
import type { ArrayInfo, RunDetail, RunSummary } from '../contract/run.ts'
import { environmentSchema, epochMetricsSchema, runDetailSchema, runIdSchema, runStatusSchema } from '../contract/run.ts'
import type { LibraryErrorCode } from './error.ts'

/** What the worker is started with. */
export const workerDataSchema = z.strictObject({
  file: z.string().min(1),
  nativeBinding: z.string().optional(),
})
export type WorkerData = z.output<typeof workerDataSchema>

const instant = z.iso.datetime()

export const newRunSchema = z.strictObject({
  runId: runIdSchema,
  spec: runDetailSchema.shape.spec,
  environment: environmentSchema,
  /** ISO 8601, UTC. */
  createdAt: instant,
  sequences: z.int().min(0),
})
export type NewRun = z.output<typeof newRunSchema>

export const runEndSchema = z.strictObject({
  status: runStatusSchema,
  endedAt: instant,
  digest: z.string().nullable(),
  /** NaN is kept as null: there was nothing to take a median of. */
  secondsPerSequence: z.custom<number>((value) => typeof value === 'number').nullable(),
  error: z.strictObject({ code: z.string(), message: z.string() }).nullable(),
})
export type RunEnd = z.output<typeof runEndSchema>

const epochNumber = z.int().min(0)

const typedArray = z.union([z.instanceof(Float32Array), z.instanceof(Uint16Array), z.instanceof(Uint32Array)])
export type ArrayData = z.output<typeof typedArray>

const elements = (shape: number[]) => shape.reduce((product, length) => product * length, 1)

export const namedArraySchema = z.strictObject({
  kind: z.string().min(1).max(40),
  name: z.string().min(1).max(80),
  shape: z.array(z.int().min(0)).min(1).max(8),
  data: typedArray,
}).refine(({ shape, data }) => elements(shape) === data.length, 'a shape whose product is the number of elements')
export type NamedArray = z.output<typeof namedArraySchema>

const id = z.int().min(1)
const runId = runIdSchema
const request = <const Op extends string, Shape extends z.ZodRawShape>(op: Op, shape: Shape) =>
  z.strictObject({ id, op: z.literal(op), ...shape })

/** Everything the worker can be asked. */
export const requestSchema = z.discriminatedUnion('op', [
  request('createRun', { run: newRunSchema }),
  request('markRunning', { runId, startedAt: instant }),
  request('appendEpoch', { runId, metrics: epochMetricsSchema }),
  request('putArrays', { runId, epoch: epochNumber, arrays: z.array(namedArraySchema) }),
  request('finishRun', { runId, end: runEndSchema }),
  request('list', {}),
  request('get', { runId }),
  request('array', { runId, epoch: epochNumber, kind: z.string(), name: z.string() }),
  request('interruptUnfinished', {}),
  request('close', {}),
])
export type Request = z.output<typeof requestSchema>
export type Op = Request['op']

/** What each request is answered with. */
export interface Answers {
  createRun: void
  markRunning: void
  appendEpoch: void
  putArrays: void
  finishRun: void
  list: RunSummary[]
  get: RunDetail
  array: ReadArray
  interruptUnfinished: number
  close: void
}

export interface ReadArray {
  info: ArrayInfo
  data: ArrayData
}

/** The answer with this id says how opening the file went. */
export const OPENING = 0

export type Answer =
  | { id: number; ok: true; value: unknown }
  | { id: number; ok: false; code: LibraryErrorCode; message: string }
