import { statfs } from 'node:fs/promises'
import path from 'node:path'

/** Free space for a folder, which may be missing, bytes. Null if the system does not report it. */
export async function freeSpace(folder: string): Promise<number | null> {
  try {
    const { bavail, bsize } = await statfs(folder)
    return bavail * bsize
  } catch (error) {
    const parent = path.dirname(path.resolve(folder))
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT'
    return isMissing && parent !== path.resolve(folder) ? freeSpace(parent) : null
  }
}
