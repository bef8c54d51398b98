import { readFile, stat } from 'node:fs/promises'
import { chooseColumn, type Column, type Gaps, samplesOf } from '../../src-engine/data/column.ts'
import { readArrays, readTable, type Table } from '../../src-engine/data/table.ts'
import { BadInput } from '../../src-engine/experiment/problem.ts'
import type { LayoutSpec } from '../../src-engine/experiment/tasks/layout.ts'
import { formatBytes } from '../../src-engine/format/sizes.ts'
import { isZip, readNpz } from './npz-file.ts'

const MOST_BYTES = 64 * 2 ** 20

/** What of a file is the signal. What is absent is guessed. */
export interface SignalChoice {
  /** Empty for the first column that seems to be a signal. */
  column: string
  /** Several columns, which replace the single one. */
  columns?: readonly string[]
  /** Never the signal. */
  time?: string
  layout?: LayoutSpec
  /** Without it, gaps are refused. */
  gaps?: Gaps
}

/** A signal, and how it was read. */
export interface Signal {
  table: Table
  columns: Column[]
  /** One after the other, all of one length. */
  samples: Float64Array[]
}

/** Read all columns of a text, NPY or NPZ file. @throws BadInput with the file, the place in it, the rule and the value */
export async function readSignalTable(file: string, layout: LayoutSpec = {}): Promise<Table> {
  const bytes = await readWhole(file)
  const arrays = isZip(bytes) ? await readNpz(bytes, file, MOST_BYTES) : null
  const table = arrays ? readArrays(arrays, layout) : readTable(bytes, layout)
  if (!table.ok) throw new BadInput(file, table.problems)
  return table
}

/** Read the samples of one or several columns. @throws BadInput */
export async function readSignal(file: string, { column, columns, time, layout, gaps = 'refuse' }: SignalChoice): Promise<Signal> {
  const table = await readSignalTable(file, layout)
  const usable = table.columns.map((own) => (own.name === time && time !== '' ? { ...own, role: 'time' as const, why: 'is the time column' } : own))
  const chosen = (columns ?? [column]).map((name) => {
    const found = chooseColumn(usable, name)
    if (!found.ok) throw new BadInput(file, found.problems)
    return found.column
  })
  const read = samplesOf(chosen, gaps)
  if (!read.ok) throw new BadInput(file, read.problems)
  return { table: { ...table, columns: usable }, columns: chosen, samples: read.samples }
}

async function readWhole(file: string): Promise<Uint8Array> {
  try {
    const about = await stat(file)
    if (!about.isFile()) throw refusal(file, 'must be a text, NPY or NPZ file, not a folder or a device')
    if (about.size > MOST_BYTES) throw refusal(file, `must be at most ${formatBytes(MOST_BYTES)}`, formatBytes(about.size))
    return await readFile(file)
  } catch (error) {
    if (error instanceof BadInput) throw error
    throw refusal(file, reasonOf(error as NodeJS.ErrnoException))
  }
}

const reasonOf = ({ code, message }: NodeJS.ErrnoException) =>
  (code === 'ENOENT' ? 'does not exist. Choose another file' : `cannot be read: ${message}`)

const refusal = (file: string, rule: string, found = '') => new BadInput(file, [{ path: '', rule, found }])
