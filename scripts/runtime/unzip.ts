import { createWriteStream } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { openPromise } from 'yauzl'

const defaultMode = 0o644

/**
 * Unpacks selected files of a zip archive.
 * @param pick returns the path of a file in the folder, or null to skip it
 */
export async function unzip(archive: string, folder: string, pick: (name: string) => string | null): Promise<void> {
  const zip = await openPromise(archive, { lazyEntries: true })
  for await (const entry of zip.eachEntry()) {
    const path = entry.fileName.endsWith('/') ? null : pick(entry.fileName)
    if (path === null) continue
    const file = join(folder, path)
    await mkdir(dirname(file), { recursive: true })
    const mode = (entry.externalFileAttributes >>> 16) & 0o777 || defaultMode
    await pipeline(await zip.openReadStreamPromise(entry), createWriteStream(file, { mode }))
  }
}
