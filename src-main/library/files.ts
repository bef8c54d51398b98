import { createHash } from 'node:crypto'
import {
  closeSync, copyFileSync, existsSync, fsyncSync, linkSync, mkdirSync, mkdtempSync, openSync, readSync, renameSync, rmSync,
  statSync, writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, extname, join } from 'node:path'
import { LibraryError } from './error.ts'
import { newRunId } from './run-id.ts'

// None of this is for the file of an open library: reading that past SQLite would drop the locks of this process.

/** A name beside `file` for something that is not whole yet. */
export const draftOf = (file: string): string => `${file}.${newRunId()}.draft`

/**
 * Puts a whole file where nothing is yet. A link, unlike a rename, never replaces what another process has just made there.
 * @throws LibraryError cannot-open where something is
 */
export function putInPlace(draft: string, file: string): void {
  if (linked(draft, file)) rmSync(draft)
  else if (existsSync(file)) throw taken(file)
  else renameSync(draft, file)
  syncFolder(dirname(file))
}

/** What has not become whole, and what SQLite put beside it. */
export function removeDraft(draft: string): void {
  for (const part of ['', '-journal', '-wal', '-shm']) rmSync(draft + part, { force: true })
}

/** Moves a closed file on its disk. @returns false where the other place is on another disk */
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

const taken = (file: string) => new LibraryError('cannot-open', `${file} is there already`)

const noLink = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EXDEV'])

const CHUNK_BYTES = 4 * 2 ** 20

/**
 * Copies a closed file to the disk itself and reads it back; whole or not at all.
 * @throws LibraryError where the place is taken, or where what is read back is not what was written
 */
export function copyDurably(
  from: string, to: string, accept: (draft: string) => void, onBytes: (count: number) => void = () => {},
): void {
  if (existsSync(to)) throw taken(to)
  const draft = draftOf(to)
  try {
    const written = copyChunks(from, draft, onBytes)
    if (digestOf(draft) !== written) throw new LibraryError('damaged', `what was written to ${to} does not read back the same`)
    accept(draft)
    putInPlace(draft, to)
  } finally {
    removeDraft(draft)
  }
}

/** A library that is not open anywhere, and its log, in a folder of its own. */
export function copyElsewhere(file: string): { file: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'chalcogen-'))
  const copy = join(folder, basename(file))
  for (const part of ['', '-wal']) if (existsSync(file + part)) copyFileSync(file + part, copy + part)
  return { file: copy, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

/** @returns SHA-256 of what was read */
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

/** Puts a whole file in the place of a library, which is kept aside. @returns its new name; null where nothing was there */
export function takePlace(draft: string, file: string, because: string): string | null {
  const aside = existsSync(file) ? setAside(file, because) : null
  putInPlace(draft, file)
  return aside
}

/** To be known before a file is read: reading an open library as a file would drop its locks. */
export function isSameFile(a: string, b: string): boolean {
  const [one, other] = [statSync(a), statSync(b)]
  return one.dev === other.dev && one.ino === other.ino
}

/** Renames a library, or what should be one, and the files that go with it, so that its place is free. @returns its new name */
export function setAside(file: string, because: string, now = new Date()): string {
  const aside = besideName(file, `${because}-${timeInName(now)}`)
  // The log first: without it the file is an earlier state, while a log without its file is refused.
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

/** Makes what was put into a folder outlast a power cut; where a folder cannot be synced, the system does it by itself. */
function syncFolder(folder: string): void {
  try {
    syncFile(folder)
  } catch {
    // Windows has no way.
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
