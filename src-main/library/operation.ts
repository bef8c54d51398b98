import type { Database } from 'better-sqlite3'
import type { Transferable } from 'node:worker_threads'
import * as z from 'zod'
import type { LibraryTask, LibraryWork } from '../contract/library.ts'
import type { LongTask } from './long-task.ts'

/** The library that an operation works on, at the worker's side. */
export interface Context {
  readonly db: Database
  readonly file: string
  readonly nativeBinding?: string
  /** Runs a long task, during which other requests are answered. @throws LibraryError busy if another one is running */
  runLong<Result>(name: LibraryTask, unit: LibraryWork['unit'], work: (task: LongTask) => Promise<Result>): Promise<Result>
  /** Cancels the long task, if one is running. */
  cancel(): void
  /** Whether another connection has written since the last call. */
  changedElsewhere(): boolean
  close(): Promise<void>
  closeWhole(): Promise<void>
}

type Inputs = readonly [z.ZodType, ...z.ZodType[]] | readonly []
type OutputOf<Input extends Inputs> = z.output<z.ZodTuple<Input, null>>
type Handler<Input extends Inputs> = (on: Context, ...args: OutputOf<Input>) => unknown
type Answer<Handle> = Handle extends (...args: never[]) => infer Result ? Awaited<Result> : never

/** One operation of a library: what it takes, what it does and what it answers. */
export interface Operation<Handle = (on: Context, ...args: unknown[]) => unknown> {
  /**
   * `read` sees one state of the library and does not wait for a write: a connection of its own answers it. `write` is refused by a
   * library that cannot be written. `control` concerns the connection that writes, or its long task.
   */
  kind: 'read' | 'write' | 'control'
  /** Schema of the arguments. */
  input: z.ZodType<unknown[]>
  handle: Handle
  more: More<Answer<Handle>>
}

interface More<Value> {
  /** Buffers of the answer to transfer instead of copy. */
  transfer?(value: Value): Transferable[]
  /** Answer of a library that cannot be written, instead of an error. */
  ifReadOnly?: Value
}

const stated = (kind: Operation['kind']) => <const Input extends Inputs, Handle extends Handler<Input>>(
  input: Input, handle: Handle, more: More<Answer<Handle>> = {},
): Operation<Handle> => ({ kind, input: z.tuple(input as [z.ZodType]), handle, more })

/** An operation that only reads. Its handler may not be asynchronous. */
export const read = stated('read')
/** An operation that may change the library. */
export const write = stated('write')
export const control = stated('control')
