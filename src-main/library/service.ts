import type { Transferable } from 'node:worker_threads'
import type { LibraryTask, LibraryWork } from '../contract/library.ts'
import type { Connection } from './connection.ts'
import { LibraryError } from './error.ts'
import { yieldToEvents, LongTask } from './long-task.ts'
import type { Context } from './operation.ts'
import { operationOf, type Request } from './operations.ts'
import { inOneView } from './transaction.ts'

interface Reply {
  value: unknown
  /** Buffers to transfer instead of copy. */
  transfer?: Transferable[]
}

export interface ServiceOptions extends Connection {
  file: string
  nativeBinding?: string
  onWork(work: LibraryWork): void
}

/** Answers requests from one connection. Other requests are answered during a long one. */
export class Service implements Context {
  readonly db: Connection['db']
  readonly file: string
  readonly nativeBinding?: string
  readonly #options: ServiceOptions
  #long: LongTask | null = null
  #dataVersion: number

  constructor(options: ServiceOptions) {
    const { db, file, nativeBinding } = options
    this.db = db
    this.file = file
    this.nativeBinding = nativeBinding
    this.#options = options
    this.#dataVersion = this.#readDataVersion()
  }

  async answer({ op, args }: Request): Promise<Reply> {
    const { kind, handle, more } = operationOf(op)
    const { readOnly } = this.#options
    if (kind === 'write' && readOnly !== null) {
      if (more.ifReadOnly === undefined) throw new LibraryError('read-only', readOnly)
      return { value: more.ifReadOnly }
    }
    const value = kind === 'read' ? inOneView(this.db, () => handle(this, ...args)) : await handle(this, ...args)
    return { value, transfer: more.transfer?.(value) }
  }

  async runLong<Result>(name: LibraryTask, unit: LibraryWork['unit'], work: (task: LongTask) => Promise<Result>): Promise<Result> {
    if (this.#long) throw new LibraryError('busy', 'Another library task is running. Wait for it to finish, or cancel it.')
    const task = new LongTask(name, unit, this.#options.onWork)
    this.#long = task
    try {
      return await work(task)
    } finally {
      this.#long = null
      task.end()
    }
  }

  cancel(): void {
    this.#long?.cancel()
  }

  changedElsewhere(): boolean {
    const before = this.#dataVersion
    this.#dataVersion = this.#readDataVersion()
    return this.#dataVersion !== before
  }

  #readDataVersion(): number {
    return this.db.pragma('data_version', { simple: true }) as number
  }

  async closeWhole(): Promise<void> {
    await this.#endLongTask()
    // SQLite refuses this if another connection has the file open.
    if (this.#options.readOnly === null) this.db.pragma('journal_mode = DELETE')
    this.#options.close()
  }

  async close(): Promise<void> {
    await this.#endLongTask()
    this.#options.close()
  }

  async #endLongTask(): Promise<void> {
    this.cancel()
    while (this.#long) await yieldToEvents()
  }
}
