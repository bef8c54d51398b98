import { createHash } from 'node:crypto'
import {
  closeSync, constants, copyFileSync, existsSync, fsyncSync, linkSync, mkdirSync, mkdtempSync, openSync, readSync, renameSync, rmSync,
  statSync, writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, extname, join } from 'node:path'
import { LibraryError } from './error.ts'
import { newRunId } from './run-id.ts'

// Never use these functions on an open library: opening its file without SQLite would release the locks of this process.

/** A temporary name beside `file`, for a file that is not complete yet. */
export const draftOf = (file: string): string => `${file}.${newRunId()}.draft`

/**
 * Moves a complete draft to `file`, which must not exist. Links instead of renaming, because a link never replaces a file that
 * another process has just created there.
 * @throws LibraryError cannot-open if `file` exists
 */
export function putInPlace(draft: string, file: string): void {
  if (linked(draft, file)) rmSync(draft)
  else if (existsSync(file)) throw taken(file)
  else renameSync(draft, file)
  syncFolder(dirname(file))
}

/** Deletes an unfinished draft and the files that SQLite created beside it. */
export function removeDraft(draft: string): void {
  for (const part of ['', '-journal', '-wal', '-shm']) rmSync(draft + part, { force: true })
}

/** Moves a closed file on the same disk. @returns false if `to` is on another disk */
export function moveOnDisk(from: string, to: string): boolean {
  mkdirSync(dirname(to), { recursive: true })
  if (!linked(from, to)) return false
  rmSync(from)
  syncFolder(dirname(to))
  return true
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

const taken = (file: string) => new LibraryError('cannot-open', `${file} already exists. Move it away or choose another folder.`)

const noLink = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EXDEV'])

const CHUNK_BYTES = 4 * 2 ** 20

/**
 * Copies a closed file, syncs it to disk and reads it back. Creates the whole copy or nothing.
 * @throws LibraryError if `to` exists, or if the copy reads back different from the original
 */
export function copyDurably(
  from: string, to: string, accept: (draft: string) => void, onBytes: (count: number) => void = () => {},
): void {
  if (existsSync(to)) throw taken(to)
  const draft = draftOf(to)
  try {
    const written = copyChunks(from, draft, onBytes)
    if (digestOf(draft) !== written) throw new LibraryError('damaged', `The copy to ${to} was discarded: its content differs from what was written. Check that disk, or choose another one.`)
    accept(draft)
    putInPlace(draft, to)
  } finally {
    removeDraft(draft)
  }
}

/** Copies a library and its log to a temporary folder. The library must not be open anywhere. */
export function copyElsewhere(file: string): { file: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'chalcogen-'))
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
  const handle = openSync(to, 'wx')
  try {
    for (const chunk of chunksOf(from)) {
      hash.update(chunk)
      writeSync(handle, chunk)
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

/** Replaces a library by a complete draft, and keeps the library under a new name. @returns that name; null if there was no library */
export function replaceFile(draft: string, file: string, because: string): string | null {
  const aside = existsSync(file) ? setAside(file, because) : null
  putInPlace(draft, file)
  return aside
}

/** Whether two paths are the same file. Ask before reading a file: reading an open library as a file would release its locks. */
export function isSameFile(a: string, b: string): boolean {
  const [one, other] = [statSync(a), statSync(b)]
  return one.dev === other.dev && one.ino === other.ino
}

/** Renames a library and its log, or whatever file is there, so that its path is free. @returns the new name */
export function setAside(file: string, because: string, now = new Date()): string {
  const aside = besideName(file, `${because}-${timeInName(now)}`)
  // The log first. After a crash in between, a log without its file is refused, but a file without its log opens in an older state.
  for (const part of ['-shm', '-wal', '']) if (existsSync(file + part)) renameSync(file + part, aside + part)
  syncFolder(dirname(file))
  return aside
}

/** library.chalcogen → library.WHAT.chalcogen */
function besideName(file: string, what: string): string {
  const extension = extname(file)
  return join(dirname(file), `${basename(file, extension)}.${what}${extension}`)
}

/** 20261125T163000123Z */
export const timeInName = (time: Date): string => time.toISOString().replace(/[-:.]/g, '')

/** Syncs a folder, so that new names in it survive a power cut. A system without folder sync does so on its own. */
function syncFolder(folder: string): void {
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
