import { randomBytes } from 'node:crypto'
import { rmSync } from 'node:fs'
import { mkdir, open, rename, rm } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { writeError } from '../contract/file-error.ts'
import { writeDurably } from '../library/files.ts'
import { removeWhere } from '../library/leftovers.ts'
import { MAKER, makerTag } from '../library/maker.ts'

/** Drafts that are being written. */
const drafts = new Set<string>()

/** Who watches the drafts of this thread. */
interface DraftWatcher {
  /** Called before a draft is created and after it is gone. */
  onDraft(draft: string, exists: boolean): void
  /** Called when everything is written, before the first file gets its name. May throw to prevent it. */
  beforePlace(): void
}
let watcher: DraftWatcher = { onDraft() {}, beforePlace() {} }

/** Delete the drafts of a process that ends now. */
export function removeDrafts(): void {
  for (const draft of drafts) rmSync(draft, { force: true })
}

export function watchDrafts(by: DraftWatcher): void {
  watcher = by
}

/** Note a draft of another thread, so that `removeDrafts` deletes it. */
export function noteDraft(draft: string, exists: boolean): void {
  if (exists) drafts.add(draft)
  else drafts.delete(draft)
}

function track(draft: string, exists: boolean): void {
  noteDraft(draft, exists)
  watcher.onDraft(draft, exists)
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
  track(draft, true)
  try {
    await writeSynced(draft, content)
    watcher.beforePlace()
    await rename(draft, file)
  } catch (error) {
    await rm(draft, { force: true })
    throw writeError(error, file)
  } finally {
    track(draft, false)
  }
}

/** Files of one folder that are written together. */
export class Drafts {
  readonly #folder: string
  readonly #files: { draft: string; file: string }[] = []
  readonly #scratch: string[] = []

  constructor(folder: string) {
    this.#folder = folder
  }

  /** Path at which to write the file that will have this name. */
  of(name: string): string {
    const draft = this.#track(draftIn(this.#folder))
    this.#files.push({ draft, file: resolve(join(this.#folder, name)) })
    return draft
  }

  /** Path of a file that is needed only while the others are written. */
  scratch(): string {
    const draft = this.#track(draftIn(this.#folder))
    this.#scratch.push(draft)
    return draft
  }

  get files(): string[] {
    return this.#files.map(({ file }) => file)
  }

  /** Sync all files to disk. */
  async sync(): Promise<void> {
    for (const { draft } of this.#files) {
      const handle = await open(draft, 'r+')
      await handle.sync().finally(() => handle.close())
    }
  }

  /** Give all files their names. */
  async place(): Promise<void> {
    for (const { draft, file } of this.#files) await rename(draft, file)
  }

  async remove(): Promise<void> {
    for (const draft of [...this.#scratch, ...this.#files.map((one) => one.draft)]) {
      await rm(draft, { force: true })
      track(draft, false)
    }
  }

  #track(draft: string): string {
    track(draft, true)
    return draft
  }
}

/**
 * Write several files of a folder together, or leave the old ones: all are written and synced before the first gets its name. Delete drafts
 * that ended processes left in the folder.
 * @returns the paths of the files
 * @throws FileError
 */
export async function writeTogether(folder: string, write: (drafts: Drafts) => Promise<void>): Promise<string[]> {
  removeWhere(folder, draftPattern, PREFIX)
  const drafts = new Drafts(folder)
  try {
    await write(drafts)
    await drafts.sync()
    watcher.beforePlace()
    await drafts.place()
    return drafts.files
  } catch (error) {
    throw writeError(error, drafts.files[0] ?? folder)
  } finally {
    await drafts.remove()
  }
}

/** Write a file atomically. Creates its folder if missing. */
export async function writeWithFolder(file: string, content: string | Uint8Array): Promise<void> {
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
