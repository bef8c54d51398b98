import os from 'node:os'
import { formatBytes } from '../../src-engine/format/sizes.ts'
import type { LibrarySettings, Usage } from '../contract/library.ts'
import type { Environment } from '../contract/run.ts'
import type { Log } from './log/log.ts'

/** Lines of the log that are shown. */
const LINES = 100

/** The open library. */
export interface LibraryFacts {
  file: string
  readOnly: string | null
  settings: LibrarySettings
  usage: Usage
}

export interface Diagnosed {
  environment: Environment
  /** Settings of the program by their names. */
  program: Readonly<Record<string, unknown>>
  /** Or why there is none. */
  library: LibraryFacts | string
  log: Log
  /** Takes personal paths out of a text. */
  redact: (text: string) => string
}

/**
 * What a report of an error needs, as Markdown: versions, machine, settings, size of the library, runs by status, and the end of the
 * log. It has no contents of experiments and no personal paths.
 */
export async function diagnosticsText({ environment, program, library, log, redact }: Diagnosed): Promise<string> {
  const lines = await log.last(LINES)
  const sections = [
    section('Versions and machine', {
      Application: `${environment.application} (engine ${environment.engineDigest.slice(0, 12)})`,
      Electron: environment.electron ?? 'not used',
      Node: environment.node,
      V8: environment.v8,
      SQLite: environment.sqlite,
      System: environment.os,
      Processor: `${environment.cpu}, ${environment.cores} cores`,
      Memory: `${formatBytes(os.totalmem())}, ${formatBytes(os.freemem())} free`,
    }),
    section('Settings of the program', program),
    ...typeof library === 'string' ? [`## Library\n\n${library}`] : librarySections(library),
    `## Last lines of the log\n\n${FENCE}text\n${lines.length > 0 ? lines.join('\n') : 'None.'}\n${FENCE}`,
  ]
  return redact(`# Chalcogen diagnostics\n\n${sections.join('\n\n')}\n`)
}

const librarySections = ({ file, readOnly, settings, usage }: LibraryFacts): string[] => [
  section('Library', {
    'File': file,
    'Writable': readOnly === null ? 'yes' : `no. ${readOnly}`,
    'Size': `${formatBytes(usage.fileBytes)}, ${formatBytes(usage.freeBytes)} of it unused`,
    'Free on its disk': usage.diskBytes === null ? 'unknown' : formatBytes(usage.diskBytes),
  }),
  section('Settings of the library', settings),
  section('Runs by status', usage.statuses),
]

/** Longer than any fence that a line of the log could have. */
const FENCE = '````'

function section(title: string, values: Readonly<Record<string, unknown>>): string {
  const rows = Object.entries(values).map(([name, value]) => `- ${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)
  return `## ${title}\n\n${rows.length > 0 ? rows.join('\n') : 'None.'}`
}
