import { createHash, randomBytes } from 'node:crypto'
import {
  closeSync, constants, copyFileSync, existsSync, fsyncSync, linkSync, mkdirSync, mkdtempSync, openSync, readFileSync,
  readlinkSync, readSync, realpathSync, renameSync, rmSync, statSync, writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, extname, join, resolve } from 'node:path'
import { LibraryError } from './error.ts'
import { makerTag } from './maker.ts'

// Never use these functions on an open library: opening its file without SQLite would release the locks of this process.

/** What SQLite appends to the name of a database for the files beside it. */
export const SIDE_FILES = ['-shm', '-wal', '-journal']

/** A temporary name beside `file`, for a file that is not complete yet. It tells who makes it. */
export const draftOf = (file: string): string => `${file}.${makerTag()}-${randomBytes(4).toString('hex')}.draft`

/** Prefix of the folders that `copyElsewhere` makes. */
export const COPY_PREFIX = 'chalcogen-'

/**
 * Moves a complete draft to `file`, which must not exist. Links instead of renaming, because a link never replaces a file that
 * another process has just created there.
 * @throws LibraryError cannot-open if `file` exists
 */
export function putInPlace(draft: string, file: string): void {
  if (linked(draft, file)) rmSync(draft)
  else renameNew(draft, file)
  syncFolder(dirname(file))
}

/** Renames a file. @throws LibraryError cannot-open if `to` exists */
export function renameNew(from: string, to: string): void {
  refuseTaken(to)
  renameSync(from, to)
}

/** Mode of a new library: it is only for its user, who may change it. */
const PRIVATE = 0o600

/**
 * Creates an empty file, which SQLite then fills. SQLite would create one that everybody may read.
 * @param like the library whose mode it gets
 */
export function createPrivately(file: string, like?: string): void {
  closeSync(openSync(file, 'wx', like === undefined ? PRIVATE : modeOf(like)))
}

const modeOf = (file: string) => statSync(file).mode & 0o777

/** Deletes an unfinished draft and the files that SQLite created beside it. */
export function removeDraft(draft: string): void {
  for (const part of ['', ...SIDE_FILES]) rmSync(draft + part, { force: true })
}

/** Replaces a small file completely or not at all. */
export function writeDurably(file: string, text: string): void {
  const draft = draftOf(file)
  try {
    writeNew(draft, text)
    renameSync(draft, file)
    syncFolder(dirname(file))
  } finally {
    rmSync(draft, { force: true })
  }
}

/** Creates a small file completely or not at all. @throws LibraryError cannot-open if it exists */
export function createDurably(file: string, text: string): void {
  const draft = draftOf(file)
  try {
    writeNew(draft, text)
    putInPlace(draft, file)
  } finally {
    rmSync(draft, { force: true })
  }
}

/** The text of a small file; null if it does not exist. */
export function textOf(file: string): string | null {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}

