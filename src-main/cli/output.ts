import { type Log, noLog } from '../app/log/log.ts'
import type { Interruption, SignalSource } from './interruption.ts'
import { escapeHidden, printable, printableText } from './printable.ts'

/** Output of a command: its one result on standard output, everything else on standard error. */
export interface Output {
  readonly json: boolean
  /** True if standard error is a terminal whose last line can be overwritten. */
  readonly live: boolean
  /** The signals that may end the command. */
  readonly interruption: Interruption
  readonly log: Log
  /** Print the result: the document with --json, else the text. Null prints nothing. */
  result(document: unknown, text: string | null): void
  /** Print a long JSON document in pieces that split no string. */
  pieces(document: AsyncIterable<string>): Promise<void>
  say(message: string): void
  /** Replace the last line of the terminal. */
  overwrite(line: string): void
}

/** Where text goes and signals come from: the process's own, or those of a test. */
export interface Terminal {
  /** Standard error is a screen whose last line can be overwritten. */
  isLive: boolean
  writeOut(text: string): void
  writeError(text: string): void
  /** Without it, signals have their default effect. */
  signals?: SignalSource
  /** Without it, nothing is logged. */
  log?: Log
}

const CLEAR_LINE = '\r\x1b[2K'

export const createOutput = (
  { isLive, writeOut, writeError, log = noLog }: Terminal, json: boolean, interruption: Interruption,
): Output => ({
  json,
  live: isLive,
  interruption,
  log,
  result(document, text) {
    if (json) writeOut(`${toJson(document)}\n`)
    else if (text !== null) writeOut(`${printableText(text)}\n`)
  },
  async pieces(document) {
    for await (const piece of document) writeOut(escapeHidden(piece))
    writeOut('\n')
  },
  say: (message) => writeError(`${isLive ? CLEAR_LINE : ''}${printableText(message)}\n`),
  overwrite: (line) => writeError(CLEAR_LINE + printable(line)),
})

/** JSON text. NaN and ±Infinity, which JSON has no number for, become strings. */
export const toJson = (document: unknown) => escapeHidden(
  JSON.stringify(document, (_, value: unknown) => (typeof value === 'number' && !Number.isFinite(value) ? String(value) : value), 2))
