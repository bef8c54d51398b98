import type { Dataset, File, Group } from 'h5wasm/node'
import type { RunSummary } from '../../contract/run.ts'
import type { ReadArray } from '../../library/library.ts'
import type { Row } from '../csv.ts'
import { arrayKindOf } from './columns.ts'
import { storageOf, valuesOf } from './column-values.ts'
import { DATASET_VERSION, type OpenDataset, placeOf, type Plan } from './format.ts'
import { createHdf5, type Hdf5File } from './hdf5-file.ts'
import { RowBlocks } from './row-blocks.ts'
import { type Column, tableNames } from './table.ts'

/** Rows of a block and of a chunk. */
const BLOCK_ROWS = 4096
/** Elements of a chunk of an array, at most. */
const CHUNK_ELEMENTS = 2 ** 18
const FASTEST = 1

/** One HDF5 file: a group for each table with a dataset for each column, and a group for the arrays of each run. */
export const openHdf5: OpenDataset = async ({ stem, tables, about }, drafts) => {
  const hdf5 = await createHdf5(drafts.of(`${stem}.h5`))
  try {
    const { written, arrays } = hdf5.checked(() => {
      describe(hdf5.file, about)
      return {
        written: new Map(tableNames.map((name) => [name, tableIn(hdf5, hdf5.file.create_group(name), tables[name])])),
        arrays: hdf5.file.create_group('arrays'),
      }
    })
    return {
      rows: (table, rows) => written.get(table)!.add(rows),
      array: async (run, array) => hdf5.checked(() => addArray(arrays, run, array)),
      async finish() {
        for (const table of written.values()) await table.flush()
        hdf5.finish()
      },
      close: async () => hdf5.close(),
    }
  } catch (error) {
    hdf5.close()
    throw error
  }
}

function describe(file: File, { application }: Plan['about']): void {
  file.create_attribute('format', 'chalcogen-dataset')
  file.create_attribute('version', DATASET_VERSION)
  file.create_attribute('application', application)
}

/** Blocks of rows, each of which makes the datasets of a table longer. */
function tableIn(hdf5: Hdf5File, group: Group, columns: readonly Column[]): RowBlocks {
  const datasets = columns.map((column) => ({ column, dataset: emptyColumn(group, column) }))
  let length = 0
  return new RowBlocks(BLOCK_ROWS, async (rows) => {
    for (const one of datasets) hdf5.checked(() => append(one, length, rows))
    length += rows.length
  })
}

function emptyColumn(group: Group, column: Column): Dataset {
  const [dtype, data] = typeOf(column)
  const dataset = group.create_dataset({
    name: column.name, data, dtype, shape: [0], maxshape: [null], chunks: [BLOCK_ROWS], compression: FASTEST,
  })
  addAttributes(dataset, column)
  return dataset
}

function typeOf(column: Column): [dtype: string, empty: BigInt64Array | Float64Array | string[]] {
  const storage = storageOf(column)
  if (storage === 'text') return [`S${column.longest!.bytes}`, []]
  return storage === 'integer' ? ['<q', new BigInt64Array(0)] : ['<d', new Float64Array(0)]
}

function append({ column, dataset }: { column: Column; dataset: Dataset }, length: number, rows: readonly Row[]): void {
  dataset.resize([length + rows.length])
  dataset.write_slice([[length, length + rows.length]], valuesOf(column, rows))
}

function addAttributes(to: Dataset, { unit, description }: { unit: string | null; description: string }): void {
  if (unit !== null) to.create_attribute('unit', unit)
  to.create_attribute('description', description)
}

function addArray(arrays: Group, run: RunSummary, { info, data }: ReadArray): void {
  const { shape, codec, kind, epoch } = info
  const [runId, ...place] = placeOf(run.runId, info)
  const name = place.pop()!
  const group = place.reduce((parent, child) => groupIn(parent, child), groupOfRun(arrays, run, runId!))
  const isPacked = codec !== 'f32' && data.length > 0
  const dataset = group.create_dataset({
    name, data, shape, chunks: data.length > 0 ? chunksOf(shape) : null, ...(isPacked && { compression: FASTEST }),
  })
  const { dimensions, ...about } = arrayKindOf(kind)
  addAttributes(dataset, about)
  dataset.create_attribute('runId', run.runId)
  dataset.create_attribute('epoch', epoch)
  if (dimensions.length > 0) dataset.create_attribute('dimensions', dimensions.join('; '))
}

function groupOfRun(arrays: Group, { name, scheme, seed }: RunSummary, runId: string): Group {
  const known = arrays.get(runId) as Group | null
  if (known) return known
  const group = arrays.create_group(runId)
  for (const [key, value] of Object.entries({ name, scheme })) if (value !== '') group.create_attribute(key, value)
  group.create_attribute('seed', seed)
  return group
}

const groupIn = (parent: Group, name: string): Group => (parent.get(name) as Group | null) ?? parent.create_group(name)

/** Whole slices of the first dimensions, as many as a chunk may have. */
export function chunksOf(shape: readonly number[]): number[] {
  const chunks = [...shape]
  for (let at = 0; at < chunks.length; at++) {
    const inner = chunks.slice(at + 1).reduce((product, length) => product * length, 1)
    chunks[at] = Math.max(1, Math.min(shape[at]!, Math.floor(CHUNK_ELEMENTS / inner)))
    if (inner <= CHUNK_ELEMENTS) break
  }
  return chunks
}
