/** Output of a command: its one result on standard output, everything else on standard error. */
export interface Output {
  readonly json: boolean
  /** True if standard error is a terminal whose last line can be overwritten. */
  readonly live: boolean
  /** Print the result: the document with --json, else the text. */
  result(document: unknown, text: string): void
  say(message: string): void
  /** Replace the last line of the terminal. */
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

/** JSON text. NaN and ±Infinity, which JSON has no number for, become strings. */
export const toJson = (document: unknown) =>
  JSON.stringify(document, (_, value: unknown) => (typeof value === 'number' && !Number.isFinite(value) ? String(value) : value), 2)
