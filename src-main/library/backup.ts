import Database from 'better-sqlite3'
import { mkdirSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Backup } from '../contract/library.ts'
import { backupName, prune } from './backups.ts'
import { LibraryError } from './error.ts'
import { draftOf, putInPlace, removeDraft } from './files.ts'
import { APPLICATION_ID } from './identity.ts'
import type { LongTask } from './long-task.ts'

/** Backs up a library before a migration. Runs in one step, because the library is not in use yet. */
export function backUpAtOnce(db: Database.Database, file: string, nativeBinding?: string, now = new Date()): Backup {
  const target = backupName(file, 'migration', now)
  mkdirSync(dirname(target), { recursive: true })
  const draft = draftOf(target)
  try {
    db.prepare('VACUUM INTO ?').run(draft)
    requireWhole(draft, nativeBinding)
    putInPlace(draft, target)
  } finally {
    removeDraft(draft)
  }
  return described(file, target, 'migration', now)
}

/** Pages copied before other requests are answered, 4 MiB. */
const PAGES_A_STEP = 1024

/** Backs up a library while it is in use, some pages at a time. */
export async function backUp(
  db: Database.Database, file: string, reason: Backup['reason'], task: LongTask, nativeBinding?: string, now = new Date(),
): Promise<Backup> {
  const target = backupName(file, reason, now)
  const pageSize = db.pragma('page_size', { simple: true }) as number
  const copyPages = (draft: string) => db.backup(draft, {
    progress({ totalPages, remainingPages }) {
      task.report((totalPages - remainingPages) * pageSize, totalPages * pageSize)
      return PAGES_A_STEP
    },
  })
  mkdirSync(dirname(target), { recursive: true })
  const draft = draftOf(target)
  try {
    await copyPages(draft)
    requireWhole(draft, nativeBinding)
    putInPlace(draft, target)
  } finally {
    removeDraft(draft)
  }
  return described(file, target, reason, now)
}

function described(file: string, target: string, reason: Backup['reason'], now: Date): Backup {
  prune(file)
  return { file: target, bytes: statSync(target).size, madeAt: now.toISOString(), reason }
}

/** Verifies a copy. @throws LibraryError if the file is damaged or not a library */
export function requireWhole(file: string, nativeBinding?: string): void {
  const db = new Database(file, { readonly: true, fileMustExist: true, nativeBinding })
  try {
    if (db.pragma('application_id', { simple: true }) !== APPLICATION_ID) throw new LibraryError('foreign', `The copy was discarded: it is not a Chalcogen library (${file}).`)
    const [first] = db.pragma('quick_check(1)') as { quick_check: string }[]
    if (first.quick_check === 'ok') return
    throw new LibraryError('damaged', `The copy was discarded: it is damaged (${first.quick_check}). `
      + 'Check and repair the library, or choose another backup.')
  } finally {
    db.close()
  }
}
