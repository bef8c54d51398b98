import Database from 'better-sqlite3'

/** Version of SQLite that the library uses. */
export function sqliteVersion(nativeBinding?: string): string {
  const database = new Database(':memory:', { nativeBinding })
  try {
    return database.prepare('SELECT sqlite_version()').pluck().get() as string
  } finally {
    database.close()
  }
}
