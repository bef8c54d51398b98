import { randomBytes } from 'node:crypto'
import { rmSync } from 'node:fs'
import { mkdir, open, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { writeError } from '../contract/file-error.ts'
import { writeDurably } from '../library/files.ts'
import { removeWhere } from '../library/leftovers.ts'
import { MAKER, makerTag } from '../library/maker.ts'

/** Drafts that are being written. */
const drafts = new Set<string>()

/** Delete the drafts of a process that ends now. */
export function removeDrafts(): void {
  for (const draft of drafts) rmSync(draft, { force: true })
}

const PREFIX = '.chalcogen-'
const draftPattern = new RegExp(`^[.]chalcogen-(?<maker>${MAKER})-[0-9a-f]{8}[.]tmp$`)

/** A temporary name in a folder. It does not contain the name of the file, which may be as long as names can be. */
const draftIn = (folder: string) => join(folder, `${PREFIX}${makerTag()}-${randomBytes(4).toString('hex')}.tmp`)

/** What is written: a whole, or pieces. */
type Content = string | Uint8Array | AsyncIterable<string | Uint8Array>

/**
 * Write a file completely or leave the old one: write a draft next to it, sync it to disk, then rename it. Delete drafts that ended
 * processes left in the folder.
 * @throws FileError
 */
export async function writeFileAtomically(file: string, content: Content): Promise<void> {
  removeWhere(dirname(file), draftPattern, PREFIX)
  const draft = draftIn(dirname(file))
  drafts.add(draft)
  try {
    await writeSynced(draft, content)
    await rename(draft, file)
  } catch (error) {
    await rm(draft, { force: true })
    throw writeError(error, file)
  } finally {
    drafts.delete(draft)
  }
}

/** Write a file atomically. Creates its folder if missing. */
export async function writeWithFolder(file: string, content: string): Promise<void> {
  await makeFolder(dirname(file))
  await writeFileAtomically(file, content)
}

/** Create a folder, and those above it, if missing. @throws FileError */
export async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true })
  } catch (error) {
    throw writeError(error, folder)
  }
}

/** Write a small file at once, completely or not at all. @throws FileError */
export function writeSmallFile(file: string, text: string): void {
  try {
    writeDurably(file, text)
  } catch (error) {
    throw writeError(error, file)
  }
}

async function writeSynced(file: string, content: Content): Promise<void> {
  const handle = await open(file, 'wx')
  try {
    await handle.writeFile(content)
    await handle.sync()
  } finally {
    await handle.close()
  }
}
