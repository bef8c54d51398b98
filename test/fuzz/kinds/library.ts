import Database from 'better-sqlite3'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { Epochs } from '../../../src-main/library/epochs.ts'
import { asLibraryError, LibraryError } from '../../../src-main/library/error.ts'
import { openConnection } from '../../../src-main/library/connection.ts'
import { newCopyFolder } from '../../../src-main/library/files.ts'
import { readLibrary } from '../../../src-main/library/import-library.ts'
import { importRun } from '../../../src-main/library/imports.ts'
import { type ImportedRun, pack, type PackedArray } from '../../../src-main/library/library.ts'
import { canonicalJson } from '../../../src-main/library/canonical-json.ts'
import { migrate } from '../../../src-main/library/migrations/migrate.ts'
import { run } from '../../unit/transfer/archive/support.ts'
import { root } from '../../../scripts/runtime/paths.ts'
import { mutatedBytes } from '../mutate.ts'
import { type FuzzKind, Lie } from './kind.ts'

export async function libraryKind(folder: string): Promise<FuzzKind> {
  const seeds = [readFileSync(join(root, 'test/fixtures/libraries/v3.chalcogen')), newLibrary(join(folder, 'seed.chalcogen'))]
  const own = new Database(':memory:')
  migrate(own)
  const file = join(folder, 'read.chalcogen')
  return {
    input: (chance) => mutatedBytes(chance.oneOf(seeds), chance, seeds),
    async read(input) {
      writeFileSync(file, input)
      const refusals: string[] = []
      try {
        await readLibrary(file, newCopyFolder(), async (entry) => {
          if ('damage' in entry) refusals.push(entry.damage.message)
          else requireKept(own, entry.run)
        })
      } catch (error) {
        refusals.push(named(error, file))
      }
      return refusals[0] ?? null
    },
  }
}

/** The message of an error that a user would see. @throws the error itself if it has no name */
function named(error: unknown, file: string): string {
  const isOfSqlite = error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_')
  if (!(error instanceof LibraryError) && !isOfSqlite) throw error
  return asLibraryError(error, file).message
}

/** What was read is in the library after the import. */
function requireKept(own: Database.Database, one: ImportedRun): void {
  const { summary: { runId }, epochs } = one
  if (!importRun(own, one)) throw new Lie(`run ${runId} was read, but not imported`)
  if (!isDeepStrictEqual(new Epochs(own).all(runId), epochs)) throw new Lie(`the epochs of run ${runId} are not what was read`)
  own.prepare('DELETE FROM runs WHERE run_id = ?').run(runId)
}

function newLibrary(file: string): Buffer {
  const { db } = openConnection(file)
  const { spec, environment, arrays, ...rest } = run()
  importRun(db, {
    ...rest, texts: { spec: canonicalJson(spec), environment: canonicalJson(environment) }, samples: null,
    arrays: arrays.map(({ data, ...array }) => ({ ...array, ...pack(data) }) as PackedArray & { epoch: number }),
  })
  db.pragma('wal_checkpoint(TRUNCATE)')
  db.close()
  return readFileSync(file)
}
