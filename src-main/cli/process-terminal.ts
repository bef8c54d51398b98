import type { Writable } from 'node:stream'
import type { Terminal } from './output.ts'

/** The reader is gone: a pipe such as `| head`, or a closed terminal. */
const closedCodes = new Set(['EPIPE', 'EIO', 'ECONNRESET', 'ERR_STREAM_DESTROYED'])

/** A stream that drops text once nobody reads it, and remembers why it could not be written. */
export class Printer {
  readonly #stream: Writable
  #open = true
  #failure: NodeJS.ErrnoException | null = null
  #pending: Promise<unknown> = Promise.resolve()

  constructor(stream: Writable) {
    this.#stream = stream
    stream.on('error', (error) => this.#fail(error))
  }

  write(text: string): void {
    if (!this.#open) return
    this.#pending = new Promise<void>((resolve) => {
      this.#stream.write(text, (error) => {
        if (error) this.#fail(error)
        resolve()
      })
    })
  }

  /** Resolves, when all text is written, to why it could not be; null also if the reader is gone. */
  async flushed(): Promise<NodeJS.ErrnoException | null> {
    await this.#pending
    return this.#failure
  }

  #fail(error: NodeJS.ErrnoException): void {
    if (!this.#open) return
    this.#open = false
    if (!closedCodes.has(error.code ?? '')) this.#failure = error
  }
}

/** The streams and signals of this process. */
export function processTerminal(): Terminal & { out: Printer; error: Printer } {
  const [out, error] = [new Printer(process.stdout), new Printer(process.stderr)]
  return {
    isLive: process.stderr.isTTY === true,
    writeOut: (text) => out.write(text),
    writeError: (text) => error.write(text),
    signals: process,
    out,
    error,
  }
}
