import * as z from 'zod'
import { arrayOperations } from './arrays.ts'
import { backupOperations } from './backup.ts'
import { checkpointOperations } from './checkpoints.ts'
import { compactOperations } from './compact.ts'
import { epochOperations } from './epochs.ts'
import { LibraryError } from './error.ts'
import { exportSumOperations } from './export-sums.ts'
import { importOperations } from './imports.ts'
import { keptOperations } from './kept.ts'
import { knownRunOperations } from './known-runs.ts'
import { control, type Operation } from './operation.ts'
import { outcomeOperations } from './outcomes.ts'
import { presetOperations } from './presets.ts'
import { queryOperations } from './query/query-operations.ts'
import { queueOperations } from './queue.ts'
import { repairOperations } from './repair.ts'
import { runOperations } from './runs.ts'
import { sampleOperations } from './samples.ts'
import { settingOperations } from './settings.ts'
import { sweepOperations } from './sweeps.ts'
import { timingOperations } from './timings.ts'
import { usageOperations } from './usage.ts'

/** Every operation of a library. Each is stated once, beside what it reads or writes; the client and the worker follow from here. */
export const operations = {
  ...runOperations,
  ...queryOperations,
  ...queueOperations,
  ...sweepOperations,
  ...epochOperations,
  ...arrayOperations,
  ...sampleOperations,
  ...checkpointOperations,
  ...outcomeOperations,
  ...timingOperations,
  ...presetOperations,
  ...keptOperations,
  ...settingOperations,
  ...importOperations,
  ...exportSumOperations,
  ...knownRunOperations,
  ...usageOperations,
  ...backupOperations,
  ...compactOperations,
  ...repairOperations,
  /** Cancels a backup, an import or a compaction, which then rejects with `cancelled`. */
  cancel: control([], (on) => on.cancel()),
  /** Whether another program has written since the last call. */
  changedElsewhere: control([], (on) => on.changedElsewhere()),
  close: control([], (on) => on.close()),
  /** Leaves one plain file without a log. Rejects with `locked` if another program has the library open. */
  closeWhole: control([], (on) => on.closeWhole()),
}

export type Op = keyof typeof operations
type HandlerOf<Name extends Op> = (typeof operations)[Name]['handle']
/** Arguments of an operation. */
export type ArgsOf<Name extends Op> = HandlerOf<Name> extends (on: never, ...args: infer Args) => unknown ? Args : never
export type AnswerOf<Name extends Op> = Awaited<ReturnType<HandlerOf<Name>>>
/** All operations as the rest of the program calls them. */
export type Client = { [Name in Op]: (...args: ArgsOf<Name>) => Promise<AnswerOf<Name>> }

export type Request = { [Name in Op]: { id: number; op: Name; args: ArgsOf<Name> } }[Op]

const byName: ReadonlyMap<string, Operation> = new Map(Object.entries(operations as unknown as Record<Op, Operation>))
const messageSchema = z.strictObject({ id: z.int().min(1), op: z.string(), args: z.array(z.unknown()) })

export const operationOf = (op: Op): Operation => byName.get(op)!

/** A request from a message of another thread. @throws LibraryError bad-request */
export function parseRequest(message: unknown): Request {
  const { id, op, args } = parsed(messageSchema, message)
  const operation = byName.get(op)
  if (!operation) throw badRequest(`There is no operation '${op}'.`)
  return { id, op, args: parsed(operation.input, args) } as Request
}

function parsed<Value>(schema: z.ZodType<Value>, value: unknown): Value {
  const result = schema.safeParse(value)
  if (!result.success) throw badRequest(result.error.message)
  return result.data
}

const badRequest = (detail: string) => new LibraryError('bad-request', `The library worker received an invalid request: ${detail}`)

/** The client of operations that `send` hands to a worker. */
export function clientOver(send: <Name extends Op>(op: Name, args: ArgsOf<Name>) => Promise<AnswerOf<Name>>): Client {
  const client = (Object.keys(operations) as Op[]).map((op) => [op, (...args: never[]) => send(op, args as never)])
  return Object.fromEntries(client) as Client
}
