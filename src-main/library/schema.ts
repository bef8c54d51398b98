import Database from 'better-sqlite3'
import { LibraryError } from './error.ts'
import { migrateTo, versionOf } from './migrations/migrate.ts'
import { inOneView } from './transaction.ts'

/** An object of the schema, such as 'trigger steal', and how it differs from that of a library of the same version. */
export interface SchemaDifference {
  object: string
  how: 'added' | 'changed' | 'missing'
}

/**
 * Compares every table, index, view and trigger with those of a library of the same version. A trigger fires at the next write, and a
 * view or a generated column runs at a read.
 */
export function schemaDifferences(db: Database.Database, nativeBinding?: string): SchemaDifference[] {
  const { version, found } = inOneView(db, () => ({ version: versionOf(db), found: schemaOf(db) }))
  const own = ownSchema(version, nativeBinding)
  return [
    ...[...found].filter(([object, sql]) => own.get(object) !== sql && statistics.get(object) !== sql)
      .map(([object]): SchemaDifference => ({ object, how: own.has(object) ? 'changed' : 'added' })),
    ...[...own.keys()].filter((object) => !found.has(object)).map((object): SchemaDifference => ({ object, how: 'missing' })),
  ]
}

/** Whether the schema does what it should. Without an index, everything is only slower. */
const isForeign = ({ how, object }: SchemaDifference) => how !== 'missing' || object.startsWith('table ')

/** @throws LibraryError damaged before anything of a foreign schema could run */
export function refuseForeignSchema(db: Database.Database, nativeBinding?: string): void {
  const [first] = schemaDifferences(db, nativeBinding).filter(isForeign)
  if (first) throw new LibraryError('damaged', `${describeDifference(first)} Check and repair the library: all runs are copied to a new file. Or restore a backup.`)
}

export function describeDifference({ object, how }: SchemaDifference): string {
  switch (how) {
    case 'added': return `The library contains '${object}', which is not part of a Chalcogen library.`
    case 'changed': return `The '${object}' of the library was changed by another program.`
    case 'missing': return `The '${object}' of the library is missing.`
  }
}

/** What SQLite's ANALYZE adds. */
const statistics = new Map([
  ['table sqlite_stat1', 'CREATE TABLE sqlite_stat1(tbl,idx,stat)'],
  ['table sqlite_stat4', 'CREATE TABLE sqlite_stat4(tbl,idx,neq,nlt,ndlt,sample)'],
])

type Schema = ReadonlyMap<string, string | null>
const ownSchemas = new Map<number, Schema>()

function ownSchema(version: number, nativeBinding?: string): Schema {
  const schema = ownSchemas.get(version) ?? newSchema(version, nativeBinding)
  ownSchemas.set(version, schema)
  return schema
}

function newSchema(version: number, nativeBinding?: string): Schema {
  const db = new Database(':memory:', { nativeBinding })
  try {
    migrateTo(db, version)
    return schemaOf(db)
  } finally {
    db.close()
  }
}

const schemaOf = (db: Database.Database): Schema => new Map(db.prepare<[], { type: string; name: string; sql: string | null }>(
  'SELECT type, name, sql FROM sqlite_schema').all().map(({ type, name, sql }) => [`${type} ${name}`, sql]))
