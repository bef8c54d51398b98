import { rename, rm, writeFile } from 'node:fs/promises'

/** Writes a whole file or leaves the target as it was. */
export async function saveFile(file: string, content: string | Uint8Array): Promise<void> {
  const unfinished = `${file}.part`
  try {
    await writeFile(unfinished, content, { flush: true })
    await rename(unfinished, file)
  } catch (error) {
    await rm(unfinished, { force: true })
    throw error
  }
}
