import { type FileHandle, open, writeFile } from 'node:fs/promises'
import { csv, csvHeading, csvRows } from '../csv.ts'
import type { OpenDataset } from './format.ts'
import { type TableName, tableNames, type Tables } from './table.ts'

/** One CSV file for each table, and one that describes their columns. CSV has no arrays. */
export const openCsv: OpenDataset = async ({ stem, tables }, drafts) => {
  const files = new Map<TableName, FileHandle>()
  const close = async () => { for (const handle of files.values()) await handle.close() }
  try {
    for (const name of tableNames) files.set(name, await open(drafts.of(`${stem}.${name}.csv`), 'wx'))
    for (const name of tableNames) await files.get(name)!.writeFile(csvHeading(namesOf(tables[name])))
    await writeFile(drafts.of(`${stem}.columns.csv`), describedColumns(tables), { flag: 'wx' })
  } catch (error) {
    await close()
    throw error
  }
  return {
    rows: async (table, rows) => files.get(table)!.writeFile(csvRows(namesOf(tables[table]), [...rows])),
    async finish() {},
    close,
  }
}

const namesOf = (columns: Tables[TableName]) => columns.map(({ name }) => name)

const describedColumns = (tables: Tables): string => csv(
  ['table', 'column', 'type', 'unit', 'description'],
  tableNames.flatMap((table) => tables[table]
    .map(({ name, type, unit, description }) => ({ table, column: name, type, unit, description }))),
)
