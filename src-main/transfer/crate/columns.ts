import type { Column, TableName } from '../datasets/table.ts'
import { type Entity, idPart } from './entity.ts'

const idOf = (table: TableName, { name }: Column) => `#${table}/${idPart(name)}`

export const columnIds = (table: TableName, columns: readonly Column[]): string[] => columns.map((column) => idOf(table, column))

/** The columns of a table with their units. */
export const columnEntities = (table: TableName, columns: readonly Column[]): Entity[] =>
  columns.map((column) => ({
    '@id': idOf(table, column), '@type': 'PropertyValue', 'name': column.name, 'description': column.description,
    ...(column.unit !== null && { unitText: column.unit }),
  }))
