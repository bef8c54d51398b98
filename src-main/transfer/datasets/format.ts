import type { ArrayInfo, RunSummary } from '../../contract/run.ts'
import type { ReadArray } from '../../library/library.ts'
import type { Row } from '../csv.ts'
import type { Drafts } from '../write-file.ts'
import type { TableName, Tables } from './table.ts'

/** What a file says about itself. */
export interface About {
  /** Version of the application that writes it. */
  application: string
}

/** Version of the tables, their columns and the places of arrays. */
export const DATASET_VERSION = 1

export interface Plan {
  /** Name of the files without extension. */
  stem: string
  tables: Tables
  about: About
}

/** Writes a dataset piece by piece. Rows and arrays come run by run, in the order of the export. */
export interface DatasetWriter {
  rows(table: TableName, rows: readonly Row[]): Promise<void>
  /** Missing if the format has no arrays. */
  array?(run: RunSummary, array: ReadArray): Promise<void>
  /** Write what is left. */
  finish(): Promise<void>
  /** Close all files, also after a failure. */
  close(): Promise<void>
}

/** Where a format writes its files. */
export type DraftPaths = Pick<Drafts, 'of' | 'scratch'>

export type OpenDataset = (plan: Plan, drafts: DraftPaths) => Promise<DatasetWriter>

/** Name of an array in a file: its run, epoch, kind and name, with a slash between. */
export const placeOf = (runId: string, { epoch, kind, name }: ArrayInfo): string[] =>
  [runId, String(epoch), segment(kind), segment(name)]

/** A text as part of a path. Names of imported runs may have any characters. */
const segment = (text: string) =>
  (/^\w[\w.-]*$/.test(text) ? text : encodeURIComponent(text.toWellFormed()).replaceAll('.', '%2E'))
