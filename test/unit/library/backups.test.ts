import fc from 'fast-check'
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { Backup } from '../../../src-main/contract/library.ts'
import { backupFolder, backupName, backupsOf, isBackupDue, prune, superfluous } from '../../../src-main/library/backups.ts'
import { temporaryFolder } from '../../fixtures/temporary-folder.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const NOW = Date.parse('2026-11-25T12:00:00Z')
const backup = (age: number, reason: Backup['reason'] = 'scheduled'): Backup =>
  ({ file: `${reason} ${age}`, bytes: 1, madeAt: new Date(NOW - age).toISOString(), reason })

it('keeps the newest backup of each of the last seven days and of each of the last four weeks', () => {
  const hourly = Array.from({ length: 24 * 60 }, (_, hour) => backup(hour * HOUR))
  const deleted = new Set(superfluous(hourly, NOW))
  const kept = hourly.filter((one) => !deleted.has(one)).map(({ madeAt }) => madeAt.slice(0, 13))
  expect(kept).toEqual([
    '2026-11-25T12', '2026-11-24T23', '2026-11-23T23', '2026-11-22T23', '2026-11-21T23', '2026-11-20T23', '2026-11-19T23',
    // Sundays, the last days of their weeks.
    '2026-11-15T23', '2026-11-08T23',
  ])
})

it('counts only days and weeks with a backup, so that a long pause deletes nothing', () => {
  const yearly = Array.from({ length: 5 }, (_, year) => backup(year * 365 * DAY))
  expect(superfluous(yearly, NOW)).toEqual([])
})

it('keeps the newest ten requested backups and the newest three from before a migration', () => {
  const asked = Array.from({ length: 12 }, (_, day) => backup(day * HOUR, 'asked'))
  const migrations = Array.from({ length: 5 }, (_, day) => backup(day * HOUR, 'migration'))
  const all = [...asked, ...migrations].sort((a, b) => (a.madeAt < b.madeAt ? 1 : -1))
  const files = (backups: Backup[]) => backups.map(({ file }) => file).sort()
  // Of the hours of the day before, the newest stays.
  const ofDays = Map.groupBy(asked, ({ madeAt }) => madeAt.slice(0, 10))
  const kept = new Set([...ofDays.values()].map(([newest]) => newest))
  const old = [asked[10]!, asked[11]!].filter((one) => !kept.has(one))
  expect(files(superfluous(all, NOW))).toEqual(files([...old, migrations[3]!, migrations[4]!]))
})

it('keeps requested backups of other days when many are requested at once', () => {
  const before = Array.from({ length: 9 }, (_, day) => backup((day + 2) * DAY, 'asked'))
  const all = [...Array.from({ length: 50 }, (_, index) => backup(index, 'asked')), ...before]
  expect(superfluous(all, NOW).filter((one) => before.includes(one))).toEqual([])
})

it('always keeps the newest backup of each kind', () => {
  const any = fc.array(fc.record({ age: fc.nat(400 * DAY), reason: fc.constantFrom<Backup['reason']>('scheduled', 'asked', 'migration') }), { minLength: 1 })
  fc.assert(fc.property(any, (made) => {
    const all = made.map(({ age, reason }) => backup(age, reason)).sort((a, b) => (a.madeAt < b.madeAt ? 1 : -1))
    const deleted = superfluous(all, NOW)
    for (const reason of ['scheduled', 'asked', 'migration']) {
      const newest = all.find((one) => one.reason === reason)
      if (newest) expect(deleted).not.toContain(newest)
    }
  }))
})

const sorted = (backups: readonly Backup[]) => backups.toSorted((a, b) => (a.madeAt < b.madeAt ? 1 : -1))

it('fault 47: whatever the clock does, a due backup is made and kept, and the number of backups is bounded', () => {
  const hours = fc.array(fc.integer({ min: -20 * 365 * 24, max: 20 * 365 * 24 }), { maxLength: 5 })
  // Between the jumps, the clock runs for some days.
  const steps = fc.tuple(hours, fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 30 }))
  fc.assert(fc.property(steps, ([jumps, perJump, everyHours]) => {
    let now = NOW
    let kept: Backup[] = []
    for (const jump of [0, ...jumps]) {
      now += jump * HOUR
      for (let step = 0; step < perJump; step++, now += everyHours * HOUR) {
        if (!isBackupDue(kept, everyHours * HOUR, now)) continue
        const made = backup(NOW - now)
        kept = sorted([...kept, made])
        const deleted = superfluous(kept, now)
        expect(deleted).not.toContain(made)
        kept = kept.filter((one) => !deleted.includes(one))
        expect(kept.length).toBeLessThanOrEqual(2 * (7 + 4))
      }
      // At most one interval passes without a backup, wherever the clock is now.
      expect(isBackupDue(kept, everyHours * HOUR, now - everyHours * HOUR)).toBe(false)
    }
  }))
})

it('fault 47: a backup from the future neither delays nor displaces a backup of today, and is listed last', () => {
  const future = Array.from({ length: 10 }, (_, day) => backup(-10 * 365 * DAY - day * DAY))
  const today = backup(0)
  expect(isBackupDue(future, DAY, NOW)).toBe(true)
  expect(isBackupDue([...future, today], DAY, NOW)).toBe(false)
  expect(isBackupDue([...future, today], DAY, NOW + DAY)).toBe(true)
  expect(superfluous(sorted([...future, today]), NOW)).not.toContain(today)
  const asked = Array.from({ length: 10 }, (_, day) => backup(-10 * 365 * DAY - day * DAY, 'asked'))
  const askedToday = backup(0, 'asked')
  expect(superfluous(sorted([...asked, askedToday]), NOW)).toEqual([])

  const file = join(temporaryFolder(), 'library.chalcogen')
  mkdirSync(backupFolder(file))
  for (const age of [DAY, -365 * DAY, 0, -DAY]) writeFileSync(backupName(file, 'asked', new Date(NOW - age)), 'x')
  expect(backupsOf(file, NOW).map(({ madeAt }) => (NOW - Date.parse(madeAt)) / DAY)).toEqual([0, 1, -365, -1])
})

it('makes no backup if backups are turned off', () => {
  expect(isBackupDue([], 0, NOW)).toBe(false)
})

it('recognises backups of its library by their names and deletes no other files', () => {
  const file = join(temporaryFolder(), 'my.library.chalcogen')
  expect(backupsOf(file)).toEqual([])
  mkdirSync(backupFolder(file))
  const made = Array.from({ length: 12 }, (_, hour) => backupName(file, 'asked', new Date(NOW - hour * HOUR)))
  made.forEach((name) => writeFileSync(name, 'x'))
  const others = ['other.20261125T120000000Z.asked.chalcogen', 'my.library.holiday.chalcogen', 'notes.txt', 'my.library.20261125T120000000Z.asked.chalcogen.0abc.draft']
  others.forEach((name) => writeFileSync(join(backupFolder(file), name), 'x'))
  expect(backupsOf(file).map(({ madeAt, bytes, reason }) => [madeAt, bytes, reason]).slice(0, 2)).toEqual([
    ['2026-11-25T12:00:00.000Z', 1, 'asked'], ['2026-11-25T11:00:00.000Z', 1, 'asked'],
  ])
  prune(file)
  expect(backupsOf(file)).toHaveLength(10)
  expect(readdirSync(backupFolder(file))).toEqual(expect.arrayContaining(others))
})
