import os from 'node:os'
import { realpathSync } from 'node:fs'
import { oneLine } from '../../../src-engine/format/hidden-characters.ts'
import { logFolder } from '../location.ts'
import { LogFile } from './log-file.ts'
import { createRedactor, type Person } from './redact.ts'

export type Level = 'error' | 'warning' | 'info'

/** The log of this process. Its lines have no contents of specs or signals; personal paths are taken out. */
export interface Log {
  write(level: Level, text: string): void
  /** Resolves when no line is being written, or after a short time. */
  flushed(): Promise<void>
  /** The newest lines, oldest first. */
  last(count: number): Promise<string[]>
}

/** For tests and scripts. */
export const noLog: Log = { write: () => {}, flushed: async () => {}, last: async () => [] }

/** Longest text of a line. */
const LONGEST = 2000
/** How long the end of a process waits for its last lines, ms. */
const PATIENCE_MS = 500

interface LogOptions {
  folder?: string
  person?: Person
  now?: () => Date
}

/**
 * Open the log of this process, which is one of several that write the same files.
 * @param door how the process was started: 'window'
 */
export function openLog(door: string, options: LogOptions = {}): Log {
  const { folder = logFolder(), person = thisPerson(), now = () => new Date() } = options
  const file = new LogFile(folder)
  const redacted = createRedactor(person)
  return {
    write(level, text) {
      const line = oneLine(redacted(text))
      file.append(`${now().toISOString()} ${level} [${door} ${process.pid}] ${line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line}`)
    },
    flushed: () => Promise.race([file.flushed(), new Promise<void>((resolve) => { setTimeout(resolve, PATIENCE_MS).unref() })]),
    last: (count) => file.last(count),
  }
}

/** Create a function that takes personal paths out of texts. */
export const redactor = () => createRedactor(thisPerson())

function thisPerson(): Person {
  const home = os.homedir()
  return { homes: [home, realOr(home)], name: nameOfUser() }
}

function realOr(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    return path
  }
}

/** Empty for a user whom the system does not know, as in some containers. */
function nameOfUser(): string {
  try {
    return os.userInfo().username
  } catch {
    return ''
  }
}
