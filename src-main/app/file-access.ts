import { realpath } from 'node:fs/promises'
import path from 'node:path'

/** Files that a document may name. It comes from anywhere, so it must not make this program read any path. */
export interface FileAccess {
  /** Folder that relative files start from. */
  baseDir: string
  /** Whether a file may be read. It was not looked at yet. @param file absolute path */
  mayRead(file: string): Promise<boolean>
}

/** The files below the folder of a document. */
export const filesBelow = (folder: string): FileAccess => ({ baseDir: folder, mayRead: (file) => isBelow(folder, file) })

/** Whether a file is below a folder, also where links lead. Looks at the file only if its path is. */
export async function isBelow(folder: string, file: string): Promise<boolean> {
  if (!contains(path.resolve(folder), path.resolve(file))) return false
  try {
    return contains(await realpath(folder), await realpath(file))
  } catch {
    // Nothing is there to be read.
    return true
  }
}

function contains(folder: string, file: string): boolean {
  const relative = path.relative(folder, file)
  return relative !== '' && relative !== '..' && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative)
}

/**
 * Why no document may name a path: a look at one of Windows' network (UNC) signs in to another computer, and a device may block or
 * answer without end. Null for any other path.
 */
export function forbiddenPath(file: string): string | null {
  if (/^[\\/]{2}/.test(file)) return 'must be on this computer, not on a network path or a device'
  return /^\/(dev|proc|sys)(\/|$)/.test(path.posix.normalize(file.replaceAll('\\', '/'))) || DEVICE.test(path.win32.basename(file))
    ? 'must be a file, not a device'
    : null
}

/** Names of devices in every folder of Windows. */
const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)(\.[^.]*)?$/i
