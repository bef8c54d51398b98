import type { Worker } from 'node:worker_threads'
import type { LibraryWork } from '../contract/library.ts'
import { LibraryError } from './error.ts'
import type { AnswerOf, ArgsOf, Op } from './operations.ts'
import { type Answer, type FromLibrary, type Opened, OPENING } from './protocol.ts'

interface Waiting {
  resolve: (value: never) => void
  reject: (error: LibraryError) => void
}

/** Requests to the library worker and its answers. Every request ends: with an answer, with an error, or when the worker exits. */
export class WorkerChannel {
  readonly #worker: Worker
  readonly #waiting = new Map<number, Waiting>()
  /** Resolves when the worker exits: true if `close` was called. */
  readonly exited: Promise<boolean>
  /** Receives the progress of long tasks. */
  onWork: (work: LibraryWork) => void = () => {}
  #lastId = OPENING
  #cause = ''
  #refusal: LibraryError | null = null
  #closing: Promise<void> | null = null

  constructor(worker: Worker) {
    this.#worker = worker
    worker.on('message', (message: FromLibrary) => ('work' in message ? this.onWork(message.work) : this.#settle(message)))
    worker.on('error', (error) => { this.#cause = String(error) })
    worker.on('messageerror', (error) => this.#rejectAll(new LibraryError('failed', `Could not decode the library worker's reply: ${error.message}`)))
    this.exited = new Promise((resolve) => worker.on('exit', (code) => {
      this.#end(code)
      resolve(this.#closing !== null)
    }))
  }

  /** Whether a request has no answer yet. */
  get isBusy(): boolean {
    return this.#waiting.size > 0
  }

  /** Sends one request, copied, so that a refused write can be sent again. The answer's type follows from `op`. */
  send<Name extends Op>(op: Name, args: ArgsOf<Name>): Promise<AnswerOf<Name>> {
    if (this.#refusal) return Promise.reject(this.#refusal)
    const id = ++this.#lastId
    this.#worker.postMessage({ id, op, args })
    return this.#wait(id)
  }

  /** Resolves when the worker has opened the file. Rejects if it refuses the file. Only for a worker that opens it at once. */
  opened(): Promise<Opened> {
    return this.#wait(OPENING)
  }

  /**
   * Lets the worker answer all pending requests, then closes its connection and ends it. Resolves when the connection is closed. Repeated
   * calls return the same promise.
   */
  close(): Promise<void> {
    this.#closing ??= this.#close('close')
    return this.#closing
  }

  /** Closes and leaves one plain file without a log. Rejects and closes nothing if another program has the file open. */
  async closeWhole(): Promise<void> {
    const closing = this.#close('closeWhole')
    this.#closing = closing
    try {
      await closing
      await this.exited
    } catch (error) {
      this.#closing = null
      this.#refusal = null
      throw error
    }
  }

  async #close(op: 'close' | 'closeWhole'): Promise<void> {
    if (this.#refusal) return void await this.exited
    const closed = this.send(op, [])
    this.#refusal = new LibraryError('closed', 'The library is closed.')
    await closed
  }

  #wait<Value>(id: number): Promise<Value> {
    return new Promise<Value>((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject })
    })
  }

  #settle(answer: Answer): void {
    const waiting = this.#waiting.get(answer.id)
    this.#waiting.delete(answer.id)
    if (answer.ok) waiting?.resolve(answer.value as never)
    else waiting?.reject(new LibraryError(answer.code, answer.message))
  }

  #end(exitCode: number): void {
    const because = this.#cause ? `: ${this.#cause}` : ''
    const ended = new LibraryError('worker-ended', `The library worker stopped unexpectedly (exit code ${exitCode}${because}).`)
    this.#refusal ??= ended
    this.#rejectAll(ended)
  }

  #rejectAll(error: LibraryError): void {
    for (const { reject } of this.#waiting.values()) reject(error)
    this.#waiting.clear()
  }
}
