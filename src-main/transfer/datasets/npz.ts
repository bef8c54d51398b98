import type { ArrayInfo } from '../../contract/run.ts'
import { bytesOf } from '../../library/codec.ts'
import type { ReadArray } from '../../library/library.ts'
import type { Row } from '../csv.ts'
import { describedKinds } from './columns.ts'
import { storageOf, valuesOf } from './column-values.ts'
import { FileOutput } from './file-output.ts'
import { DATASET_VERSION, type DatasetWriter, type OpenDataset, placeOf, type Plan } from './format.ts'
import { npyHead, utf32 } from './npy.ts'
import { RowBlocks } from './row-blocks.ts'
import { type Column, type TableName, tableNames } from './table.ts'
import { ZipOutput } from './zip-output.ts'

const BLOCK_ROWS = 1024
const FASTEST = 1
/** Real numbers shrink by a tenth, which is not worth the time. */
const NONE = 0

const elementDescr = { f32: '<f4', u16: '<u2', u32: '<u4' } as const satisfies Record<ArrayInfo['codec'], string>

/** One NPZ file: every column of the tables and every stored array is an array of its own. */
export const openNpz: OpenDataset = async (plan, drafts) => {
  const files: FileOutput[] = []
  const close = async () => { for (const file of files) await file.close() }
  const create = async (draft: string) => {
    const file = await FileOutput.create(draft)
    files.push(file)
    return file
  }
  try {
    const zip = new ZipOutput(await create(drafts.of(`${plan.stem}.npz`)), await create(drafts.scratch()))
    return writerOf(plan, zip, await create(drafts.scratch()), close)
  } catch (error) {
    await close()
    throw error
  }
}

/** @param spool an empty temporary file */
function writerOf(plan: Plan, zip: ZipOutput, spool: FileOutput, close: () => Promise<void>): DatasetWriter {
  const tables = new Map(tableNames.map((name) => [name, new SpooledTable(plan.tables[name], spool)]))
  return {
    rows: (table, rows) => tables.get(table)!.blocks.add(rows),
    array: ({ runId }, array) => addArray(zip, runId, array),
    async finish() {
      for (const [name, table] of tables) await table.addTo(zip, name)
      await addAbout(zip, plan)
      await zip.finish()
    },
    close,
  }
}

/** The columns of a table, block by block in a temporary file, because an entry of a ZIP file has to be written as a whole. */
class SpooledTable {
  readonly blocks: RowBlocks
  readonly #columns: readonly Column[]
  readonly #spool: FileOutput
  /** Where the blocks of each column are. */
  readonly #places: { at: number; bytes: number }[][]
  #rows = 0

  constructor(columns: readonly Column[], spool: FileOutput) {
    this.#columns = columns
    this.#spool = spool
    this.#places = columns.map(() => [])
    this.blocks = new RowBlocks(BLOCK_ROWS, (rows) => this.#write(rows))
  }

  async #write(rows: readonly Row[]): Promise<void> {
    for (const [index, column] of this.#columns.entries()) {
      const bytes = encoded(column, rows)
      this.#places[index]!.push({ at: this.#spool.size, bytes: bytes.length })
      await this.#spool.write(bytes)
    }
    this.#rows += rows.length
  }

  async addTo(zip: ZipOutput, table: TableName): Promise<void> {
    await this.blocks.flush()
    for (const [index, column] of this.#columns.entries()) {
      const head = npyHead(descrOf(column), [this.#rows])
      await zip.add(`${table}/${column.name}.npy`, FASTEST, this.#content(head, index))
    }
  }

  async* #content(head: Buffer, index: number): AsyncGenerator<Uint8Array> {
    yield head
    for (const { at, bytes } of this.#places[index]!) yield this.#spool.read(at, bytes)
  }
}

function encoded(column: Column, rows: readonly Row[]): Uint8Array {
  const values = valuesOf(column, rows)
  return Array.isArray(values) ? utf32(values, column.longest!.points) : bytesOf(values)
}

function descrOf(column: Column): string {
  const storage = storageOf(column)
  if (storage === 'text') return `<U${column.longest!.points}`
  return storage === 'integer' ? '<i8' : '<f8'
}

async function addArray(zip: ZipOutput, runId: string, { info, data }: ReadArray): Promise<void> {
  const head = npyHead(elementDescr[info.codec], info.shape)
  const level = info.codec === 'f32' ? NONE : FASTEST
  await zip.add(`arrays/${placeOf(runId, info).join('/')}.npy`, level, slices(head, bytesOf(data)))
}

const SLICE = 2 ** 18

function* slices(head: Uint8Array, bytes: Uint8Array): Generator<Uint8Array> {
  yield head
  for (let at = 0; at < bytes.length; at += SLICE) yield bytes.subarray(at, at + SLICE)
}

/** Units and descriptions of the columns and arrays, and what wrote the file. */
async function addAbout(zip: ZipOutput, { tables, about }: Plan): Promise<void> {
  const columns = [
    ...tableNames.flatMap((table) => tables[table].map(({ name, unit, description }) => ({ table, name, unit, description }))),
    ...describedKinds().map((kind) => ({ table: 'arrays', ...kind })),
  ]
  await addTexts(zip, 'columns/table', columns.map(({ table }) => table))
  await addTexts(zip, 'columns/name', columns.map(({ name }) => name))
  await addTexts(zip, 'columns/unit', columns.map(({ unit }) => unit ?? ''))
  await addTexts(zip, 'columns/description', columns.map(({ description }) => description))
  await addTexts(zip, 'about/application', [about.application])
  await addTexts(zip, 'about/dataset', [String(DATASET_VERSION)])
}

async function addTexts(zip: ZipOutput, name: string, texts: readonly string[]): Promise<void> {
  const points = Math.max(1, ...texts.map((text) => [...text].length))
  const bytes = utf32(texts, points)
  const head = npyHead(`<U${points}`, [texts.length])
  await zip.add(`${name}.npy`, FASTEST, [head, bytes])
}
