import { randomUUID } from 'node:crypto'
import { rmSync } from 'node:fs'
import { mkdir, open, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/** Drafts that are being written. */
const drafts = new Set<string>()

/** Delete the drafts of a process that ends now. */
export function removeDrafts(): void {
  for (const draft of drafts) rmSync(draft, { force: true })
}

/** What is written: a whole, or pieces. */
type Content = string | Uint8Array | AsyncIterable<string | Uint8Array>

/** Write a file completely or leave the old one: write a draft next to it, sync it to disk, then rename it. */
export async function writeFileAtomically(file: string, content: Content): Promise<void> {
  const draft = join(dirname(file), `.${randomUUID()}.tmp`)
  drafts.add(draft)
  try {
    await writeDurably(draft, content)
    await rename(draft, file)
  } catch (error) {
    await rm(draft, { force: true })
    throw error
  } finally {
    drafts.delete(draft)
  }
}

/** Write a file atomically. Creates its folder if missing. */
export async function writeWithFolder(file: string, content: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true })
  await writeFileAtomically(file, content)
}

async function writeDurably(file: string, content: Content): Promise<void> {
  const handle = await open(file, 'wx')
  try {
    await handle.writeFile(content)
    await handle.sync()
  } finally {
    await handle.close()
  }
}
