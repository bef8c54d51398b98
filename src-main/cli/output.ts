/** Where a command's words go: its one result to standard output, everything else to standard error. */
export interface Output {
  readonly json: boolean
  /** Standard error is a screen that can be written over. */
  readonly live: boolean
  /** The command's result: with --json the document, otherwise the text. */
  result(document: unknown, text: string): void
  say(message: string): void
  /** Replaces the last line on a screen. */
  overwrite(line: string): void
}

/** Where text goes: the process's own streams, or those of a test. */
export interface Terminal {
  /** Standard error is a screen whose last line can be overwritten. */
  isLive: boolean
  writeOut(text: string): void
  writeError(text: string): void
}

const CLEAR_LINE = '\r\x1b[2K'

export const createOutput = ({ isLive, writeOut, writeError }: Terminal, json: boolean): Output => ({
  json,
  live: isLive,
  result: (document, text) => writeOut(`${json ? toJson(document) : text}\n`),
  say: (message) => writeError(`${message}\n`),
  overwrite: (line) => writeError(CLEAR_LINE + line),
})

/** NaN and ±Infinity, which JSON has no number for, become strings instead of null. */
export const toJson = (document: unknown) =>
  JSON.stringify(document, (_, value: unknown) => (typeof value === 'number' && !Number.isFinite(value) ? String(value) : value), 2)
