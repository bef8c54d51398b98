import { existsSync, readdirSync, rmSync, statSync } from 'node:fs'
import { basename, dirname, extname, join } from 'node:path'
import type { Backup } from '../contract/library.ts'
import { timeInName } from './files.ts'

type Reason = Backup['reason']

/** The folder of backups, beside the library. Each file name contains the time and the reason. */
export const backupFolder = (file: string): string => join(dirname(file), 'backups')

export function backupName(file: string, reason: Reason, now = new Date()): string {
  const extension = extname(file)
  return join(backupFolder(file), `${basename(file, extension)}.${timeInName(now)}.${reason}${extension}`)
}

/**
 * Newest first. Backups whose time is in the future come last, because the clock was wrong when they were made: they may be older than
 * any other.
 * @param now in ms since 1970
 */
export function backupsOf(file: string, now = Date.now()): Backup[] {
  const folder = backupFolder(file)
  if (!existsSync(folder)) return []
  const found = readdirSync(folder).flatMap((name) => {
    const about = parseName(file, name)
    return about ? [{ file: join(folder, name), bytes: statSync(join(folder, name)).size, ...about }] : []
  })
  const { past, future } = byClock(found.sort((a, b) => (a.madeAt < b.madeAt ? 1 : -1)), now)
  return [...past, ...future]
}

function byClock(backups: readonly Backup[], now: number): { past: Backup[]; future: Backup[] } {
  const isFuture = ({ madeAt }: Backup) => Date.parse(madeAt) > now
  return { past: backups.filter((backup) => !isFuture(backup)), future: backups.filter(isFuture) }
}

/** Whether a scheduled backup is due: none was made within the last `everyMs`. One from the future has an unknown age, so it does not count. */
export function isBackupDue(backups: readonly Backup[], everyMs: number, now: number): boolean {
  const isFresh = ({ reason, madeAt }: Backup) => {
    const age = now - Date.parse(madeAt)
    return reason === 'scheduled' && age >= 0 && age < everyMs
  }
  return everyMs > 0 && !backups.some(isFresh)
}

/** Deletes the backups that `superfluous` lists. @param now in ms since 1970 */
export function prune(file: string, now = Date.now()): void {
  for (const backup of superfluous(backupsOf(file, now), now)) rmSync(backup.file, { force: true })
}

const NEWEST_DAYS = 7
const NEWEST_WEEKS = 4
const MOST: Record<Exclude<Reason, 'scheduled'>, number> = { asked: 10, migration: 3 }

/**
 * Lists the backups that may be deleted. The rule keeps:
 * - of the scheduled backups, the newest of each of the last 7 days and of each of the last 4 weeks that have one;
 * - the newest 10 that the user requested, and the newest of each of the last 10 days on which there were any;
 * - the newest 3 from before a migration.
 *
 * The age of a backup from the future is unknown. The rule is applied to these separately, so that they displace no other.
 * @param backups newest first
 * @param now in ms since 1970
 */
export function superfluous(backups: readonly Backup[], now: number): Backup[] {
  const { past, future } = byClock(backups, now)
  return [...superfluousOf(past), ...superfluousOf(future)]
}

function superfluousOf(backups: readonly Backup[]): Backup[] {
  const of = (reason: Reason) => backups.filter((backup) => backup.reason === reason)
  const scheduled = of('scheduled')
  const keep = new Set([
    ...newestOfEach(scheduled, dayOf).slice(0, NEWEST_DAYS),
    ...newestOfEach(scheduled, weekOf).slice(0, NEWEST_WEEKS),
    ...of('asked').slice(0, MOST.asked),
    // A page that asks for many at once displaces none of another day.
    ...newestOfEach(of('asked'), dayOf).slice(0, MOST.asked),
    ...of('migration').slice(0, MOST.migration),
  ])
  return backups.filter((backup) => !keep.has(backup))
}

function newestOfEach(backups: readonly Backup[], period: (backup: Backup) => number): Backup[] {
  const seen = new Set<number>()
  return backups.filter((backup) => {
    const isNew = !seen.has(period(backup))
    seen.add(period(backup))
    return isNew
  })
}

const DAY_MS = 86_400_000
const dayOf = ({ madeAt }: Backup) => Math.floor(Date.parse(madeAt) / DAY_MS)
/** Week number. Weeks begin on Monday; day 0 (1970-01-01) was a Thursday. */
const weekOf = (backup: Backup) => Math.floor((dayOf(backup) + 3) / 7)

function parseName(file: string, name: string): Pick<Backup, 'madeAt' | 'reason'> | null {
  const extension = extname(file)
  const stem = `${basename(file, extension)}.`
  if (!name.startsWith(stem) || !name.endsWith(extension)) return null
  const about = name.slice(stem.length, name.length - extension.length)
  const [, time, reason] = /^(\d{8}T\d{9}Z)\.(scheduled|asked|migration)$/.exec(about) ?? []
  return time ? { madeAt: instantOf(time), reason: reason as Reason } : null
}

const instantOf = (time: string) => time.replace(/^(\d{4})(\d\d)(\d\dT\d\d)(\d\d)(\d\d)(\d{3})Z$/, '$1-$2-$3:$4:$5.$6Z')
