import type { Worker } from 'node:worker_threads'
import type { LibraryWork } from '../contract/library.ts'
import { WorkerChannel } from './channel.ts'
import { LibraryError } from './error.ts'
import { type AnswerOf, type ArgsOf, type Op, operationOf } from './operations.ts'
import type { Opened, Role } from './protocol.ts'
import { recover, refuseSecondName, refuseUnfinished } from './unfinished.ts'

export interface Listeners {
  onWork(work: LibraryWork): void
  /** A worker died. It was restarted, or could not be restarted because of `error`. */
  onRestart(error: LibraryError | null): void
  /** A request was answered after `ms`, in which it also waited for others. */
  onAnswer(op: Op, ms: number): void
}

/** Shortest time between two restarts of a worker. One that dies earlier is not restarted again. */
const ONE_RESTART_IN_MS = 60_000

/** The workers of an open library. One does both until a read would wait, or if a second connection could not read while the first writes. */
type Channels = Record<Role, WorkerChannel>

/**
 * Owns the library's workers: one that writes, and one that answers what only reads, so that no read waits for a write. If a worker
 * dies, its pending requests reject and it is restarted, at most once a minute. The file they work on can be replaced.
 */
export class Connector {
  readonly #start: (file: string, role: Role) => Worker
  readonly #listeners: Listeners
  readonly #readerAtOnce: boolean
  #file: string
  /** Resolves to the current workers once the file is open. */
  #channels: Promise<Channels>
  #opened: Opened = { readOnly: null, readsBeside: true }
  readonly #restartedAt: Record<Role, number> = { writer: -Infinity, reader: -Infinity }
  #closed = false

  /** @param readerAtOnce start the reader beside the writer, and not only when a read would wait */
  constructor(start: (file: string, role: Role) => Worker, file: string, listeners: Listeners, readerAtOnce = true) {
    this.#start = start
    this.#file = file
    this.#listeners = listeners
    this.#readerAtOnce = readerAtOnce
    this.#channels = this.#open()
  }

  get file(): string {
    return this.#file
  }

  get readOnly(): string | null {
    return this.#opened.readOnly
  }

  async opened(): Promise<void> {
    await this.#channels
  }

  async send<Name extends Op>(op: Name, args: ArgsOf<Name>): Promise<AnswerOf<Name>> {
    if (this.#closed) throw new LibraryError('closed', 'The library is closed.')
    const startedAt = performance.now()
    try {
      return await (operationOf(op).kind === 'read' ? await this.#readerNow() : (await this.#channels).writer).send(op, args)
    } finally {
      this.#listeners.onAnswer(op, performance.now() - startedAt)
    }
  }

  /**
   * Closes the file, calls `swap` and opens the file that `swap` returns. If the swap fails, opens the file that is in place then.
   * If another program has the file open, the file stays open here and the call rejects.
   */
  async replace(swap: (file: string) => Promise<string>): Promise<void> {
    const before = this.#channels
    let failure: unknown = null
    this.#channels = (async () => {
      const channels = await before
      await closeReader(channels)
      try {
        await channels.writer.closeWhole()
      } catch (error) {
        failure = error
        return this.#withReader(channels.writer, this.#earlyReader())
      }
      try {
        this.#file = await swap(this.#file)
      } catch (error) {
        failure = error
      }
      return this.#open()
    })()
    await this.#channels
    if (failure !== null) throw failure
  }

  async close(): Promise<void> {
    this.#closed = true
    const channels = await this.#channels.catch(() => null)
    if (channels === null) return
    await closeReader(channels)
    await channels.writer.close()
    await Promise.all([channels.reader.exited, channels.writer.exited])
  }

  /** The worker that answers a read now. A reader is started if the writer is busy. */
  async #readerNow(): Promise<WorkerChannel> {
    const current = this.#channels
    const { writer, reader } = await current
    if (reader !== writer || !writer.isBusy || !this.#opened.readsBeside || this.#channels !== current) return reader
    const started = this.#channel('reader')
    this.#channels = Promise.resolve({ writer, reader: started })
    return started
  }

  /** The reader starts beside the writer, to lose no time, and opens the file with its first request. */
  #earlyReader(): WorkerChannel | null {
    return this.#readerAtOnce ? this.#channel('reader') : null
  }

  async #open(): Promise<Channels> {
    this.#file = recover(this.#file)
    refuseSecondName(this.#file)
    const reader = this.#earlyReader()
    try {
      return await this.#withReader(await this.#openWriter(), reader)
    } catch (error) {
      await reader?.close()
      throw error
    }
  }

  /** Opens the file again after its writer died. It may be found by another name, so the reader opens it again, too. */
  async #reopen(before: Channels): Promise<Channels> {
    await closeReader(before)
    return this.#open()
  }

  async #openWriter(): Promise<WorkerChannel> {
    const writer = this.#channel('writer')
    writer.onWork = (work) => this.#listeners.onWork(work)
    this.#opened = await writer.opened()
    await this.#refuseUnfinished(writer)
    return writer
  }

  async #withReader(writer: WorkerChannel, reader: WorkerChannel | null): Promise<Channels> {
    if (reader !== null && this.#opened.readsBeside) return { writer, reader }
    await reader?.close()
    return { writer, reader: writer }
  }

  #channel(role: Role): WorkerChannel {
    const channel = new WorkerChannel(this.#start(this.#file, role))
    void channel.exited.then((expected) => { if (!expected) this.#restart(channel) })
    return channel
  }

  /** Another program may have begun to move the library just before it was opened. */
  async #refuseUnfinished(writer: WorkerChannel): Promise<void> {
    try {
      refuseUnfinished(this.#file)
    } catch (error) {
      await writer.close()
      throw error
    }
  }

  #restart(dead: WorkerChannel): void {
    void this.#channels.then((channels) => {
      const { writer, reader } = channels
      if ((dead !== writer && dead !== reader) || this.#closed) return
      const role = dead === writer ? 'writer' : 'reader'
      if (performance.now() - this.#restartedAt[role] < ONE_RESTART_IN_MS) return this.#listeners.onRestart(new LibraryError('worker-ended', 'The library worker stopped twice within a minute.'))
      this.#restartedAt[role] = performance.now()
      if (role === 'reader') this.#channels = Promise.resolve({ writer, reader: this.#channel('reader') })
      else this.#channels = this.#reopen(channels)
      this.#channels.then(() => this.#listeners.onRestart(null), (error: LibraryError) => this.#listeners.onRestart(error))
    }, () => {})
  }
}

/** The reader closes first, because only a connection that may write removes the log when it is the last. */
async function closeReader({ writer, reader }: Channels): Promise<void> {
  // If it died, its connection is closed too.
  if (reader !== writer) await reader.close().catch(() => {})
}
