import { readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, extname, join } from 'node:path'
import { backupFolder } from './backups.ts'
import { COPY_PREFIX, SIDE_FILES } from './files.ts'
import { hasEnded, MAKER } from './maker.ts'

const draftPattern = new RegExp(`[.](?<maker>${MAKER})-[0-9a-f]{8}[.]draft(${SIDE_FILES.join('|')})?$`)
const copyPattern = new RegExp(`^${COPY_PREFIX}(?<maker>${MAKER})-[A-Za-z0-9]{6}$`)

/** Deletes drafts and temporary copies of this library that ended processes left, and nothing else. */
export function removeLeftovers(file: string, temporary = tmpdir()): void {
  const name = basename(file)
  removeDraftsOf(file)
  removeWhere(backupFolder(file), draftPattern, `${basename(name, extname(name))}.`)
  removeWhere(temporary, copyPattern, COPY_PREFIX)
}

/** Deletes drafts of a file that ended processes left beside it. */
export function removeDraftsOf(file: string): void {
  removeWhere(dirname(file), draftPattern, `${basename(file)}.`)
}

/** Deletes what ended processes left in a folder under names of this pattern. */
export function removeWhere(folder: string, pattern: RegExp, prefix: string): void {
  for (const name of namesIn(folder)) {
    const maker = name.startsWith(prefix) ? pattern.exec(name)?.groups?.maker : undefined
    if (maker !== undefined && hasEnded(maker)) remove(join(folder, name))
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

function remove(file: string): void {
  try {
    rmSync(file, { recursive: true, force: true })
  } catch {
    // It belongs to somebody else, or the disk is read-only. It does no harm.
  }
}
