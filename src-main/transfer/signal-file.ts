import { open, readFile, stat } from 'node:fs/promises'
import { chooseColumn, type Column, type Gaps, samplesOf } from '../../src-engine/data/column.ts'
import { isNpy } from '../../src-engine/data/npy-header.ts'
import { type Preview, previewFile, rowsOfColumns } from '../../src-engine/data/preview.ts'
import type { Refusal } from '../../src-engine/data/refused.ts'
import { readArrays, readTable, type Table } from '../../src-engine/data/table.ts'
import type { OnProgress } from '../../src-engine/data/text-table.ts'
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
  /** Never the signal. Empty if no column has times. */
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
  /** Row of the columns that each sample is of, counted from 0; null if it is every row. */
  rows: readonly number[] | null
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
export async function readSignal(file: string, choice: SignalChoice): Promise<Signal> {
  const table = withTime(await readSignalTable(file, choice.layout), choice.time)
  const chosen = chooseColumns(table, choice)
  if (!chosen.ok) throw new BadInput(file, chosen.problems)
  const read = samplesOf(chosen.columns, choice.gaps ?? 'refuse')
  if (!read.ok) throw new BadInput(file, read.problems)
  return { table, columns: chosen.columns, samples: read.samples, rows: read.rows }
}

/** The table with the time column that was chosen, in place of the ones that seem to be. @param time empty if there is none */
export function withTime(table: Table, time: string | undefined): Table {
  if (time === undefined) return table
  const columns = table.columns.map((own): Column => {
    if (own.name === time) return { ...own, role: 'time', why: 'is the time column' }
    return time === '' && own.role === 'time' ? { ...own, role: 'label', why: 'is not chosen as the time' } : own
  })
  return { ...table, columns }
}

/** The columns that are the signal. */
export function chooseColumns(table: Table, { column, columns }: SignalChoice): { ok: true; columns: Column[] } | Refusal {
  const chosen: Column[] = []
  for (const name of columns ?? [column]) {
    const found = chooseColumn(table.columns, name)
    if (!found.ok) return found
    chosen.push(found.column)
  }
  return { ok: true, columns: chosen }
}

/** A file before it is used. */
export interface PreviewedFile extends Preview {
  bytes: number
  isWhole: boolean
  isText: boolean
}

/** What a first look reads of a text: enough for the guess, which looks at as much. */
const HEAD_BYTES = 2 ** 18

/**
 * Read a file for a preview. Only the beginning of a long text is read, unless `part` is the whole.
 * @throws BadInput if the file cannot be opened. What is wrong in it is part of the preview
 */
export async function previewSignalFile(
  file: string, layout: LayoutSpec, part: 'head' | 'whole', onProgress?: OnProgress,
): Promise<PreviewedFile> {
  const head = await readStart(file, HEAD_BYTES)
  const isText = !isNpy(head.bytes) && !isZip(head.bytes)
  const isWhole = part === 'whole' || !isText || head.size <= HEAD_BYTES
  const bytes = isWhole && head.size > HEAD_BYTES ? await readWhole(file) : head.bytes
  const about = { bytes: head.size, isWhole, isText }
  const arrays = isZip(bytes) ? await readNpz(bytes, file, MOST_BYTES) : null
  if (arrays === null) return { ...about, ...previewFile(bytes, layout, { isHead: !isWhole, onProgress }) }
  const table = readArrays(arrays, layout)
  return { ...about, table, rows: table.ok ? rowsOfColumns(table.columns) : [] }
}

const readWhole = (file: string): Promise<Uint8Array> => orRefused(file, async () => {
  await sizeOf(file)
  return readFile(file)
})

/** The first bytes of a file, and the size of all. */
const readStart = (file: string, most: number) => orRefused(file, async () => {
  const size = await sizeOf(file)
  const handle = await open(file, 'r')
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(Math.min(size, most)), 0, Math.min(size, most), 0)
    return { bytes: buffer.subarray(0, bytesRead), size }
  } finally {
    await handle.close()
  }
})

/** @throws BadInput if it is no file, or too large */
async function sizeOf(file: string): Promise<number> {
  const about = await stat(file)
  if (!about.isFile()) throw refusal(file, 'must be a text, NPY or NPZ file, not a folder or a device')
  if (about.size > MOST_BYTES) throw refusal(file, `must be at most ${formatBytes(MOST_BYTES)}`, formatBytes(about.size))
  return about.size
}

async function orRefused<Result>(file: string, read: () => Promise<Result>): Promise<Result> {
  try {
    return await read()
  } catch (error) {
    throw error instanceof BadInput ? error : refusal(file, reasonOf(error as NodeJS.ErrnoException))
  }
}

const reasonOf = ({ code, message }: NodeJS.ErrnoException) =>
  (code === 'ENOENT' ? 'does not exist. Choose another file' : `cannot be read: ${message}`)

const refusal = (file: string, rule: string, found = '') => new BadInput(file, [{ path: '', rule, found }])
