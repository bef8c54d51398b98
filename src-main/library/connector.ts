import type { Worker } from 'node:worker_threads'
import type { LibraryWork } from '../contract/library.ts'
import { WorkerChannel } from './channel.ts'
import { LibraryError } from './error.ts'
import type { AnswerOf, ArgsOf, Op } from './operations.ts'
import type { Opened } from './protocol.ts'
import { recover, refuseSecondName, refuseUnfinished } from './unfinished.ts'

export interface Listeners {
  onWork(work: LibraryWork): void
  /** The worker died. It was restarted, or could not be restarted because of `error`. */
  onRestart(error: LibraryError | null): void
  /** A request was answered after `ms`, in which it also waited for others. */
  onAnswer(op: Op, ms: number): void
}

/** Shortest time between two restarts. A worker that dies earlier is not restarted again. */
const ONE_RESTART_IN_MS = 60_000

/**
 * Owns the library worker. If the worker dies, its pending requests reject and it is restarted, at most once a minute.
 * The file it works on can be replaced.
 */
export class Connector {
  readonly #start: (file: string) => Worker
  readonly #listeners: Listeners
  #file: string
  /** Resolves to the current worker once it has opened the file. */
  #channel: Promise<WorkerChannel>
  #opened: Opened = { readOnly: null }
  #restartedAt = -Infinity
  #closed = false

  constructor(start: (file: string) => Worker, file: string, listeners: Listeners) {
    this.#start = start
    this.#file = file
    this.#listeners = listeners
    this.#channel = this.#open()
  }

  get file(): string {
    return this.#file
  }

  get readOnly(): string | null {
    return this.#opened.readOnly
  }

  async opened(): Promise<void> {
    await this.#channel
  }

  async send<Name extends Op>(op: Name, args: ArgsOf<Name>): Promise<AnswerOf<Name>> {
    const startedAt = performance.now()
    try {
      const channel = await this.#channel
      return await channel.send(op, args)
    } finally {
      this.#listeners.onAnswer(op, performance.now() - startedAt)
    }
  }

  /**
   * Closes the file, calls `swap` and opens the file that `swap` returns. If the swap fails, opens the file that is in place then.
   * If another program has the file open, the file stays open here and the call rejects.
   */
  async replace(swap: (file: string) => Promise<string>): Promise<void> {
    const before = await this.#channel
    let failure: unknown = null
    this.#channel = (async () => {
      try {
        await before.closeWhole()
      } catch (error) {
        failure = error
        return before
      }
      try {
        this.#file = await swap(this.#file)
      } catch (error) {
        failure = error
      }
      return this.#open()
    })()
    await this.#channel
    if (failure !== null) throw failure
  }

  async close(): Promise<void> {
    this.#closed = true
    const channel = await this.#channel.catch(() => null)
    await channel?.close()
  }

  async #open(): Promise<WorkerChannel> {
    this.#file = recover(this.#file)
    refuseSecondName(this.#file)
    const channel = new WorkerChannel(this.#start(this.#file))
    channel.onWork = (work) => this.#listeners.onWork(work)
    void channel.exited.then((expected) => { if (!expected) this.#restart(channel) })
    this.#opened = await channel.opened
    await this.#refuseUnfinished(channel)
    return channel
  }

  /** Another program may have begun to move the library just before it was opened. */
  async #refuseUnfinished(channel: WorkerChannel): Promise<void> {
    try {
      refuseUnfinished(this.#file)
    } catch (error) {
      await channel.close()
      throw error
    }
  }

  #restart(dead: WorkerChannel): void {
    const opening = this.#channel
    void opening.then((channel) => {
      if (channel !== dead || this.#closed) return
      if (performance.now() - this.#restartedAt < ONE_RESTART_IN_MS) return this.#listeners.onRestart(new LibraryError('worker-ended', 'The library worker stopped twice within a minute.'))
      this.#restartedAt = performance.now()
      this.#channel = this.#open()
      this.#channel.then(() => this.#listeners.onRestart(null), (error: LibraryError) => this.#listeners.onRestart(error))
    }, () => {})
  }
}
