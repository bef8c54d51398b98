import Database from 'better-sqlite3'

/** Of the SQLite that keeps the library. */
export function sqliteVersion(nativeBinding?: string): string {
  const database = new Database(':memory:', { nativeBinding })
  try {
    return database.prepare('SELECT sqlite_version()').pluck().get() as string
  } finally {
    database.close()
  }
}