function writeNew(file: string, text: string): void {
  const handle = openSync(file, 'wx')
  try {
    writeSync(handle, text)
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

function linked(from: string, to: string): boolean {
  try {
    linkSync(from, to)
    return true
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException
    if (code === 'EEXIST') throw taken(to)
    if (!noLink.has(code)) throw error
    return false
  }
}

/** @throws LibraryError cannot-open if the file exists */
export function refuseTaken(file: string): void {
  if (existsSync(file)) throw taken(file)
}

const taken = (file: string) => new LibraryError('cannot-open', `${file} already exists. Move it away or choose another folder.`)

const noLink = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EXDEV'])

const CHUNK_BYTES = 4 * 2 ** 20

/**
 * Copies a closed library to a draft, syncs it to disk and reads it back. Leaves the whole copy or nothing.
 * @param accept verifies the copy
 * @throws LibraryError if the copy reads back different from the original
 */
export function copyToDraft(
  from: string, draft: string, accept: (draft: string) => void, onBytes: (count: number) => void = () => {},
): void {
  try {
    const written = copyChunks(from, draft, onBytes)
    if (digestOf(draft) !== written) throw new LibraryError('damaged', `The copy ${draft} was discarded: its content differs from what was written. Check that disk, or choose another one.`)
    accept(draft)
    for (const part of SIDE_FILES) rmSync(draft + part, { force: true })
  } catch (error) {
    removeDraft(draft)
    throw error
  }
}

/** An empty folder for the copy of a library. */
export const newCopyFolder = (): string => mkdtempSync(join(tmpdir(), `${COPY_PREFIX}${makerTag()}-`))

/** Copies a library and its log to a temporary folder. The library must not be open anywhere. */
export function copyElsewhere(file: string, folder = newCopyFolder()): { file: string; remove(): void } {
  const copy = join(folder, basename(file))
  const remove = () => rmSync(folder, { recursive: true, force: true })
  try {
    for (const part of ['', '-wal']) if (existsSync(file + part)) copyFileSync(file + part, copy + part, constants.COPYFILE_FICLONE)
    return { file: copy, remove }
  } catch (error) {
    remove()
    throw error
  }
}

/** @returns SHA-256 of the original */
function copyChunks(from: string, to: string, onBytes: (count: number) => void): string {
  const hash = createHash('sha256')
  const handle = openSync(to, 'wx', modeOf(from))
  try {
    for (const chunk of chunksOf(from)) {
      hash.update(chunk)
      // A disk that becomes full takes a part of the chunk, and reports an error only for the rest.
      for (let at = 0; at < chunk.length;) at += writeSync(handle, chunk, at)
      onBytes(chunk.length)
    }
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
  return hash.digest('hex')
}

function digestOf(file: string): string {
  const hash = createHash('sha256')
  for (const chunk of chunksOf(file)) hash.update(chunk)
  return hash.digest('hex')
}

function* chunksOf(file: string): Generator<Buffer> {
  const chunk = Buffer.alloc(CHUNK_BYTES)
  const handle = openSync(file, 'r')
  try {
    for (let length = readSync(handle, chunk); length > 0; length = readSync(handle, chunk)) yield chunk.subarray(0, length)
  } finally {
    closeSync(handle)
  }
}

/** Whether two paths are the same file. Ask before reading a file: reading an open library as a file would release its locks. */
export function isSameFile(a: string, b: string): boolean {
  const [one, other] = [statSync(a), statSync(b)]
  return one.dev === other.dev && one.ino === other.ino
}

/**
 * The path of a file without links. The file need not exist. SQLite's log, the backups and the record of a move all go by this
 * name, so that every path to a library leads to the same ones.
 * @throws LibraryError cannot-open if a folder of the path is a link to nothing
 */
export function realFile(file: string): string {
  const real = realPath(file)
  if (real !== null) return real
  const folder = realFolder(dirname(resolve(file)))
  const target = targetOf(file)
  return target === null ? join(folder, basename(file)) : realFile(resolve(folder, target))
}

function realFolder(folder: string): string {
  const real = realPath(folder)
  if (real !== null) return real
  if (targetOf(folder) !== null) throw leadsNowhere(folder)
  return join(realFolder(dirname(folder)), basename(folder))
}

/** Refuses a link to a file that does not exist: its disk may not be connected, and a new library would hide that. */
export function refuseDanglingLink(file: string): void {
  if (!existsSync(file) && targetOf(file) !== null) throw leadsNowhere(file)
}

const leadsNowhere = (link: string) => new LibraryError('cannot-open', `${link} is a link to ${targetOf(link)}, which does not exist. `
  + 'Connect its disk, or replace the link.')

/** null if nothing exists there */
function realPath(file: string): string | null {
  try {
    return realpathSync(file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}

/** What a link leads to; null if there is no link. */
function targetOf(file: string): string | null {
  try {
    return readlinkSync(file)
  } catch {
    return null
  }
}

/** A new name for a file that makes way: library.chalcogen → library.BECAUSE-TIME.chalcogen */
export function asideOf(file: string, because: string, now = new Date()): string {
  const extension = extname(file)
  return join(dirname(file), `${basename(file, extension)}.${because}-${timeInName(now)}${extension}`)
}

/** 20261125T163000123Z */
export const timeInName = (time: Date): string => time.toISOString().replace(/[-:.]/g, '')

/** Of a folder that may not exist yet, the nearest one that does. */
export const nearestFolder = (folder: string): string => (existsSync(folder) ? folder : nearestFolder(dirname(folder)))

/** Creates a folder if missing. */
export function makeFolder(folder: string): void {
  const parent = nearestFolder(folder)
  mkdirSync(folder, { recursive: true })
  syncFolder(parent)
}

/** Syncs a folder, so that new names in it survive a power cut. A system without folder sync does so on its own. */
export function syncFolder(folder: string): void {
  try {
    syncFile(folder)
  } catch {
    // Windows cannot sync a folder.
  }
}

function syncFile(file: string): void {
  const handle = openSync(file, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}
