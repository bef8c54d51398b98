import type { KeyValue, SchemaElement } from 'hyparquet'
import { ByteWriter, type ColumnSource, ParquetWriter, type Writer } from 'hyparquet-writer'
import { gzipSync } from 'node:zlib'
import type { ReadArray } from '../../library/library.ts'
import type { Row } from '../csv.ts'
import { describedKinds } from './columns.ts'
import { FileOutput } from './file-output.ts'
import { DATASET_VERSION, type DraftPaths, type OpenDataset, type Plan } from './format.ts'
import { RowBlocks } from './row-blocks.ts'
import { type Column, column, type ColumnType, optionalInteger, type TableName, tableNames } from './table.ts'

/** Rows of a row group, which are held until it is full. */
const BLOCK_ROWS = 2048
/** Elements of arrays in a row group. A longer array has several rows. */
const BLOCK_ELEMENTS = 2 ** 17

/** One Parquet file for each table, and one with the arrays as lists. */
export const openParquet: OpenDataset = async (plan, drafts) => {
  const files: ParquetFile[] = []
  const close = async () => { for (const file of files) await file.close() }
  const create = async (name: string, columns: readonly Column[], lists: readonly SchemaElement[] = []) => {
    const file = await ParquetFile.create(drafts, name, columns, lists, plan)
    files.push(file)
    return file
  }
  try {
    const tables = new Map<TableName, RowBlocks>()
    for (const name of tableNames) {
      const file = await create(name, plan.tables[name])
      tables.set(name, new RowBlocks(BLOCK_ROWS, (rows) => file.write(tableColumns(plan.tables[name], rows))))
    }
    const arrays = new ArrayRows(await create('arrays', arrayColumns, [...listOf('shape', 'INT32'), ...listOf('values', 'FLOAT'), ...listOf('counts', 'UINT_32')]))
    return {
      rows: (table, rows) => tables.get(table)!.add(rows),
      array: ({ runId }, array) => arrays.add(runId, array),
      async finish() {
        for (const blocks of tables.values()) await blocks.flush()
        await arrays.flush()
        for (const file of files) await file.finish()
      },
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

const arrayColumns: Column[] = [
  column('runId', 'text', null, 'Id of the run'),
  column('epoch', 'integer', null, 'Epoch of the snapshot, from 1'),
  column('kind', 'text', null, 'What the elements are'),
  column('name', 'text', null, 'Layer or pattern'),
  optionalInteger('start', 'Position of the first element of this row in the whole array, from 0'),
]

/** A list of numbers that may be missing. */
function listOf(name: string, element: 'INT32' | 'FLOAT' | 'UINT_32'): SchemaElement[] {
  const type: SchemaElement = element === 'UINT_32'
    ? { name: 'element', type: 'INT32', converted_type: 'UINT_32', repetition_type: 'REQUIRED' }
    : { name: 'element', type: element, repetition_type: 'REQUIRED' }
  return [
    { name, converted_type: 'LIST', repetition_type: 'OPTIONAL', num_children: 1 },
    { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
    type,
  ]
}

const physical: Record<ColumnType, Omit<SchemaElement, 'name'>> = {
  integer: { type: 'INT64' },
  number: { type: 'DOUBLE' },
  boolean: { type: 'BOOLEAN' },
  text: { type: 'BYTE_ARRAY', converted_type: 'UTF8' },
  time: { type: 'INT64', converted_type: 'TIMESTAMP_MILLIS' },
}

const elementOf = ({ name, type }: Column): SchemaElement => ({ ...physical[type], name, repetition_type: 'OPTIONAL' })

/** A Parquet file that is written row group by row group. */
class ParquetFile {
  readonly #output: FileOutput
  readonly #writer: ParquetWriter

  private constructor(output: FileOutput, schema: SchemaElement[], kvMetadata: KeyValue[], createdBy: string) {
    this.#output = output
    this.#writer = new ParquetWriter({
      writer: writerInto(output), schema, kvMetadata, createdBy, codec: 'GZIP', compressors: { GZIP: (bytes) => gzipSync(bytes, { level: 1 }) },
    })
  }

  static async create(
    drafts: DraftPaths, name: string, columns: readonly Column[], lists: readonly SchemaElement[], { stem, about }: Plan,
  ): Promise<ParquetFile> {
    const output = await FileOutput.create(drafts.of(`${stem}.${name}.parquet`))
    const elements = [...columns.map(elementOf), ...lists]
    const children = columns.length + lists.filter(({ converted_type: type }) => type === 'LIST').length
    return new ParquetFile(output, [{ name: 'root', num_children: children }, ...elements], metadataOf(columns, about.application), `chalcogen ${about.application}`)
  }

  /** Write one row group. */
  async write(columnData: ColumnSource[]): Promise<void> {
    await this.#writer.write({ columnData, rowGroupSize: columnData[0]!.data.length })
  }

  async finish(): Promise<void> {
    await this.#writer.finish()
  }

  close(): Promise<void> {
    return this.#output.close()
  }
}

/** Buffers a row group, then writes it to the file. */
function writerInto(output: FileOutput): Writer {
  const writer: Writer & { index: number } = new ByteWriter(2 ** 16)
  const flush = async () => {
    await output.write(writer.getBytes())
    writer.index = 0
  }
  return Object.assign(writer, { flush, finish: flush })
}

const metadataOf = (columns: readonly Column[], application: string): KeyValue[] => [
  { key: 'chalcogen', value: application },
  { key: 'chalcogen.dataset', value: String(DATASET_VERSION) },
  { key: 'chalcogen.columns', value: JSON.stringify(columns.map(({ name, unit, description }) => ({ name, unit, description }))) },
  { key: 'chalcogen.kinds', value: JSON.stringify(describedKinds()) },
]

const tableColumns = (columns: readonly Column[], rows: readonly Row[]): ColumnSource[] =>
  columns.map(({ name, type }) => ({ name, data: rows.map((row) => cellOf(type, row[name] ?? null)), offsetIndex: false }))

function cellOf(type: ColumnType, value: Row[string]): string | number | bigint | boolean | Date | null {
  if (value === null) return null
  if (type === 'integer') return BigInt(value)
  if (type === 'boolean') return value === 'true'
  if (type === 'time') return new Date(value)
  return type === 'text' ? String(value) : value
}

interface ArrayRow {
  row: Row
  shape: number[]
  values: number[] | null
  counts: number[] | null
}

/** Collects the rows of the table of arrays. */
class ArrayRows {
  readonly #file: ParquetFile
  #rows: ArrayRow[] = []
  #elements = 0

  constructor(file: ParquetFile) {
    this.#file = file
  }

  async add(runId: string, { info: { epoch, kind, name, shape }, data }: ReadArray): Promise<void> {
    for (let start = 0; start === 0 || start < data.length; start += BLOCK_ELEMENTS) {
      const piece = data.subarray(start, start + BLOCK_ELEMENTS)
      if (this.#elements + piece.length > BLOCK_ELEMENTS) await this.flush()
      this.#rows.push({ row: { runId, epoch, kind, name, start }, shape, ...listsOf(piece) })
      this.#elements += piece.length
    }
  }

  async flush(): Promise<void> {
    if (this.#rows.length === 0) return
    const rows = this.#rows
    this.#rows = []
    this.#elements = 0
    const lists = (['shape', 'values', 'counts'] as const).map((name): ColumnSource =>
      ({ name, data: rows.map((one) => one[name]), encoding: 'PLAIN', statistics: false, offsetIndex: false }))
    await this.#file.write([...tableColumns(arrayColumns, rows.map(({ row }) => row)), ...lists])
  }
}

/** Real numbers are values, and integers are counts. */
const listsOf = (data: ReadArray['data']): Pick<ArrayRow, 'values' | 'counts'> =>
  (data instanceof Float32Array ? { values: listOfNumbers(data), counts: null } : { values: null, counts: listOfNumbers(data) })

/** A loop takes a third of the time of the iterator. */
function listOfNumbers(data: ReadArray['data']): number[] {
  const list = new Array<number>(data.length)
  for (let k = 0; k < data.length; k++) list[k] = data[k]!
  return list
}
