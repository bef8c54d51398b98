import { existsSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { basename, dirname, extname, isAbsolute, join } from 'node:path'
import * as z from 'zod'
import { jsonOrUndefined } from './canonical-json.ts'
import { asLibraryError, LibraryError } from './error.ts'
import {
  asideOf, createDurably, isSameFile, makeFolder, realFile, refuseDanglingLink, refuseTaken, removeDraft, renameNew, SIDE_FILES,
  syncFolder, textOf,
} from './files.ts'
import { removeLeftovers } from './leftovers.ts'
import { holdersOf } from './lock-holders.ts'
import { fateOf, isThisProcess, ownerText, parseOwner } from './owner.ts'

const pathSchema = z.string().refine(isAbsolute, 'must be an absolute path')
const renameSchema = z.strictObject({ from: pathSchema, to: pathSchema })

const changeSchema = z.strictObject({
  action: z.enum(['move', 'restore', 'repair', 'set aside']),
  /** Where the library is once the change is done. */
  library: pathSchema,
  /** Undone in reverse if the change is taken back. */
  before: z.array(renameSchema),
  /** The change is done once this rename is. */
  decisive: renameSchema,
  /** New names for old files. */
  after: z.array(renameSchema),
})

/** One rename of a file. */
export type Rename = z.output<typeof renameSchema>

/**
 * Renames of a library's files that are all done or all undone, even if the process is killed between two of them: a record beside
 * the library lists them from before the first until after the last. The next start reads it before it opens the library.
 */
export type Change = z.output<typeof changeSchema>

const recordSchema = z.strictObject({
  version: z.literal(1),
  owner: z.string(),
  /** The library before the change. A move has a second record beside its new place, which leads here. */
  file: pathSchema,
  change: changeSchema,
})
type Record = z.output<typeof recordSchema>

export const recordOf = (file: string): string => `${file}.unfinished.json`

/** Writes the record of a change. @throws LibraryError if another program uses the library, or if a new name is taken */
export function announce(file: string, change: Change): void {
  for (const { to } of [...change.before, change.decisive]) if (to !== file) refuseTaken(to)
  if (change.library !== file) refuseTaken(recordOf(change.library))
  refuseUnfinished(file)
  writeRecord(file, file, change)
  try {
    if (change.library !== file) writeRecord(change.library, file, change)
    // A program that opens the library from now on finds the record. One that already has it open is found here.
    refuseInUse(file)
  } catch (error) {
    removeRecords(change.library, file)
    throw error
  }
}

function writeRecord(beside: string, file: string, change: Change): void {
  const record: Record = { version: 1, owner: ownerText(), file, change }
  makeFolder(dirname(beside))
  createDurably(recordOf(beside), `${JSON.stringify(record, null, 2)}\n`)
}

/**
 * Does what was announced. If a rename fails, takes all back and throws.
 * @param note called once the change is done, before the record is deleted
 */
export function carryOut(file: string, change: Change, note: () => void = () => {}): void {
  try {
    change.before.forEach(renameDurably)
    renameDurably(change.decisive)
  } catch (error) {
    takeBack(file, change)
    throw error
  }
  finish(file, change, note)
}

/** Undoes an announced change that is not done, and deletes its drafts and its record. */
export function takeBack(file: string, change: Change): void {
  const { before, decisive, after } = change
  for (const { from, to } of before.toReversed()) if (!existsSync(from) && existsSync(to)) renameSync(to, from)
  for (const { from } of [...before, decisive, ...after]) if (from.endsWith('.draft')) removeDraft(from)
  syncFolders([...before, decisive])
  removeRecords(change.library, file)
}

function finish(file: string, change: Change, note: () => void): void {
  const { decisive, after } = change
  for (const { from, to } of after) if (existsSync(from) && !existsSync(to)) renameSync(from, to)
  syncFolders([decisive, ...after])
  note()
  removeRecords(file, change.library)
}

function renameDurably(rename: Rename): void {
  makeFolder(dirname(rename.to))
  renameNew(rename.from, rename.to)
  syncFolders([rename])
}

const syncFolders = (renames: Rename[]) =>
  new Set(renames.flatMap(({ from, to }) => [dirname(from), dirname(to)])).forEach(syncFolder)

/** Deletes the record of a change. The place where the library is comes last, since the next start looks there. */
function removeRecords(...places: string[]): void {
  for (const beside of new Set(places)) {
    rmSync(recordOf(beside), { force: true })
    syncFolder(dirname(beside))
  }
}

/**
 * Finishes or takes back what an ended process left unfinished. Call it before opening a library.
 * @param file path of the library, possibly through links
 * @param note called after a finished move with the old and the new path; without it, the record of a finished move stays for a
 *   later call that has one
 * @returns the library's real path now
 * @throws LibraryError locked if the process is still alive; cannot-open if the record is not valid
 */
export function recover(file: string, note?: (from: string, to: string) => void): string {
  try {
    const real = realFile(file)
    const found = readRecord(real)
    const record = found && readRecord(found.file)
    // The move that the second record belonged to is over.
    if (found && !record) removeRecords(real)
    const library = record ? recoverFrom(record, note) : real
    if (library === real) refuseDanglingLink(file)
    return library
  } catch (error) {
    throw asLibraryError(error)
  }
}

function recoverFrom(record: Record, note?: (from: string, to: string) => void): string {
  refuseAlive(record)
  const { file, change } = record
  if (!isDone(change)) {
    takeBack(file, change)
    removeLeftovers(change.library)
    return file
  }
  try {
    if (change.library === file) finish(file, change, () => {})
    else if (note) finish(file, change, () => note(file, change.library))
  } catch {
    // The library is complete. The record stays, so the next start tries again.
  }
  return change.library
}

const isDone = ({ decisive: { from, to } }: Change) => !existsSync(from) && existsSync(to)

/** Refuses a library that another living process is moving or restoring. */
export function refuseUnfinished(file: string): void {
  const record = readRecord(file)
  if (record) refuseAlive(record)
}

function refuseAlive({ owner, file, change }: Record): void {
  const maker = parseOwner(owner)
  if (!maker || isThisProcess(maker) || fateOf(maker) !== 'alive') return
  throw new LibraryError('locked', `Another program (process ${maker.pid}) is changing ${file} (${change.action}). `
    + 'Wait until it has ended, and try again.')
}

function readRecord(file: string): Record | null {
  const record = recordOf(file)
  const text = textOf(record)
  if (text === null) return null
  const parsed = recordSchema.safeParse(jsonOrUndefined(text) ?? null)
  if (!parsed.success) throw notValid(record, z.prettifyError(parsed.error))
  const { before, decisive, after, library } = parsed.data.change
  const paths = [...before, decisive, ...after].flatMap(({ from, to }) => [from, to])
  const stranger = [parsed.data.file, library, ...paths].find((path) => !isNamedAfter(file, path))
  if (stranger !== undefined) throw notValid(record, `${stranger} is not named after the library`)
  return parsed.data
}

/** Whether a path can be of the library, its log, a backup or a draft. A record from elsewhere must not rename other files. */
function isNamedAfter(file: string, path: string): boolean {
  const name = basename(file)
  return basename(path) === name || basename(path).startsWith(`${basename(name, extname(name))}.`)
}

const notValid = (record: string, reason: string) => new LibraryError('cannot-open', `${record} is not a valid record of an unfinished move `
  + `or restore (${reason}). Look in its folder for the library and its log, rename them back if needed, and delete the record.`)

/** Refuses a library that another program has open. */
export function refuseInUse(file: string): void {
  const [holder] = holdersOf(file)
  if (holder) throw new LibraryError('locked', `${holder.name} (process ${holder.pid}) has the library open. Close it and try again.`)
}

/**
 * Refuses a library with two names on the disk, which two programs could open with a log each, since SQLite finds its log by name.
 * A draft that was linked to its place a moment ago is not such a name.
 */
export function refuseSecondName(file: string): void {
  const stats = statSync(file, { throwIfNoEntry: false })
  const names = stats?.isFile() ? stats.nlink : 1
  if (names === 1 || names - draftNamesOf(file) <= 1) return
  throw new LibraryError('cannot-open', `${file} has ${names} names (hard links), but its latest runs may be in a log beside only one of them. `
    + 'Keep the name with a -wal file beside it, if there is one, and delete the others. '
    + `List the names with: find FOLDER -samefile ${file}`)
}

/** Names in the library's folder of drafts that are this very file. */
function draftNamesOf(file: string): number {
  return readdirSync(dirname(file))
    .filter((name) => name.startsWith(`${basename(file)}.`) && name.endsWith('.draft') && isSameFile(join(dirname(file), name), file)).length
}

/** Puts a draft in the place of a library, and keeps the library under a new name. @returns that name; null if there was no library */
export function replaceFile(action: Change['action'], draft: string, file: string, because: string): string | null {
  const aside = asideOf(file, because)
  const hadLibrary = existsSync(file)
  // The library first: a log without its library is refused, but a library without its log would open in an older state.
  perform(file, { action, library: file, before: ['', ...SIDE_FILES].flatMap(asides(file, aside)), decisive: { from: draft, to: file }, after: [] })
  return hadLibrary ? aside : null
}

/** Renames a library and its log, or whatever file is there, so that its path is free. @returns the new name */
export function setAside(file: string, because: string): string {
  const aside = asideOf(file, because)
  perform(file, {
    action: 'set aside', library: file, before: SIDE_FILES.flatMap(asides(file, aside)), decisive: { from: file, to: aside }, after: [],
  })
  return aside
}

const asides = (file: string, aside: string) => (part: string): Rename[] =>
  (existsSync(file + part) ? [{ from: file + part, to: aside + part }] : [])

function perform(file: string, change: Change): void {
  announce(file, change)
  carryOut(file, change)
}
