import * as z from 'zod'
import { runIdSchema } from '../../contract/run.ts'

export const ARCHIVE_FORMAT = 'chalcogen-archive'
export const ARCHIVE_VERSION = 2

export const MANIFEST = 'manifest.json'
/** Description of a crate for other programs. */
export const CRATE_METADATA = 'ro-crate-metadata.json'
export const tableEntry = (table: string) => `tables/${table}.csv`
export const runEntry = (runId: string) => `runs/${runId}/run.json`
/** The spec of a run as a file of its own, which only a crate has. */
export const specEntry = (runId: string) => `runs/${runId}/spec.json`
export const arrayEntry = (runId: string, number: number) => `runs/${runId}/arrays/${number}.bin`

const ENTRY_NAME = new RegExp('^(manifest[.]json|ro-crate-metadata[.]json|tables/(runs|epochs|patterns|columns)[.]csv'
  + '|runs/[0-9a-z]{8,32}/(run[.]json|spec[.]json|arrays/(0|[1-9][0-9]{0,6})[.]bin))$')

/**
 * Whether an archive can have an entry with this name. Only these few forms pass, so there is no need for separate checks of
 * `..`, absolute paths, drives, backslashes, control characters, empty parts, folders, or names that differ only in case.
 */
export const isEntryName = (name: string) => ENTRY_NAME.test(name)
export const ENTRY_NAMES = 'manifest.json, runs/RUN/run.json and runs/RUN/arrays/NUMBER.bin, or those of a crate'

const manifestEntrySchema = z.strictObject({
  name: z.string(),
  /** Unpacked size. */
  bytes: z.int().min(0),
  /** SHA-256 of the unpacked bytes, hexadecimal. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/, 'a SHA-256 in 64 hexadecimal digits'),
})
export type ManifestEntry = z.output<typeof manifestEntrySchema>

const manifestRunSchema = z.strictObject({ runId: runIdSchema, entries: z.array(manifestEntrySchema).min(1) })
export type ManifestRun = z.output<typeof manifestRunSchema>

/** The manifest lists every entry of the archive except itself: those of runs, and the other files of a crate. */
export const manifestSchema = z.strictObject({
  format: z.literal(ARCHIVE_FORMAT),
  version: z.int().min(1).max(ARCHIVE_VERSION),
  runs: z.array(manifestRunSchema),
  files: z.array(manifestEntrySchema).optional(),
})
export type Manifest = z.output<typeof manifestSchema>
